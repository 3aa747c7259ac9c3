package network.privateness.reproducible.build;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.jvm.JarRepack;
import network.privateness.reproducible.jvm.JarRules;
import network.privateness.reproducible.jvm.JavaReleases;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArtifact;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.RegularFile;

/** Java programs: our jar in one layer, the jars of others in another below it, each packed again. */
final class JavaPrograms {

    /** The folder of our jar in the image; the jars of others are in {@code lib} below it. */
    static final String FOLDER = "/app/";

    /** Rules of {@link JarRepack}; another number means other bytes for the same inputs. */
    private static final int REPACK_RULES = 1;

    /** The releases of the base {@code java}: 21 on arm/v7, 25 elsewhere. */
    private static final JavaReleases RELEASES = JavaReleases.of(Set.of(21, 25));

    /** Feature release of the JDK that compiles this build; javac of another one makes other bytes. */
    private static final int JDK = 25;

    private final Lock lock;

    JavaPrograms(Lock lock) {
        this.lock = lock;
    }

    /** The jars of others, each checked against the lock. */
    List<ResolvedJar> dependencies(Install.Maven install, List<ResolvedJar> jars) throws IOException {
        List<ResolvedJar> dependencies =
                jars.stream().filter(jar -> !jar.ours()).toList();
        for (ResolvedJar jar : dependencies) {
            PinnedArtifact pinned = lock.artifact(jar.coordinates());
            Sha256 found = Sha256.of(jar.file());
            if (!pinned.sha256().equals(found)) {
                throw new Problem(
                        jar.coordinates() + " of " + install.name(),
                        "the jar has " + found + ", the lock says " + pinned.sha256(),
                        "remove it from the local repository and build again; if the change is meant, run mvn ness:lock"
                                + " -Dness.update=" + jar.coordinates());
            }
        }
        return dependencies;
    }

    Recipe describeDependencies(Recipe recipe, List<ResolvedJar> dependencies) {
        recipe.rule("repack", REPACK_RULES);
        dependencies.forEach(jar -> recipe.input(
                "jar " + jar.coordinates(), lock.artifact(jar.coordinates()).sha256()));
        return recipe;
    }

    Recipe describeOurs(Recipe recipe, List<ResolvedJar> jars) throws IOException {
        recipe.rule("repack", REPACK_RULES);
        for (ResolvedJar jar : jars) {
            // Packed by this build's Maven, so its own bytes say nothing: what counts is what comes out.
            recipe.input("jar " + name(jar), jar.ours() ? repacked(jar, jars) : "see dependencies");
        }
        return recipe;
    }

    void fillDependencies(UpperTree tree, List<ResolvedJar> dependencies, Path scratch) throws IOException {
        for (ResolvedJar jar : dependencies) {
            add(tree, FOLDER + "lib/" + name(jar), jar, JarRules.dependency(RELEASES), scratch);
        }
    }

    void fillOurs(UpperTree tree, List<ResolvedJar> jars, Path scratch) throws IOException {
        for (ResolvedJar jar : jars) {
            if (jar.ours()) {
                add(tree, path(jar, jars), jar, rules(jar, jars), scratch);
            }
        }
    }

    private Sha256 repacked(ResolvedJar jar, List<ResolvedJar> jars) throws IOException {
        return JarRepack.repack(jar.coordinates(), jar.file(), rules(jar, jars), OutputStream.nullOutputStream())
                .digest();
    }

    private JarRules rules(ResolvedJar jar, List<ResolvedJar> jars) {
        List<String> classPath = new ArrayList<>();
        if (jar == jars.get(0)) {
            jars.stream().skip(1).forEach(other -> classPath.add("lib/" + name(other)));
        }
        return JarRules.ours(RELEASES, JDK, classPath);
    }

    private static String path(ResolvedJar jar, List<ResolvedJar> jars) {
        return jar == jars.get(0) ? FOLDER + jar.artifactId() + ".jar" : FOLDER + "lib/" + name(jar);
    }

    /** Our own versions say SNAPSHOT or a release; the file's name must not change with them. */
    private static String name(ResolvedJar jar) {
        String[] parts = jar.coordinates().split(":");
        String classifier = parts.length > 3 ? "-" + parts[3] : "";
        return jar.ours() ? jar.artifactId() + ".jar" : jar.artifactId() + "-" + parts[2] + classifier + ".jar";
    }

    private static void add(UpperTree tree, String path, ResolvedJar jar, JarRules rules, Path scratch)
            throws IOException {
        Path file = Files.createTempFile(scratch, "repacked", ".jar");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            JarRepack.repack(jar.coordinates(), jar.file(), rules, out);
        }
        tree.add(
                path, RegularFile.made(Content.of(file), 0644, jar.coordinates().replace('\t', ' ')));
    }
}
