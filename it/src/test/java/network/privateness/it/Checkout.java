package network.privateness.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs goals in this checkout as a user does after {@code mvn install}: by a Maven of its own, whose local repository has
 * the plugin that this build made beside all that this build used. The user's own repository stays as it is.
 */
public final class Checkout {

    /** The folder that is tested. */
    public static final Path ROOT =
            Path.of(System.getProperty("ness.root", "..")).toAbsolutePath().normalize();

    private static final String VERSION = System.getProperty("ness.version");

    private static final List<String> GROUP = List.of("network", "privateness");

    private Checkout() {}

    /** What Maven prints; it must end well. */
    public static String maven(Path scratch, String... arguments) {
        Tool maven = Tool.of(Path.of(System.getProperty("ness.it.maven"))).in(ROOT);
        List<String> line = new ArrayList<>(List.of("-B", "-o", "-Dmaven.repo.local=" + repository(scratch)));
        line.addAll(Arrays.asList(arguments));
        return maven.text(line.toArray());
    }

    /** A local repository with the plugin of this build and all that this build used; folders of others are links. */
    public static Path repository(Path scratch) {
        Path original = Path.of(System.getProperty("ness.it.repository"));
        Path staged = scratch.resolve("repository");
        try {
            Path ours = staged;
            Path theirs = original;
            for (String folder : GROUP) {
                links(theirs, Files.createDirectories(ours), folder);
                ours = ours.resolve(folder);
                theirs = theirs.resolve(folder);
            }
            stage(ours, "privateness", "pom.xml", "");
            stage(ours, "reproducible", "reproducible/pom.xml", "reproducible/target");
            stage(ours, "ness-maven-plugin", "ness-maven-plugin/pom.xml", "ness-maven-plugin/target");
            return staged;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void links(Path from, Path to, String except) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                Path link = to.resolve(child.getFileName());
                if (!child.getFileName().toString().equals(except) && Files.notExists(link)) {
                    Files.createSymbolicLink(link, child.toAbsolutePath());
                }
            }
        }
    }

    private static void stage(Path group, String artifact, String pom, String target) throws IOException {
        Path folder = Files.createDirectories(group.resolve(artifact).resolve(VERSION));
        String name = artifact + "-" + VERSION;
        Files.copy(ROOT.resolve(pom), folder.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        if (!target.isEmpty()) {
            Path jar = ROOT.resolve(target).resolve(name + ".jar");
            Files.copy(jar, folder.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
