package network.privateness.reproducible.compress;

/** How many bits symbols of given frequencies need at least. Whole numbers only, so that every machine agrees. */
final class Entropy {

    /** Results are in 1/4096 bit. */
    static final int SCALE = 12;

    private static final int TABLE_BITS = 10;
    /** log2(1 + i/1024) in 1/4096. */
    private static final int[] LOG = new int[1 << TABLE_BITS];

    static {
        for (int i = 0; i < LOG.length; i++) {
            // Squaring a number in [1, 2) doubles its logarithm: each squaring gives one more binary digit.
            long number = (long) ((1 << TABLE_BITS) + i) << 30 - TABLE_BITS;
            int log = 0;
            for (int digit = 0; digit < SCALE; digit++) {
                number = number * number >>> 30;
                log <<= 1;
                if (number >= 2L << 30) {
                    number >>>= 1;
                    log |= 1;
                }
            }
            LOG[i] = log;
        }
    }

    private Entropy() {}

    /** n * log2(n) */
    private static long weighted(int n) {
        if (n <= 1) {
            return 0;
        }
        int whole = 31 - Integer.numberOfLeadingZeros(n);
        int fraction = (n << 31 - whole >>> 31 - TABLE_BITS) & LOG.length - 1;
        return (long) n * ((whole << SCALE) + LOG[fraction]);
    }

    static long bits(int[] frequencies) {
        int all = 0;
        long sum = 0;
        for (int frequency : frequencies) {
            all += frequency;
            sum += weighted(frequency);
        }
        return weighted(all) - sum;
    }

    /** As for the sums of two frequencies. */
    static long bits(int[] frequencies, int[] others) {
        int all = 0;
        long sum = 0;
        for (int i = 0; i < frequencies.length; i++) {
            int frequency = frequencies[i] + others[i];
            all += frequency;
            sum += weighted(frequency);
        }
        return weighted(all) - sum;
    }
}
