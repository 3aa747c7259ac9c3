package network.privateness.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;

class BuildLinesTest {

    private static final LayerName NAME = new LayerName("image:ipfs", "go ipfs", Platform.LINUX_ARM_V7);

    private final List<String> lines = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    @Test
    void longWorkIsToldAtItsBeginningAndEnd() {
        BuildLines log = new BuildLines(lines::add, details::add, clock);
        log.layerStarted(NAME);
        log.programStarted("example.org/ipfs", Platform.LINUX_ARM_V7);
        now = now.plusSeconds(63);
        log.programBuilt("example.org/ipfs", Platform.LINUX_ARM_V7);
        now = now.plusSeconds(2);
        log.layerBuilt(NAME, new Layer(Sha256.of("a"), Sha256.of("b"), 21_340_000, 1));
        assertThat(lines)
                .containsExactly(
                        "go example.org/ipfs for linux/arm/v7: compiling",
                        "go example.org/ipfs for linux/arm/v7: compiled in 63 s",
                        "layer image:ipfs go ipfs linux/arm/v7: built, 21.3 MB, 65 s");
        assertThat(details).containsExactly("layer image:ipfs go ipfs linux/arm/v7: not in the store, is made");
    }

    @Test
    void whatIsReusedIsADetail() {
        new BuildLines(lines::add, details::add, clock).layerReused(NAME);
        assertThat(lines).isEmpty();
        assertThat(details).containsExactly("layer image:ipfs go ipfs linux/arm/v7: reused");
    }
}
