package network.privateness.reproducible.archive;

import java.util.Arrays;
import java.util.Random;
import network.privateness.reproducible.Problem;

/** Damages archives at random and checks that readers answer with a {@link Problem} or with something true. */
public final class Mutations {

    private Mutations() {}

    /** Reads damaged bytes; throws a problem, or an AssertionError if it accepted what it should not. */
    public interface Reading {
        void read(byte[] bytes) throws Exception;
    }

    /** Runs {@code count} mutations with the seeds 0, 1, 2...; a failure names its seed. */
    public static void run(byte[] original, int count, Reading reading) {
        int refused = 0;
        for (long seed = 0; seed < count; seed++) {
            byte[] mutated = mutate(original, new Random(seed));
            try {
                reading.read(mutated);
            } catch (Problem e) {
                refused++;
            } catch (Exception | Error e) {
                throw new AssertionError("seed " + seed + " of " + count + ": " + e, e);
            }
        }
        if (refused == 0) {
            throw new AssertionError("no mutation was refused: the archive is not read");
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
                case 3 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 4 -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(64), bytes.length - Math.max(at, from));
                    System.arraycopy(
                            original.length == bytes.length ? original : bytes.clone(), from, bytes, at, length);
                }
                default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(600));
            }
        }
        return bytes;
    }
}
