package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.privateness.it.Requirement;
import network.privateness.reproducible.store.ContentStore;

/**
 * Three unpacked layers of the kinds that images have: a Java runtime, a Go program, text in many files. They are what a
 * build of this checkout has made or unpacked, without links, which Jib can't store.
 */
record Layers(Path java, Path go, Path text) {

    /** As in the base java of images/bases.yaml. */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.net.http,java.xml,"
            + "jdk.httpserver,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs";

    /** Unpacks what is not unpacked yet. */
    static Layers unpacked() throws IOException, InterruptedException {
        Path folder = Workplace.folder("layers");
        return new Layers(java(folder.resolve("java")), go(folder.resolve("go")), text(folder.resolve("text")));
    }

    List<Path> all() {
        return List.of(java, go, text);
    }

    private static Path java(Path layer) throws IOException, InterruptedException {
        if (Files.notExists(layer)) {
            String jlink = Workplace.javaHome().resolve("bin/jlink").toString();
            Path partial = layer.resolveSibling("java.partial");
            Workplace.delete(partial);
            Files.createDirectories(partial);
            List<String> command = List.of(
                    jlink,
                    "--add-modules",
                    MODULES,
                    "--no-header-files",
                    "--no-man-pages",
                    "--output",
                    partial + "/jre");
            Stopwatch.run("jlink", command, layer.getParent());
            Stopwatch.run("find", List.of("find", partial.toString(), "-type", "l", "-delete"), layer.getParent());
            Files.move(partial, layer);
        }
        return layer;
    }

    private static Path go(Path layer) throws IOException, InterruptedException {
        if (Files.notExists(layer)) {
            Path ipfs = BuiltImages.unpack("ipfs", "amd64", layer.resolveSibling("ipfs"));
            Path program =
                    Files.createDirectories(layer.resolveSibling("go.partial")).resolve("ipfs");
            Files.move(ipfs.resolve("usr/bin/ipfs"), program);
            Files.move(program.getParent(), layer);
        }
        return layer;
    }

    private static Path text(Path layer) throws IOException, InterruptedException {
        if (Files.notExists(layer)) {
            Path toolchains = ContentStore.defaultFolder(Map.copyOf(System.getenv()), System.getProperty("user.home"))
                    .resolve("folders/go-toolchain");
            Requirement.need(Files.isDirectory(toolchains), "the Go toolchain that a build unpacks into the store");
            PathMatcher sources = FileSystems.getDefault().getPathMatcher("glob:**/src/cmd");
            try (Stream<Path> found = Files.find(toolchains, 3, (path, attributes) -> sources.matches(path))) {
                Path from = found.sorted().findFirst().orElseThrow();
                Path partial = layer.resolveSibling("text.partial");
                Workplace.delete(partial);
                Stopwatch.run("cp", List.of("cp", "-r", from.toString(), partial.toString()), layer.getParent());
                Files.move(partial, layer);
            }
        }
        return layer;
    }
}
