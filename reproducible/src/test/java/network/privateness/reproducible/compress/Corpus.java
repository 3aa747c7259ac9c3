package network.privateness.reproducible.compress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Inputs that every machine makes alike, for ever: whole-number arithmetic and a generator of our own. */
final class Corpus {

    private static final String[] SYLLABLES = {
        "pri", "va", "te", "ness", "net", "work", "lay", "er", "di", "gest", "re", "pro", "duce", "in", "put", "of",
        "a", "the", "and", "lock", "mir", "ror", "peer", "vote", "sig", "na", "ture", "pol", "i", "cy", "ver", "dict"
    };

    private long state;

    private Corpus(long seed) {
        state = seed;
    }

    /** SplitMix64. */
    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private int below(int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** All golden inputs, by name. */
    static Map<String, byte[]> golden() {
        int piece = Piece.CAPACITY;
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("empty", new byte[0]);
        all.put("one-byte", new byte[] {42});
        all.put("four-bytes", new byte[] {7, 7, 7, 7});
        all.put("hello", "hello hello hello hello\n".getBytes(StandardCharsets.US_ASCII));
        all.put("all-bytes", range(256));
        all.put("zeros", new byte[3_000_000]);
        all.put("ones-then-zero", onesThenZero(70_000));
        all.put("random", random(11, 1_500_000));
        all.put("random-small", random(12, 1000));
        all.put("two-symbols", fewSymbols(13, 400_000, 2));
        all.put("seven-symbols", fewSymbols(14, 400_000, 7));
        all.put("text", text(15, 2_500_000));
        all.put("text-small", text(16, 5000));
        all.put("binary", binary(17, 2_500_000));
        all.put("binary-small", binary(18, 20_000));
        all.put("pattern-3", pattern(range(3), 500_000));
        all.put("pattern-257", pattern(random(19, 257), 500_000));
        all.put("pattern-32768", pattern(random(20, 32_768), 200_000));
        all.put("pattern-32769", pattern(random(21, 32_769), 200_000));
        all.put("fibonacci", fibonacci(22, 24));
        all.put("mixed", mixed(23, 3 * piece));
        all.put("mixed-again", mixed(24, 5 * piece + 12_345));
        all.put("piece-less-one", mixed(25, piece - 1));
        all.put("piece", mixed(26, piece));
        all.put("piece-and-one", mixed(27, piece + 1));
        all.put("text-piece-less-one", text(28, piece - 1));
        all.put("text-piece", text(29, piece));
        all.put("text-piece-and-one", text(30, piece + 1));
        all.put("drift", drift(32, 2 * piece));
        all.put("long-copies", longCopies(33, 600_000));
        all.put("match-over-border", matchOverBorder(31));
        return all;
    }

    static byte[] range(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    static byte[] random(long seed, int length) {
        return fewSymbols(seed, length, 256);
    }

    static byte[] fewSymbols(long seed, int length, int symbols) {
        var random = new Corpus(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.below(symbols);
        }
        return bytes;
    }

    private static byte[] onesThenZero(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, 0, length - 1, (byte) 1);
        return bytes;
    }

    static byte[] pattern(byte[] pattern, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = pattern[i % pattern.length];
        }
        return bytes;
    }

    /** Words of a vocabulary, frequent ones far more often, in lines. */
    static byte[] text(long seed, int length) {
        var random = new Corpus(seed);
        String[] words = new String[3000];
        for (int i = 0; i < words.length; i++) {
            var word = new StringBuilder();
            for (int left = 1 + random.below(4); left > 0; left--) {
                word.append(SYLLABLES[random.below(SYLLABLES.length)]);
            }
            words[i] = word.toString();
        }
        var text = new StringBuilder(length + 64);
        while (text.length() < length) {
            int bound = 1 + random.below(words.length);
            text.append(words[random.below(1 + random.below(bound))]).append(random.below(11) == 0 ? '\n' : ' ');
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
    }

    /** Records with counters, small numbers, zeros and addresses that repeat at a stride. */
    static byte[] binary(long seed, int length) {
        var random = new Corpus(seed);
        byte[] bytes = new byte[length + 32];
        for (int at = 0; at < length; ) {
            int kind = random.below(8);
            for (int field = 0; field < 1 + kind && at < length; field++) {
                int value = kind < 3 ? random.below(64) : kind < 6 ? 0x400000 + (at & 0xffff00) : (int) random.next();
                bytes[at++] = (byte) (0x48 + kind);
                bytes[at++] = (byte) value;
                bytes[at++] = (byte) (value >> 8);
                bytes[at++] = (byte) (value >> 16);
                at += kind & 3;
            }
            if (random.below(5) == 0 && at > 2000) {
                int copied = 3 + random.below(40);
                int from = at - copied - random.below(1900);
                for (int i = 0; i < copied && at < length; i++) {
                    bytes[at++] = bytes[from + i];
                }
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Stretches of all the other kinds, and copies from up to 40,000 bytes back. */
    static byte[] mixed(long seed, int length) {
        var random = new Corpus(seed);
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int wanted = Math.min(length - at, 1 + random.below(30_000));
            int kind = random.below(6);
            if (kind == 0) {
                System.arraycopy(random(random.next(), wanted), 0, bytes, at, wanted);
            } else if (kind == 1) {
                System.arraycopy(text(random.next(), wanted), 0, bytes, at, wanted);
            } else if (kind == 2) {
                System.arraycopy(binary(random.next(), wanted), 0, bytes, at, wanted);
            } else if (kind == 3) {
                Arrays.fill(bytes, at, at + wanted, (byte) random.below(256));
            } else {
                int distance = Math.min(at, 1 + random.below(40_000));
                for (int i = at; distance > 0 && i < at + wanted; i++) {
                    bytes[i] = bytes[i - distance];
                }
            }
            at += wanted;
        }
        return bytes;
    }

    /** Symbols as frequent as Fibonacci numbers, which ask for codes as long as there are symbols; shuffled. */
    static byte[] fibonacci(long seed, int symbols) {
        var bytes = new ByteArrayOutputStream();
        for (int symbol = 0, now = 1, before = 0; symbol < symbols; symbol++) {
            for (int i = 0; i < now; i++) {
                bytes.write(symbol * 5);
            }
            now += before;
            before = now - before;
        }
        byte[] all = bytes.toByteArray();
        var random = new Corpus(seed);
        for (int i = all.length - 1; i > 0; i--) {
            int other = random.below(i + 1);
            byte swapped = all[i];
            all[i] = all[other];
            all[other] = swapped;
        }
        return all;
    }

    /** Statistics that change by and by, so that it is seldom clear where a block should end. */
    static byte[] drift(long seed, int length) {
        var random = new Corpus(seed);
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at++) {
            int step = at >>> 11;
            int width = 3 + (step * 7 + (step >> 3)) % 90;
            bytes[at] = (byte) ((step >> 1) + random.below(width) * random.below(width) / width);
        }
        return bytes;
    }

    /** Copies of 100 to 260 bytes, each with a rival that is a little longer or shorter and farther back. */
    static byte[] longCopies(long seed, int length) {
        var random = new Corpus(seed);
        byte[] bytes = random(random.next(), length);
        for (int at = 20_000; at < length - 600; at += 300 + random.below(300)) {
            int near = 100 + random.below(160);
            int far = 100 + random.below(160);
            int source = at - 19_000 + random.below(9000);
            System.arraycopy(bytes, source, bytes, at - 2000, near);
            System.arraycopy(bytes, source, bytes, at, Math.max(near, far));
        }
        return bytes;
    }

    /** Thousands of inputs of up to 400 bytes, where stored, fixed and dynamic blocks are close rivals. */
    static List<byte[]> small() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            int length = 1 + i % 400;
            all.add(i % 3 == 0 ? text(i, length) : i % 3 == 1 ? binary(i, length) : fewSymbols(i, length, 2 + i / 24));
        }
        return all;
    }

    /** Random bytes, of which those just before a border of pieces come again just behind it. */
    static byte[] matchOverBorder(long seed) {
        byte[] bytes = random(seed, 2 * Piece.CAPACITY + 50_000);
        System.arraycopy(bytes, Piece.CAPACITY - 32_768, bytes, Piece.CAPACITY, 32_768);
        System.arraycopy(bytes, 2 * Piece.CAPACITY - 1000, bytes, 2 * Piece.CAPACITY - 500, 1000);
        return bytes;
    }

    /** Compressed pieces, one behind the other. */
    static byte[] deflate(List<byte[]> inputs) throws IOException {
        var out = new ByteArrayOutputStream();
        var deflater = new BlockDeflater();
        for (byte[] input : inputs) {
            var sink = new BitSink(BlockDeflater.maxCompressed(input.length));
            deflater.deflate(Arrays.copyOf(input, input.length + BlockDeflater.PADDING), 0, input.length, sink);
            sink.writeTo(out);
        }
        return out.toByteArray();
    }

    static byte[] compress(byte[] bytes, int threads) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new FrozenGzipOutputStream(out, threads)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** What another implementation reads, which checks length and checksum. */
    static byte[] decompress(byte[] gzip) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }
}
