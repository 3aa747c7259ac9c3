package network.privateness.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import network.privateness.it.Requirement;
import org.junit.jupiter.api.Test;

/** One class of a Java service changed: what its image takes beyond the compiler. */
class ClassChangedBenchmark {

    private static final String MODULE = "it/images";
    private static final String IMAGE = "java-service";
    private static final String SOURCE =
            "it/java-service/src/main/java/network/privateness/it/javaservice/Service.java";

    private final Row row = new Row("class-changed");
    private final Path work = Workplace.folder("class-changed");

    ClassChangedBenchmark() throws IOException {}

    @Test
    void oneClassChanged() throws IOException, InterruptedException {
        Workplace.need("tar");
        Requirement.need(
                Files.isRegularFile(Workplace.ROOT.resolve(MODULE).resolve("ness.lock")), MODULE + "/ness.lock");
        ScratchCheckout checkout = ScratchCheckout.copy(work.resolve("checkout"));
        String[] selection = {"-o", "-Dness.images=" + IMAGE};
        Stopwatch.run("Maven", checkout.maven(MODULE, selection[1]), work);
        List<String> before = checkout.layers(MODULE);
        row.race(
                Workplace.rounds(5),
                List.of(
                        contender("Maven without the goal", checkout, "-Dness.skip=true", selection),
                        contender("ours with Maven", checkout, "-Dness.skip=false", selection)));
        double beyond = row.median("ours with Maven").wall()
                - row.median("Maven without the goal").wall();
        row.goal("wall beyond javac and Maven, s", beyond, 1);
        List<String> after = checkout.layers(MODULE);
        assertThat(after).hasSameSizeAs(before);
        // The jar is the same on all platforms.
        row.goal(
                "changed layers",
                after.stream()
                        .filter(layer -> !before.contains(layer))
                        .distinct()
                        .count(),
                1);
        row.report();
    }

    private static Contender contender(String name, ScratchCheckout checkout, String skip, String[] selection) {
        return new Contender(
                name,
                checkout.maven(MODULE, selection[0], selection[1], skip),
                () -> checkout.changeClass(SOURCE),
                Path.of("/dev/null"));
    }
}
