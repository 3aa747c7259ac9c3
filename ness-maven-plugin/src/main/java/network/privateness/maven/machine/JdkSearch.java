package network.privateness.maven.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.jvm.JavaHome;

/** Finds a JDK of one feature release: the toolchain that the build has selected, or one in the usual places. */
public final class JdkSearch {

    private final Optional<Path> selected;
    private final Map<String, String> environment;
    private final Path running;
    private final List<Path> usual;

    /**
     * @param selected home of the toolchain that the build has selected
     * @param environment of this process
     * @param userHome the user's home folder
     * @param running home of the JDK that runs Maven
     */
    public JdkSearch(Optional<Path> selected, Map<String, String> environment, Path userHome, Path running) {
        this(selected, environment, running, usual(userHome));
    }

    /** @param usual folders where JDKs may be */
    JdkSearch(Optional<Path> selected, Map<String, String> environment, Path running, List<Path> usual) {
        this.selected = selected;
        this.environment = environment;
        this.running = running;
        this.usual = List.copyOf(usual);
    }

    /** @throws Problem if there is none; the message lists what was found */
    public JavaHome find(int feature) {
        Set<String> others = new LinkedHashSet<>();
        for (Path home : candidates()) {
            if (!Files.isRegularFile(home.resolve("release")) || !Files.exists(home.resolve("bin/javac"))) {
                continue;
            }
            try {
                JavaHome found = JavaHome.read(home);
                if (found.feature() == feature) {
                    return found;
                }
                others.add(found.version() + " in " + home);
            } catch (IOException | Problem e) {
                others.add("an unreadable one in " + home);
            }
        }
        throw new Problem(
                "JDK " + feature,
                "none was found on this machine" + (others.isEmpty() ? "" : "; found " + String.join(", ", others)),
                "install a JDK " + feature + ", or name it in ~/.m2/toolchains.xml");
    }

    private List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        selected.ifPresent(candidates::add);
        candidates.add(running);
        for (String variable : List.of("JAVA_HOME", "JAVA25_HOME", "JDK25_HOME")) {
            Optional.ofNullable(environment.get(variable))
                    .filter(home -> home.startsWith("/"))
                    .map(Path::of)
                    .ifPresent(candidates::add);
        }
        candidates.addAll(usual);
        return candidates;
    }

    private static List<Path> usual(Path userHome) {
        List<Path> usual = new ArrayList<>(children(Path.of("/usr/lib/jvm"), ""));
        usual.addAll(children(userHome.resolve(".jdks"), ""));
        usual.addAll(children(userHome.resolve(".sdkman/candidates/java"), ""));
        usual.addAll(children(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home"));
        return usual;
    }

    private static List<Path> children(Path folder, String below) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().map(child -> child.resolve(below)).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
