package network.privateness.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All images, all platforms, built once more with nothing changed; and with one file of one image changed. */
class UnchangedBenchmark {

    private static final String MODULE = "images";
    private static final String WITHOUT = "Maven without the goal";

    private final Path work = Workplace.folder("unchanged");

    UnchangedBenchmark() throws IOException {}

    @Test
    void nothingChanged() throws IOException, InterruptedException {
        Workplace.need("buildah", "tar");
        Peers peers = new Peers(Layouts.here(), work);
        ScratchCheckout checkout = warm(peers);
        List<String> before = checkout.layers(MODULE);
        Row row = new Row("unchanged");
        row.race(
                Workplace.rounds(5),
                List.of(
                        Contender.of(WITHOUT, checkout.maven(MODULE, "-o", "-Dness.skip=true")),
                        Contender.of("ours with Maven", checkout.maven(MODULE, "-o")),
                        peers.jib(() -> {}),
                        peers.buildah(() -> {})));
        goals(row, "ours with Maven", peers.count(), 3);
        assertThat(checkout.layers(MODULE)).isEqualTo(before);
        row.report();
    }

    @Test
    void oneFileChanged() throws IOException, InterruptedException {
        Workplace.need("buildah", "tar");
        Peers peers = new Peers(Layouts.here(), work);
        ScratchCheckout checkout = warm(peers);
        List<String> before = checkout.layers(MODULE);
        Row row = new Row("file-changed");
        String file = "usr/lib/ness/ipfs/health";
        row.race(
                Workplace.rounds(5),
                List.of(
                        Contender.of(WITHOUT, checkout.maven(MODULE, "-o", "-Dness.skip=true")),
                        new Contender(
                                "ours with Maven",
                                checkout.maven(MODULE, "-o"),
                                () -> checkout.change("images/ipfs/rootfs/" + file, "#"),
                                Path.of("/dev/null")),
                        peers.jib(() -> peers.change("ipfs", file)),
                        peers.buildah(() -> peers.change("ipfs", file))));
        goals(row, "ours with Maven", peers.count(), 1);
        List<String> after = checkout.layers(MODULE);
        assertThat(after).hasSameSizeAs(before);
        long changed = after.stream().filter(layer -> !before.contains(layer)).count();
        row.goal(
                "changed layers, of one per platform",
                changed,
                new Layouts(checkout.layouts(MODULE)).architectures("ipfs").size());
        row.report();
    }

    private static void goals(Row row, String ours, int images, double limit) {
        Measure without = row.median(WITHOUT);
        Measure with = row.median(ours);
        double cpu = with.cpu() - without.cpu();
        row.goal("wall beyond Maven's own, " + images + " images, s", with.wall() - without.wall(), limit);
        row.goal(
                "CPU beyond Maven's own, by cores, s",
                cpu / Runtime.getRuntime().availableProcessors(),
                limit);
        row.goal("CPU beyond Maven's own / Jib", cpu / row.median("Jib").cpu(), 1);
        row.goal("CPU beyond Maven's own / buildah", cpu / row.median("buildah").cpu(), 1);
    }

    /** Everybody has built once. */
    private ScratchCheckout warm(Peers peers) throws IOException, InterruptedException {
        ScratchCheckout checkout = ScratchCheckout.copy(work.resolve("checkout"));
        Stopwatch.run("Maven", checkout.maven(MODULE), work);
        Stopwatch.run("Jib", peers.jib(() -> {}).command(), work);
        Stopwatch.run("buildah", peers.buildah(() -> {}).command(), work);
        return checkout;
    }
}
