package network.privateness.maven.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * A digest of the plugin's sources, written into the plugin when it is built. In a checkout whose sources have another
 * digest an old plugin must not speak for new code.
 */
public final class PluginSources {

    private static final String RESOURCE = "META-INF/ness/sources.sha256";

    private static final List<String> TREES = List.of("reproducible/src/main", "ness-maven-plugin/src/main");

    private static final List<String> FILES = List.of("pom.xml", "reproducible/pom.xml", "ness-maven-plugin/pom.xml");

    private PluginSources() {}

    /**
     * Writes the digest of a checkout; run by the build of the plugin.
     *
     * @param arguments the checkout's root, the folder of compiled classes
     */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[1]).resolve(RESOURCE);
        Files.createDirectories(target.getParent());
        Files.writeString(target, digest(Path.of(arguments[0])).hex() + "\n");
    }

    /**
     * Refuses to go on when the folder is in a checkout of this product with other sources than the running plugin's.
     *
     * @param goal the goal that was asked for, for the message
     */
    public static void check(Path folder, String goal) throws IOException {
        Optional<Sha256> built = built();
        Optional<Path> root = checkout(folder.toAbsolutePath().normalize());
        if (root.isEmpty() || built.isEmpty()) {
            return;
        }
        if (!digest(root.get()).equals(built.get())) {
            throw new Problem(
                    "ness-maven-plugin",
                    "the installed plugin was built from other sources than this checkout's",
                    "run mvn -pl ness-maven-plugin -am install, then mvn ness:" + goal + " again");
        }
    }

    /** What editors and file managers leave is none. */
    private static boolean isSource(Path path) {
        String name = path.getFileName().toString();
        return Files.isRegularFile(path) && !name.startsWith(".") && !name.endsWith("~");
    }

    private static Optional<Path> checkout(Path folder) {
        for (Path root = folder; root != null; root = root.getParent()) {
            if (Files.isDirectory(root.resolve(TREES.get(1)))) {
                return Optional.of(root);
            }
        }
        return Optional.empty();
    }

    private static Optional<Sha256> built() throws IOException {
        try (InputStream in = PluginSources.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(Sha256.parse(new String(in.readNBytes(100), StandardCharsets.US_ASCII).strip()));
        }
    }

    static Sha256 digest(Path root) throws IOException {
        TreeMap<String, Sha256> files = new TreeMap<>();
        for (String tree : TREES) {
            try (Stream<Path> paths = Files.walk(root.resolve(tree))) {
                for (Path path : paths.filter(PluginSources::isSource).toList()) {
                    files.put(root.relativize(path).toString().replace('\\', '/'), Sha256.of(path));
                }
            }
        }
        for (String file : FILES) {
            files.put(file, Sha256.of(root.resolve(file)));
        }
        StringBuilder all = new StringBuilder();
        files.forEach((name, digest) ->
                all.append(digest.hex()).append("  ").append(name).append('\n'));
        return Sha256.of(all.toString());
    }
}
