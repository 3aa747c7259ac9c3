package network.privateness.it.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Everything from nothing: all images with an empty store, against the Go compiler that builds the same programs with the
 * same flags and an empty cache. Ours downloads and compresses all the rest, too. Ten minutes of CPU time per round.
 */
@EnabledIfSystemProperty(named = "ness.benchmark.cold", matches = "true")
class ColdReleaseBenchmark {

    private static final String MODULE = "images";

    private final Row row = new Row("cold-release");
    private final Path work = Workplace.folder("cold-release");

    ColdReleaseBenchmark() throws IOException {}

    @Test
    void allImages() throws IOException, InterruptedException {
        Workplace.need("tar");
        Path go = GoToolchains.locked().resolve("bin/go");
        ScratchCheckout checkout = ScratchCheckout.copy(work.resolve("checkout"));
        Path store = work.resolve("store");
        String script = goBuilds(go);
        row.race(
                Workplace.rounds(1),
                List.of(
                        Contender.of("Maven without the goal", checkout.maven(MODULE, "-Dness.skip=true")),
                        new Contender("Go compiler", Contender.shell(script), this::clearGo, work.resolve("programs")),
                        new Contender(
                                "ours with Maven",
                                checkout.maven(MODULE, "-Dness.store=" + store),
                                () -> Workplace.delete(store),
                                checkout.layouts(MODULE))));
        Measure maven = row.median("Maven without the goal");
        Measure ours = row.median("ours with Maven");
        Measure compiler = row.median("Go compiler");
        row.goal("CPU beyond Maven's own / Go compiler", (ours.cpu() - maven.cpu()) / compiler.cpu(), 1.15);
        row.goal("wall beyond Maven's own / Go compiler", (ours.wall() - maven.wall()) / compiler.wall(), 1.15);
        row.report();
    }

    private void clearGo() throws IOException {
        Workplace.delete(work.resolve("go-cache"));
        Workplace.delete(work.resolve("programs"));
        Files.createDirectories(work.resolve("programs"));
    }

    /** Every program of the lock for every platform, in a copy of its module, from downloaded modules. */
    private String goBuilds(Path go) throws IOException, InterruptedException {
        Lock lock = LockReader.read(Workplace.ROOT.resolve("images/ness.lock"), "images/ness.lock");
        StringBuilder script =
                new StringBuilder("export CGO_ENABLED=0 GOOS=linux GOAMD64=v1 GOARM64=v8.0 GOARM=7 GOFLAGS= "
                        + "GOWORK=off GOTOOLCHAIN=local GOCACHE=" + work.resolve("go-cache") + " GOMODCACHE="
                        + work.resolve("modules") + " GOPROXY=off\n");
        for (PinnedProgram program : lock.programs()) {
            boolean ours = program.version().isEmpty();
            Path source = ours ? own(go, program) : source(go, program);
            script.append("cd ").append(source).append('\n');
            for (Platform platform : Platform.values()) {
                script.append("GOARCH=")
                        .append(platform.architecture())
                        .append(' ')
                        .append(go);
                script.append(" build -trimpath -buildvcs=false -mod=readonly -ldflags='-buildid= -s -w' -o ");
                script.append(work.resolve("programs").resolve(source.getFileName() + "-" + platform.architecture()));
                script.append(" .")
                        .append(
                                ours
                                        ? ""
                                        : program.program()
                                                .substring(program.module().length()))
                        .append('\n');
            }
        }
        return script.toString();
    }

    /** A copy of a main of ours, with all that it needs downloaded. */
    private Path own(Path go, PinnedProgram program) throws IOException, InterruptedException {
        Path copy = work.resolve("source").resolve(program.program().replace('/', '-'));
        Workplace.delete(copy);
        Files.createDirectories(copy.getParent());
        String copying =
                "cp -r " + Workplace.ROOT.resolve("images").resolve(program.program()) + " " + copy + "\ncd " + copy
                        + "\nexport GOFLAGS=-modcacherw GOWORK=off GOTOOLCHAIN=local GOMODCACHE="
                        + work.resolve("modules") + "\n"
                        + "for a in amd64 arm64 arm; do GOARCH=$a " + go + " list -deps -mod=readonly .; done\n";
        Stopwatch.run("go list", Contender.shell(copying), work);
        return copy;
    }

    /** A copy of the main module that Go may write to, with all that it needs downloaded. */
    private Path source(Path go, PinnedProgram program) throws IOException, InterruptedException {
        Path copy = work.resolve("source").resolve(program.module().replace('/', '-'));
        String environment =
                "export GOFLAGS=-modcacherw GOWORK=off GOTOOLCHAIN=local GOMODCACHE=" + work.resolve("modules") + "\n";
        Path answer = Files.createDirectories(copy.getParent()).resolve("download.json");
        String download = environment + go + " mod download -json " + program.module() + "@" + program.version() + " > "
                + answer + "\n";
        Stopwatch.run("go mod download", Contender.shell(download), work);
        String folder = new ObjectMapper().readTree(answer.toFile()).get("Dir").asText();
        Workplace.delete(copy);
        String dependencies = environment + "cp -r " + folder + " " + copy + "\nchmod -R u+w " + copy + "\ncd " + copy
                + "\nfor a in amd64 arm64 arm; do GOARCH=$a " + go + " list -deps -mod=readonly ."
                + program.program().substring(program.module().length()) + "; done\n";
        Stopwatch.run("go list", Contender.shell(dependencies), work);
        return copy;
    }
}
