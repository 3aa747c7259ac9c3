package network.privateness.reproducible.archive;

/** Counts what a decoder gives against its limits. */
final class DecodedBytes {

    private final Refusal refusal;
    private final ReadLimits limits;
    private final CountingInputStream in;
    private long count;

    DecodedBytes(Refusal refusal, ReadLimits limits, CountingInputStream in) {
        this.refusal = refusal;
        this.limits = limits;
        this.in = in;
    }

    void add(int read) {
        count += read;
        if (count > limits.maxTotalBytes()) {
            throw refusal.at(
                    in.position(), "it decompresses to more than the allowed " + limits.maxTotalBytes() + " bytes");
        }
        if (ReadLimits.isBomb(count, in.position())) {
            throw refusal.at(
                    in.position(),
                    "it decompresses to more than " + ReadLimits.MAX_RATIO
                            + " times its size, as archives do that are made to exhaust their readers");
        }
    }

    long count() {
        return count;
    }
}
