package network.privateness.reproducible.archive;

/** The fields of one 512-byte tar header (POSIX.1-2017 pax, ustar interchange format; GNU's variant of it). */
final class TarHeader {

    static final int BLOCK = 512;

    static final int NAME = 0;
    static final int MODE = 100;
    static final int UID = 108;
    static final int GID = 116;
    static final int SIZE = 124;
    static final int MTIME = 136;
    static final int CHECKSUM = 148;
    static final int TYPE = 156;
    static final int LINK = 157;
    static final int MAGIC = 257;
    static final int USER = 265;
    static final int DEVICE_MAJOR = 329;
    static final int DEVICE_MINOR = 337;
    static final int PREFIX = 345;
    static final int PREFIX_END = 500;

    private TarHeader() {}

    /** The sum of all bytes, with spaces in place of the checksum itself. */
    static int checksum(byte[] block) {
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < TYPE ? 0 : block[i] & 0xff;
        }
        return sum;
    }

    /**
     * Reads a number: octal digits between optional spaces and an optional NUL, or GNU's binary form.
     *
     * @return -1 if it is neither, negative, or beyond 62 bits
     */
    static long number(byte[] block, int from, int to) {
        if ((block[from] & 0x80) != 0) {
            return binary(block, from, to);
        }
        int i = from;
        while (i < to && block[i] == ' ') {
            i++;
        }
        long value = 0;
        for (; i < to && block[i] >= '0' && block[i] <= '7'; i++) {
            value = value << 3 | block[i] - '0';
        }
        for (; i < to; i++) {
            if (block[i] != 0 && block[i] != ' ') {
                return -1;
            }
        }
        return value;
    }

    private static long binary(byte[] block, int from, int to) {
        long value = block[from] & 0x7f;
        for (int i = from + 1; i < to; i++) {
            if (value >= 1L << 54) {
                return -1;
            }
            value = value << 8 | block[i] & 0xff;
        }
        return value;
    }

    /** The end of a text that is closed by a NUL or by the end of its field. */
    static int textEnd(byte[] block, int from, int to) {
        int end = from;
        while (end < to && block[end] != 0) {
            end++;
        }
        return end;
    }

    static boolean isZero(byte[] block) {
        for (int i = 0; i < BLOCK; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
