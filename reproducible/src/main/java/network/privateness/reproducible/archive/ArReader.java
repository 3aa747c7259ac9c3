package network.privateness.reproducible.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads an ar archive from front to back, as deb(5) uses it: short names only, each member at an even offset.
 *
 * <p>Not thread-safe. Everything malformed is a {@link network.privateness.reproducible.Problem} that names the archive,
 * the offset and the rule.
 */
public final class ArReader implements Closeable {

    private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 60;
    private static final int NAME_END = 16;
    private static final int SIZE = 48;
    private static final int SIZE_END = 58;

    /**
     * One member.
     *
     * @param name without padding and without the slash that some writers add
     * @param size in bytes
     */
    public record ArMember(String name, long size) {}

    private final CountingInputStream in;
    private final Refusal refusal;
    private final ReadBudget budget;
    private final byte[] header = new byte[HEADER];
    private MemberInputStream content;
    private long contentSize;

    /** @param archive the name that messages use */
    public ArReader(String archive, InputStream in, ReadLimits limits) {
        this.in = new CountingInputStream(in);
        this.refusal = new Refusal(archive);
        this.budget = new ReadBudget(limits, refusal);
    }

    /** The next member, empty at the end of the archive. What was not read of the last one is skipped. */
    public Optional<ArMember> next() throws IOException {
        if (content == null) {
            byte[] magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw refusal.at(0, "this is no ar archive: it does not start with \"!<arch>\"");
            }
        } else {
            content.finish((int) (contentSize & 1));
        }
        long offset = in.position();
        int read = in.readNBytes(header, 0, HEADER);
        if (read == 0) {
            content = new MemberInputStream(in, refusal, "", 0);
            contentSize = 0;
            return Optional.empty();
        }
        if (read < HEADER) {
            throw refusal.at(offset, "the archive ends after " + read + " of the " + HEADER + " bytes of a header");
        }
        if (header[58] != '`' || header[59] != '\n') {
            throw refusal.at(offset, "the header of a member does not end with its mark");
        }
        String name = name(offset);
        long size = size(name, offset);
        budget.spend(name, offset, size);
        content = new MemberInputStream(in, refusal, name, size);
        contentSize = size;
        return Optional.of(new ArMember(name, size));
    }

    /** The content of the member that {@link #next} gave last; closing it does nothing. */
    public InputStream content() {
        if (content == null) {
            throw new IllegalStateException("next() comes first");
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String name(long offset) {
        int end = NAME_END;
        while (end > 0 && header[end - 1] == ' ') {
            end--;
        }
        String name = MemberName.decode(header, 0, end, refusal, offset, "member's name");
        if (name.startsWith("#1/") || name.startsWith("/")) {
            throw refusal.at(name, offset, "long names and symbol tables are not allowed in this archive");
        }
        if (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        MemberName.check(name, refusal, offset);
        if (name.indexOf(' ') >= 0) {
            throw refusal.at(name, offset, "its name has a space, with which names are padded");
        }
        return name;
    }

    private long size(String name, long offset) {
        int end = SIZE_END;
        while (end > SIZE && header[end - 1] == ' ') {
            end--;
        }
        long size = 0;
        for (int i = SIZE; i < end; i++) {
            if (header[i] < '0' || header[i] > '9') {
                throw refusal.at(name, offset + i, "its size is not a decimal number");
            }
            size = size * 10 + header[i] - '0';
        }
        if (end == SIZE) {
            throw refusal.at(name, offset + SIZE, "its size is missing");
        }
        return size;
    }
}
