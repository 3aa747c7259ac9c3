package network.privateness.reproducible.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a zip file by its central directory: jars, Go module zips, release archives.
 *
 * <p>Strict: when it is opened, the whole directory is checked against the local headers; members that overlap, two
 * members of one name, encryption, several disks, zip64, links and devices, absolute names and {@code ..} are refused, and
 * so are declared sizes beyond the limits. When a member is read, its size and CRC are checked. Everything malformed is
 * a {@link network.privateness.reproducible.Problem} that names archive, member, offset and rule.
 *
 * <p>{@link #open} may be called from several threads at once.
 */
public final class ZipReader implements Closeable {

    private final FileChannel channel;
    private final Refusal refusal;
    private final Map<String, ZipMember> members;

    private ZipReader(FileChannel channel, Refusal refusal, Map<String, ZipMember> members) {
        this.channel = channel;
        this.refusal = refusal;
        this.members = members;
    }

    /** @param archive the name that messages use */
    public static ZipReader open(Path file, String archive, ReadLimits limits) throws IOException {
        var refusal = new Refusal(archive);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ZipReader(channel, refusal, new ZipDirectory(channel, refusal, limits).read());
        } catch (IOException | RuntimeException e) {
            try (channel) {
                throw e;
            }
        }
    }

    /** All members in the order of the central directory. */
    public List<ZipMember> members() {
        return List.copyOf(members.values());
    }

    /** The member of this path, which has no final slash. */
    public Optional<ZipMember> member(String path) {
        return Optional.ofNullable(members.get(path));
    }

    /** The content of a member of this archive. Close it: it may hold native memory. */
    public InputStream open(ZipMember member) {
        return new ZipMemberStream(channel, refusal, member);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
