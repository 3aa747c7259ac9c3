package network.privateness.it.benchmark;

import static network.privateness.it.benchmark.Contender.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An image from unpacked files, cold: ours against Jib, buildah and umoci. */
class AssembleBenchmark {

    private final Row row = new Row("assemble");
    private final Path work = Workplace.folder("assemble");

    AssembleBenchmark() throws IOException {}

    @Test
    void imageOfThreeLayers() throws IOException, InterruptedException {
        Workplace.need("buildah", "umoci", "gzip", "tar");
        Layers layers = Layers.ofOneImage();
        row.race(
                Workplace.rounds(3),
                List.of(
                        ours(layers),
                        jib(layers),
                        contender("buildah", buildah(layers, "--disable-compression=false")),
                        contender("umoci", umoci(layers)),
                        contender("buildah, gzip -6", buildah(layers, "--disable-compression") + gzipBlobs()),
                        contender("umoci, gzip -6", umoci(layers) + gzipTars()),
                        contender("buildah, no compression", buildah(layers, "--disable-compression")),
                        digest(layers)));
        goals();
        row.report();
    }

    private void goals() {
        for (String peer : List.of("Jib", "buildah, gzip -6", "umoci, gzip -6")) {
            row.goal(
                    "CPU of ours / " + peer,
                    row.median("ours").cpu() / row.median(peer).cpu(),
                    1);
        }
        for (String peer : List.of("Jib", "buildah", "umoci", "buildah, gzip -6", "umoci, gzip -6")) {
            row.goal(
                    "wall of ours / " + peer,
                    row.median("ours").wall() / row.median(peer).wall(),
                    1);
        }
        for (String peer : List.of("umoci", "buildah", "buildah, no compression")) {
            row.goal(
                    "CPU of tar and SHA-256 / " + peer,
                    row.median("ours, tar and SHA-256").cpu() / row.median(peer).cpu(),
                    1);
        }
        row.goal(
                "stretch: CPU of ours / buildah",
                row.median("ours").cpu() / row.median("buildah").cpu(),
                1);
        row.goal(
                "stretch: size of ours / buildah",
                row.median("ours").resultMb() / row.median("buildah").resultMb(),
                1);
    }

    private Contender contender(String name, String script) {
        return new Contender(name, shell(script), this::clear, work.resolve("result"));
    }

    private Contender ours(Layers layers) {
        List<Object> arguments = new ArrayList<>(List.of(
                "image", Runtime.getRuntime().availableProcessors(), work.resolve("cache"), work.resolve("result")));
        arguments.addAll(layers.all());
        return new Contender(
                "ours",
                Workplace.java(Workplace.javaHome(), AssembleProgram.class, arguments.toArray()),
                this::clear,
                work.resolve("result"));
    }

    private Contender digest(Layers layers) {
        List<Object> arguments = new ArrayList<>(List.of("digest"));
        arguments.addAll(layers.all());
        return Contender.of(
                "ours, tar and SHA-256",
                Workplace.java(Workplace.javaHome(), AssembleProgram.class, arguments.toArray()));
    }

    private Contender jib(Layers layers) {
        List<Object> arguments = new ArrayList<>(List.of(work.resolve("cache"), work.resolve("result")));
        arguments.addAll(layers.all());
        arguments.add("--");
        return new Contender(
                "Jib",
                Workplace.java(Workplace.javaHome(), JibProgram.class, arguments.toArray()),
                this::clear,
                work.resolve("result"));
    }

    /** One layer of everything, which is less work than one each. */
    private String buildah(Layers layers, String compression) {
        String buildah = "buildah --storage-driver vfs --root " + work.resolve("cache") + " --runroot "
                + work.resolve("run") + " ";
        StringBuilder script = new StringBuilder("c=$(" + buildah + "from scratch)\n");
        layers.all()
                .forEach(layer ->
                        script.append(buildah).append("add $c ").append(layer).append(" /\n"));
        return script + buildah + "commit --format oci " + compression + " $c oci:" + work.resolve("result") + ":x\n";
    }

    private String gzipBlobs() {
        return "find " + work.resolve("result/blobs") + " -size +1M -exec gzip -6 {} +\n";
    }

    private String umoci(Layers layers) {
        String layout = work.resolve("result").toString();
        StringBuilder script = new StringBuilder("umoci init --layout " + layout + "\n");
        script.append("umoci new --image ").append(layout).append(":x\n");
        for (Path layer : layers.all()) {
            Path tar = work.resolve("cache").resolve(layer.getFileName() + ".tar");
            script.append("tar -C ").append(layer).append(" -cf ").append(tar).append(" .\n");
            script.append("umoci raw add-layer --image ")
                    .append(layout)
                    .append(":x ")
                    .append(tar)
                    .append('\n');
        }
        return script.toString();
    }

    /** umoci always compresses, less than gzip: so this is what it would take to get blobs of the usual size. */
    private String gzipTars() {
        return "gzip -6 " + work.resolve("cache") + "/*.tar\n";
    }

    private void clear() throws IOException {
        for (String name : List.of("cache", "run", "result")) {
            Workplace.delete(work.resolve(name));
        }
        Files.createDirectories(work.resolve("cache"));
    }
}
