package network.privateness.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
    public static String maven(String... arguments) throws IOException {
        Path repository = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "repository");
        try {
            stage(repository.toAbsolutePath());
            Tool maven = Tool.of(Path.of(System.getProperty("ness.it.maven"))).in(ROOT);
            List<String> line =
                    new ArrayList<>(List.of("-B", "-o", "-Dmaven.repo.local=" + repository.toAbsolutePath()));
            line.addAll(Arrays.asList(arguments));
            return maven.text(line.toArray());
        } finally {
            remove(repository);
        }
    }

    /** Makes a folder a local repository with the plugin of this build and all that this build used, by links. */
    public static void stage(Path repository) throws IOException {
        Path ours = repository;
        Path theirs = Path.of(System.getProperty("ness.it.repository"));
        for (String folder : GROUP) {
            links(theirs, Files.createDirectories(ours), folder);
            ours = ours.resolve(folder);
            theirs = theirs.resolve(folder);
        }
        stage(ours, "privateness", "pom.xml", "");
        stage(ours, "reproducible", "reproducible/pom.xml", "reproducible/target");
        stage(ours, "ness-maven-plugin", "ness-maven-plugin/pom.xml", "ness-maven-plugin/target");
    }

    /** Links are removed, not followed. */
    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void links(Path from, Path to, String except) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                Path link = to.resolve(child.getFileName());
                if (!child.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(link, child.toAbsolutePath());
                }
            }
        }
    }

    private static void stage(Path group, String artifact, String pom, String target) throws IOException {
        Path folder = Files.createDirectories(group.resolve(artifact).resolve(VERSION));
        String name = artifact + "-" + VERSION;
        Files.copy(ROOT.resolve(pom), folder.resolve(name + ".pom"));
        if (!target.isEmpty()) {
            Path jar = ROOT.resolve(target).resolve(name + ".jar");
            Files.copy(jar, folder.resolve(name + ".jar"));
        }
    }
}
