package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import network.privateness.it.Requirement;

/** A copy of this checkout, compiled classes included, in which benchmarks change files and run Maven. */
record ScratchCheckout(Path folder) {

    /** Copies it; the copy has no images yet, because theirs would not be linked with the store. */
    static ScratchCheckout copy(Path folder) throws IOException, InterruptedException {
        Workplace.delete(folder);
        Files.createDirectories(folder);
        String copying = "tar -C " + Workplace.ROOT
                + " --exclude=./.git --exclude=./it/target --exclude=./images/target --exclude=./it/images/target"
                + " -cf - . | tar -C " + folder + " -xf -";
        Stopwatch.run("tar", Contender.shell(copying), folder.resolveSibling("tar"));
        return new ScratchCheckout(folder);
    }

    /**
     * Maven up to the images of a module, as a user runs it, without tests.
     *
     * @param module the folder with the images, such as {@code images}
     */
    List<String> maven(String module, String... options) {
        String home = System.getProperty("ness.benchmark.maven", "");
        String maven = home.isEmpty() ? "mvn" : home + "/bin/mvn";
        Stream<String> command = Stream.of(
                maven,
                "-B",
                "-f",
                folder.resolve("pom.xml").toString(),
                "-pl",
                module,
                "-am",
                "package",
                "-DskipTests");
        return Stream.concat(command, Stream.of(options)).toList();
    }

    /** Makes a text file another one; a comment of the file's own kind must be given. */
    void change(String file, String comment) throws IOException {
        Path path = folder.resolve(file);
        Requirement.need(Files.isRegularFile(path), file);
        Files.writeString(
                path, comment + " " + System.nanoTime() + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** Makes a class another one: its lines move. */
    void changeClass(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, "\n" + Files.readString(path));
    }

    /** Where the last build has put the images. */
    Path layouts(String module) {
        return folder.resolve(module).resolve("target/ness/oci");
    }

    /** The digests of all layers that the last build reported, platform by platform. */
    List<String> layers(String module) throws IOException {
        return new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(folder.resolve(module)
                                .resolve("target/ness/images.json")
                                .toFile())
                        .findValues("digest")
                        .stream()
                        .map(digest -> digest.asText())
                        .toList();
    }
}
