package network.privateness.reproducible.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EntropyTest {

    @Test
    void powersOfTwoAreExact() {
        assertThat(Entropy.bits(new int[] {8, 8, 8, 8})).isEqualTo(64L << Entropy.SCALE);
        assertThat(Entropy.bits(new int[] {5})).isZero();
        assertThat(Entropy.bits(new int[] {0, 0})).isZero();
        assertThat(Entropy.bits(new int[] {8, 3, 8, 8}, new int[] {0, 5, 0, 0})).isEqualTo(64L << Entropy.SCALE);
    }

    @Test
    void roundingIsFrozen() {
        assertThat(Entropy.bits(new int[] {3, 5, 7, 11, 1000, 1025, 4095, 69_999}, new int[8]))
                .isEqualTo(158_617_880L);
    }

    @Test
    void othersAgreeWithFloatingPoint() {
        long seed = 5;
        var random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            int[] frequencies = random.ints(30, 1, 4000).toArray();
            double all = 0;
            double bits = 0;
            for (int frequency : frequencies) {
                all += frequency;
            }
            for (int frequency : frequencies) {
                bits -= frequency * Math.log(frequency / all) / Math.log(2);
            }
            assertThat(Entropy.bits(frequencies) / (double) (1 << Entropy.SCALE))
                    .as("seed %d, round %d", seed, round)
                    .isBetween(bits * 0.999, bits * 1.001);
        }
    }
}
