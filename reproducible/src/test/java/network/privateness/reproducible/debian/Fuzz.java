package network.privateness.reproducible.debian;

import java.util.Arrays;
import java.util.Random;
import network.privateness.reproducible.Problem;

/** Random changes of good bytes, from a seed that a failure names. */
final class Fuzz {

    /** What is tried with the changed bytes. */
    interface Trial {
        void run(byte[] bytes) throws Exception;
    }

    private Fuzz() {}

    /** Any outcome but success and {@link Problem} fails. */
    static void mutate(byte[] good, String tokens, int rounds, Trial trial) {
        for (int round = 0; round < rounds; round++) {
            long seed = 0x5eed0000L + round;
            byte[] bytes = mutated(good, tokens, new Random(seed));
            try {
                trial.run(bytes);
            } catch (Problem expected) {
                if (expected.what().isBlank() || expected.next().isBlank()) {
                    throw new AssertionError("seed " + seed + ": a message without content");
                }
            } catch (Exception e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static byte[] mutated(byte[] good, String tokens, Random random) {
        byte[] bytes = good;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            int kind = random.nextInt(4);
            if (kind == 0) {
                bytes = bytes.clone();
                bytes[at] = (byte) random.nextInt(256);
            } else if (kind == 1) {
                bytes = Arrays.copyOf(bytes, Math.max(1, at));
            } else {
                int end = kind == 2 ? at : Math.min(bytes.length, at + 1 + random.nextInt(20));
                byte[] inserted = {(byte) tokens.charAt(random.nextInt(tokens.length()))};
                byte[] next = new byte[at + inserted.length + bytes.length - end];
                System.arraycopy(bytes, 0, next, 0, at);
                System.arraycopy(inserted, 0, next, at, inserted.length);
                System.arraycopy(bytes, end, next, at + inserted.length, bytes.length - end);
                bytes = next;
            }
        }
        return bytes;
    }
}
