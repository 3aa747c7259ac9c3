package network.privateness.reproducible.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that writes to a store until it is killed, and prints what it was told is safe; with a negative seed it opens
 * and closes the store.
 */
final class StoreProcess {

    /** How many different contents all processes of one seed put. */
    static final int CONTENTS = 15;

    private StoreProcess() {}

    static byte[] content(long seed, int number) {
        var random = new Random(seed * 1000 + number);
        byte[] bytes = new byte[1 + random.nextInt(100_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        if (seed < 0) {
            ContentStore.open(folder).close();
            return;
        }
        try (ContentStore store = ContentStore.open(folder)) {
            for (int i = 0; ; i = (i + 1) % CONTENTS) {
                byte[] bytes = content(seed, i);
                try (Pending pending = store.begin()) {
                    for (int from = 0; from < bytes.length; from += 7000) {
                        pending.write(bytes, from, Math.min(7000, bytes.length - from));
                    }
                    System.out.println(pending.commit().getFileName());
                }
                store.putReference("number", String.valueOf(i), "value of " + i);
                var part = store.resume("part");
                if (part.isPresent()) {
                    try (Pending pending = part.get()) {
                        if (pending.size() > 1 << 20) {
                            pending.restart();
                        }
                        pending.write(new byte[10_000]);
                    }
                }
                try (Scratch scratch = store.scratch("work")) {
                    Files.write(scratch.path().resolve("file"), bytes);
                }
            }
        }
    }
}
