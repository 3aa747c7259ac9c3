package network.privateness.reproducible.compress;

/**
 * Compresses one piece of input into whole Deflate blocks.
 *
 * <p>It is made for many pieces, to use its tables again, but no piece has an influence on a later one. Use it by one
 * thread at a time.
 */
final class BlockDeflater implements Crew.Work {

    /** Bytes that must be readable behind the input; their values don't matter. */
    static final int PADDING = 16;

    /** How many earlier positions are compared at each position. */
    private static final int TRIES = 12;

    /** A match of this length or more is taken without a look at the next position. */
    private static final int LAZY_LENGTH = 24;

    /** With a match of this length or more, the look at the next position is a short one. */
    private static final int GOOD_LENGTH = 5;

    /** By how much a match at the next position must be better, in about quarters of a byte. */
    private static final int LAZY_GAIN = 2;

    /** After so many bytes without a match (compressed data, most likely), positions begin to be left out. */
    private static final int PATIENCE = 256;

    private static final int SKIP_SHIFT = 8;

    private final MatchFinder finder = new MatchFinder();
    private final Tokens tokens = new Tokens();

    /** The most bytes that so many bytes of input become. */
    static int maxCompressed(int length) {
        // At worst all blocks are stored, and all but the last have at least one byte per token.
        return length + length / Tokens.PART * 6 + length / 0xffff * 5 + 64;
    }

    /**
     * Compresses bytes; the result ends on a byte border and is not the end of the stream.
     *
     * @param bytes the dictionary, the input and {@link #PADDING}
     * @param from where the input begins; up to 32768 bytes before it are the dictionary
     * @param to where it ends
     * @param sink takes at least {@link #maxCompressed} bytes
     */
    @Override
    public void deflate(byte[] bytes, int from, int to, BitSink sink) {
        finder.clear();
        int dictionary = Math.max(0, from - Symbols.MAX_DISTANCE);
        finder.insert(bytes, dictionary, Math.min(from, to - MatchFinder.HASHED + 1));
        tokens.start(bytes, from);
        for (int at = from; at < to; ) {
            at = parse(bytes, at, to);
            tokens.endPart(sink, at);
        }
        tokens.finish(sink, to);
        if (sink.pendingBits() != 0) {
            sink.stored(bytes, to, 0);
        }
    }

    /** Turns input into one part of tokens, and returns where it stopped. */
    private int parse(byte[] bytes, int from, int to) {
        MatchFinder matches = finder;
        Tokens part = tokens;
        int searchable = to - MatchFinder.HASHED;
        int unmatched = from;
        int at = from;
        while (at < searchable && !part.isPartFull()) {
            int match = matches.find(bytes, at, 2, Math.min(Symbols.MAX_LENGTH, to - at), TRIES);
            if (match == 0) {
                part.literal(bytes[at++]);
                for (int skip = skip(at - unmatched, searchable - at); skip > 0; skip--) {
                    part.literal(bytes[at++]);
                }
                continue;
            }
            int known = at + 1;
            while (match >>> 16 < LAZY_LENGTH && at + 1 < searchable) {
                int length = match >>> 16;
                int most = Math.min(Symbols.MAX_LENGTH, to - at - 1);
                int tries = length >= GOOD_LENGTH ? TRIES >> 2 : TRIES >> 1;
                int next = matches.find(bytes, at + 1, Math.max(Symbols.MIN_LENGTH, length - 1), most, tries);
                known = at + 2;
                if (next == 0 || gain(match, next) <= LAZY_GAIN) {
                    break;
                }
                part.literal(bytes[at++]);
                match = next;
            }
            part.match(match);
            at += match >>> 16;
            matches.insert(bytes, known, Math.min(at, searchable + 1));
            unmatched = at;
        }
        while (at >= searchable && at < to) {
            part.literal(bytes[at++]);
        }
        return at;
    }

    /** How many positions to leave out, of those that are left, after so many bytes without a match. */
    private static int skip(int misses, int left) {
        return misses < PATIENCE ? 0 : Math.min(misses >>> SKIP_SHIFT, left);
    }

    /** How much better one match is than another: four per byte of length, one per halving of the distance. */
    private static int gain(int match, int next) {
        int nearer = Integer.numberOfLeadingZeros(next & 0xffff) - Integer.numberOfLeadingZeros(match & 0xffff);
        return 4 * ((next >>> 16) - (match >>> 16)) + nearer;
    }
}
