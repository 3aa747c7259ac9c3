package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Three unpacked layers of the kinds that images have: a Java runtime, a Go program, text in many files. They are what a
 * build of this checkout has made or unpacked, without links, which Jib can't store.
 */
record Layers(Path java, Path go, Path text) {

    /** As in the base java of images/bases.yaml. */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.net.http,java.xml,"
            + "jdk.httpserver,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs";

    /** One image's worth: 200 MB. */
    static Layers ofOneImage() throws IOException, InterruptedException {
        Layers all = unpacked();
        return new Layers(all.java.resolve("small"), all.go.resolve("amd64"), all.text.resolve("src/cmd"));
    }

    /** Enough for the start of a virtual machine not to count for much: 500 MB. */
    static Layers unpacked() throws IOException, InterruptedException {
        Path folder = Workplace.folder("layers");
        return new Layers(java(folder.resolve("java")), go(folder.resolve("go")), text(folder.resolve("text")));
    }

    List<Path> all() {
        return List.of(java, go, text);
    }

    private static Path java(Path layer) throws IOException, InterruptedException {
        if (Files.notExists(layer)) {
            Path partial = partial(layer);
            link(MODULES, partial.resolve("small"));
            link("java.se", partial.resolve("large"));
            Stopwatch.run("find", List.of("find", partial.toString(), "-type", "l", "-delete"), layer.getParent());
            Files.move(partial, layer);
        }
        return layer;
    }

    private static void link(String modules, Path output) throws IOException, InterruptedException {
        String jlink = Workplace.javaHome().resolve("bin/jlink").toString();
        List<String> command = List.of(
                jlink, "--add-modules", modules, "--no-header-files", "--no-man-pages", "--output", output.toString());
        Stopwatch.run("jlink", command, output.getParent().getParent());
    }

    private static Path go(Path layer) throws IOException, InterruptedException {
        if (Files.notExists(layer)) {
            Path partial = partial(layer);
            Layouts images = Layouts.here();
            for (String architecture : images.architectures("ipfs")) {
                Path image = layer.resolveSibling("ipfs-" + architecture);
                images.unpack("ipfs", architecture, image);
                Files.createDirectory(partial.resolve(architecture));
                Files.move(
                        image.resolve("below/usr/bin/ipfs"),
                        partial.resolve(architecture).resolve("ipfs"));
                Workplace.delete(image);
            }
            Files.move(partial, layer);
        }
        return layer;
    }

    private static Path text(Path layer) throws IOException, InterruptedException {
        if (Files.notExists(layer)) {
            Path partial = partial(layer);
            String from = GoToolchains.locked().resolve("src").toString();
            Stopwatch.run("cp", List.of("cp", "-r", from, partial.toString()), layer.getParent());
            Files.move(partial, layer);
        }
        return layer;
    }

    private static Path partial(Path layer) throws IOException {
        Path partial = layer.resolveSibling(layer.getFileName() + ".partial");
        Workplace.delete(partial);
        return Files.createDirectories(partial);
    }
}
