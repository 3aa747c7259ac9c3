package network.privateness.reproducible.archive;

/**
 * How much may be read from one archive.
 *
 * @param maxMemberBytes the size of one member's content, in bytes
 * @param maxTotalBytes everything that comes out of the archive, in bytes
 * @param maxMembers the number of members
 */
public record ReadLimits(long maxMemberBytes, long maxTotalBytes, int maxMembers) {

    /** Enough for the largest known input, a Go toolchain or a Java development kit: 2 GiB, 200 000 members. */
    public static final ReadLimits DEFAULT = new ReadLimits(2L << 30, 2L << 30, 200_000);

    /** Decoders refuse more than this many bytes out for one byte in, as soon as more than 64 MiB came out. */
    static final int MAX_RATIO = 200;

    /** Below this many bytes any ratio is fine: a few megabytes of zeros are no attack. */
    static final long RATIO_FREE_BYTES = 64L << 20;

    /** @throws IllegalArgumentException if a limit is negative */
    public ReadLimits {
        if (maxMemberBytes < 0 || maxTotalBytes < 0 || maxMembers < 0) {
            throw new IllegalArgumentException("a limit is negative: " + maxMemberBytes + " bytes per member, "
                    + maxTotalBytes + " bytes, " + maxMembers + " members");
        }
    }

    /** Whether {@code out} bytes from {@code in} bytes look like an archive made to exhaust the reader. */
    static boolean isBomb(long out, long in) {
        return out > RATIO_FREE_BYTES && out / MAX_RATIO > in;
    }
}
