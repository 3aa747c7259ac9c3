package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import network.privateness.reproducible.layer.LayerWriter;
import network.privateness.reproducible.rootfs.FolderReader;
import org.junit.jupiter.api.Test;

/** The frozen compression against java.util.zip of the same JDK and gzip, both at level 6. */
class CompressBenchmark {

    private final Row row = new Row("compress");
    private final Path work = Workplace.folder("compress");

    CompressBenchmark() throws IOException {}

    @Test
    void layersOfThreeKinds() throws IOException, InterruptedException {
        Workplace.need("gzip");
        Layers layers = Layers.unpacked();
        Map<String, Path> jdks = jdks();
        String classes = compiled();
        Map<String, Path> tars = new LinkedHashMap<>();
        tars.put("JRE", tar(layers.java()));
        tars.put("Go", tar(layers.go()));
        tars.put("text", tar(layers.text()));
        List<Contender> contenders = new ArrayList<>();
        tars.forEach((kind, tar) -> {
            String gzip = "gzip -6 -c " + tar + " > " + work.resolve("result");
            contenders.add(contender(kind + ", gzip -6", Contender.shell(gzip)));
            jdks.forEach((jdk, home) -> {
                contenders.add(contender(kind + ", zip 6, " + jdk, java(home, classes, "zip", "6", tar)));
                contenders.add(contender(kind + ", ours, " + jdk, java(home, classes, "frozen", "1", tar)));
            });
        });
        Path all = together(tars.values());
        jdks.forEach((jdk, home) -> {
            contenders.add(contender("all, ours, " + jdk, java(home, classes, "frozen", "1", all)));
            contenders.add(contender("all, ours, 2 threads, " + jdk, java(home, classes, "frozen", "2", all)));
        });
        row.race(Workplace.rounds(3), contenders);
        tars.keySet().forEach(kind -> jdks.keySet().forEach(jdk -> goals(kind, jdk)));
        jdks.keySet().forEach(jdk -> {
            double one = row.median("all, ours, " + jdk).wall();
            row.goal(
                    jdk + ": wall of 2 threads / 1 thread",
                    row.median("all, ours, 2 threads, " + jdk).wall() / one,
                    0.7);
        });
        row.report();
    }

    private void goals(String kind, String jdk) {
        boolean jre = kind.equals("JRE");
        Measure ours = row.median(kind + ", ours, " + jdk);
        Measure zip = row.median(kind + ", zip 6, " + jdk);
        Measure gzip = row.median(kind + ", gzip -6");
        row.goal(kind + ", " + jdk + ": CPU of ours / zip 6", ours.cpu() / zip.cpu(), jre ? 0.6 : 0.7);
        row.goal(kind + ", " + jdk + ": CPU of ours / gzip -6", ours.cpu() / gzip.cpu(), jre ? 0.6 : 0.7);
        row.goal(kind + ", " + jdk + ": size of ours / zip 6", ours.resultMb() / zip.resultMb(), jre ? 1.02 : 1.03);
    }

    private Contender contender(String name, List<String> command) {
        return new Contender(name, command, () -> {}, work.resolve("result"));
    }

    private List<String> java(Path home, String classes, String codec, String number, Path tar) {
        return List.of(
                home.resolve("bin/java").toString(),
                "-cp",
                classes,
                CompressProgram.class.getName(),
                codec,
                number,
                tar.toString(),
                work.resolve("result").toString());
    }

    /** The JDK of these tests, and that of Maven when it is another one. */
    private static Map<String, Path> jdks() {
        Map<String, Path> jdks = new LinkedHashMap<>();
        String versions = System.getProperty("ness.benchmark.jdks", "");
        Stream.concat(
                        Stream.of(Workplace.javaHome()),
                        Stream.of(versions.split(":"))
                                .filter(home -> !home.isEmpty())
                                .map(Path::of))
                .forEach(home -> jdks.putIfAbsent("JDK " + feature(home), home));
        return jdks;
    }

    private static String feature(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("\\..*", ""))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** The class path of the program, compiled for Java 17: the tests' own classes are for the newest. */
    private String compiled() {
        String library = Path.of(LayerWriter.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        String source = Workplace.ROOT
                .resolve("it/src/test/java")
                .resolve(CompressProgram.class.getName().replace('.', '/') + ".java")
                .toString();
        String classes = work.resolve("classes").toString();
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "--release", "17", "-cp", library, "-d", classes, source);
        if (exit != 0) {
            throw new IllegalStateException("javac: " + exit);
        }
        return classes + ":" + library;
    }

    /** One after the other: enough for two threads. */
    private Path together(Iterable<Path> tars) throws IOException {
        Path all = work.resolve("all.tar");
        try (var out = Files.newOutputStream(all)) {
            for (Path tar : tars) {
                Files.copy(tar, out);
            }
        }
        return all;
    }

    private Path tar(Path layer) throws IOException {
        Path tar = work.resolve(layer.getFileName() + ".tar");
        try (var out = Files.newOutputStream(tar)) {
            LayerWriter.writeTar(FolderReader.read(layer, layer.toString()), 0, out);
        }
        return tar;
    }
}
