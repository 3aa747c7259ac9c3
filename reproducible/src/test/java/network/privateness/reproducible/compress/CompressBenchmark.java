package network.privateness.reproducible.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Prints, for each file that is given, CPU seconds and sizes of our compression (one thread) and of {@code java.util.zip}
 * level 6, which take turns; medians of {@code -Drounds=7} after one round that does not count.
 */
final class CompressBenchmark {

    private CompressBenchmark() {}

    /** Counts bytes. */
    private static final class Counter extends OutputStream {

        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }

    public static void main(String[] files) throws IOException {
        int rounds = Integer.getInteger("rounds", 7);
        System.out.printf("Java %s, %s%n", System.getProperty("java.version"), System.getProperty("java.vendor"));
        System.out.println("| file | MB | zlib s | ours s | ours MB/s | CPU ratio | zlib bytes | ours bytes | size |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (String file : files) {
            byte[] input = Files.readAllBytes(Path.of(file));
            double[] zlibSeconds = new double[rounds];
            double[] ourSeconds = new double[rounds];
            long zlibSize = zlib(input);
            long ourSize = ours(input);
            for (int round = 0; round < rounds; round++) {
                long start = cpu();
                zlib(input);
                long middle = cpu();
                ours(input);
                zlibSeconds[round] = (middle - start) / 1e9;
                ourSeconds[round] = (cpu() - middle) / 1e9;
            }
            double zlib = median(zlibSeconds);
            double ours = median(ourSeconds);
            System.out.printf(
                    "| %s | %.1f | %.3f | %.3f | %.1f | %.2f | %d | %d | %+.2f %% |%n",
                    Path.of(file).getFileName(),
                    input.length / 1e6,
                    zlib,
                    ours,
                    input.length / 1e6 / ours,
                    ours / zlib,
                    zlibSize,
                    ourSize,
                    100.0 * (ourSize - zlibSize) / zlibSize);
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long ours(byte[] input) throws IOException {
        var out = new Counter();
        try (var gzip = new FrozenGzipOutputStream(out, 1)) {
            gzip.write(input);
        }
        return out.count;
    }

    private static long zlib(byte[] input) {
        var deflater = new Deflater(6, true);
        byte[] buffer = new byte[1 << 16];
        // Header and trailer.
        long size = 18;
        deflater.setInput(input);
        deflater.finish();
        while (!deflater.finished()) {
            size += deflater.deflate(buffer);
        }
        deflater.end();
        return size;
    }
}
