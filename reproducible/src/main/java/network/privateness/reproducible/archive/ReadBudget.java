package network.privateness.reproducible.archive;

/** Counts members and bytes of one archive against its limits, from what the headers declare: before anything is read. */
final class ReadBudget {

    private final ReadLimits limits;
    private final Refusal refusal;
    private int members;
    private long total;

    ReadBudget(ReadLimits limits, Refusal refusal) {
        this.limits = limits;
        this.refusal = refusal;
    }

    void spend(String member, long offset, long size) {
        if (size > limits.maxMemberBytes()) {
            throw refusal.at(
                    member,
                    offset,
                    "it declares " + size + " bytes, at most " + limits.maxMemberBytes()
                            + " are allowed for one member");
        }
        if (size > limits.maxTotalBytes() - total) {
            throw refusal.at(
                    member,
                    offset,
                    "with its " + size + " bytes the archive holds more than the allowed " + limits.maxTotalBytes());
        }
        if (members == limits.maxMembers()) {
            throw refusal.at(member, offset, "the archive has more than the allowed " + members + " members");
        }
        members++;
        total += size;
    }
}
