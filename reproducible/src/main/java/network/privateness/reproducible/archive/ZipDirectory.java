package network.privateness.reproducible.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.archive.ZipMember.Location;

/** Reads the central directory (APPNOTE.TXT 4.3.12) and compares it with the local headers (4.3.7). */
final class ZipDirectory {

    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int DESCRIPTOR = 1 << 3;
    /** Encryption, late sizes, UTF-8 names; the others tell how hard the writer tried, and writers disagree there. */
    private static final int MEANING = ENCRYPTED | DESCRIPTOR | 1 << 11;

    private static final int UNIX = 3;
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final long MAX_32 = 0xffffffffL;

    private final FileChannel channel;
    private final Refusal refusal;
    private final ReadLimits limits;
    private final ReadBudget budget;
    private final Map<String, ZipMember> members = new LinkedHashMap<>();
    private long total;

    ZipDirectory(FileChannel channel, Refusal refusal, ReadLimits limits) {
        this.channel = channel;
        this.refusal = refusal;
        this.limits = limits;
        this.budget = new ReadBudget(limits, refusal);
    }

    /** All members by path, in the order of the directory. */
    Map<String, ZipMember> read() throws IOException {
        ZipEnd end = ZipEnd.read(channel, refusal);
        if (end.members() > limits.maxMembers()) {
            throw refusal.whole(
                    "it declares " + end.members() + " members, at most " + limits.maxMembers() + " are allowed");
        }
        ByteBuffer bytes = ZipBytes.read(channel, end.offset(), end.size());
        int at = 0;
        for (int i = 0; i < end.members(); i++) {
            at = readEntry(bytes, at, end);
        }
        if (at != end.size()) {
            throw refusal.at(end.offset() + at, "the central directory goes on behind its last member");
        }
        if (ReadLimits.isBomb(total, channel.size())) {
            throw refusal.whole("its members declare " + total + " bytes, more than " + ReadLimits.MAX_RATIO
                    + " times its size, as archives do that are made to exhaust their readers");
        }
        refuseOverlaps();
        return members;
    }

    private int readEntry(ByteBuffer bytes, int at, ZipEnd end) throws IOException {
        long offset = end.offset() + at;
        if (end.size() - at < ENTRY_SIZE || bytes.getInt(at) != ENTRY) {
            throw refusal.at(offset, "the entry of a member in the central directory is malformed");
        }
        int nameLength = ZipBytes.unsigned16(bytes, at + 28);
        int length =
                ENTRY_SIZE + nameLength + ZipBytes.unsigned16(bytes, at + 30) + ZipBytes.unsigned16(bytes, at + 32);
        if (end.size() - at < length) {
            throw refusal.at(offset, "the entry of a member goes beyond the central directory");
        }
        String name = MemberName.decode(
                bytes.array(), at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength, refusal, offset, "member's name");
        boolean directory = name.endsWith("/");
        String path = directory ? name.substring(0, name.length() - 1) : name;
        MemberName.check(path, refusal, offset);
        long size = ZipBytes.unsigned32(bytes, at + 24);
        long header = ZipBytes.unsigned32(bytes, at + 42);
        long stored = ZipBytes.unsigned32(bytes, at + 20);
        if (size == MAX_32 || stored == MAX_32 || header == MAX_32) {
            throw refusal.at(path, offset, "it uses zip64, which is not read");
        }
        budget.spend(path, offset, size);
        total += size;
        boolean deflated = deflated(path, bytes, at, offset);
        if (directory && size != 0 || !deflated && stored != size) {
            throw refusal.at(path, offset, "its sizes " + size + " and " + stored + " do not fit its kind");
        }
        var entry = new Entry(bytes, at, nameLength);
        long data = checkLocalHeader(path, entry, header, end);
        var location = new Location(header, data, stored, deflated);
        var member = new ZipMember(
                name, mode(path, directory, bytes, at, offset), size, ZipBytes.unsigned32(bytes, at + 16), location);
        if (members.put(path, member) != null) {
            throw refusal.at(path, offset, "two members have this name");
        }
        return at + length;
    }

    private boolean deflated(String path, ByteBuffer bytes, int at, long offset) {
        int flags = ZipBytes.unsigned16(bytes, at + 8);
        int method = ZipBytes.unsigned16(bytes, at + 10);
        if ((flags & ENCRYPTED) != 0) {
            throw refusal.at(path, offset, "it is encrypted");
        }
        if (method != 0 && method != 8) {
            throw refusal.at(path, offset, "its compression method is " + method + ", only 0 and 8 (deflate) are read");
        }
        if (ZipBytes.unsigned16(bytes, at + 34) != 0) {
            throw refusal.at(path, offset, "it starts on another disk");
        }
        return method == 8;
    }

    private int mode(String path, boolean directory, ByteBuffer bytes, int at, long offset) {
        if (bytes.get(at + 5) != UNIX) {
            return -1;
        }
        int mode = ZipBytes.unsigned16(bytes, at + 40);
        int type = mode & TYPE;
        // Old Maven archivers set a wrong type for directories (0140000); those have no content that could be mistaken.
        if (!directory && type != 0 && type != REGULAR) {
            throw refusal.at(path, offset, "it is a link or a device, only files and directories are allowed");
        }
        return mode == 0 ? -1 : mode & 07777;
    }

    /** The entry of the central directory that a local header must repeat. */
    private record Entry(ByteBuffer bytes, int at, int nameLength) {}

    private long checkLocalHeader(String path, Entry entry, long header, ZipEnd end) throws IOException {
        int fixed = LOCAL_SIZE + entry.nameLength();
        if (header + fixed > end.offset()) {
            throw refusal.at(path, header, "its local header is outside of the members");
        }
        ByteBuffer local = ZipBytes.read(channel, header, fixed);
        ByteBuffer bytes = entry.bytes();
        int at = entry.at();
        boolean same = local.getInt(0) == LOCAL
                && ((local.getShort(6) ^ bytes.getShort(at + 8)) & MEANING) == 0
                && local.getShort(8) == bytes.getShort(at + 10)
                && ZipBytes.unsigned16(local, 26) == entry.nameLength()
                && local.slice(LOCAL_SIZE, entry.nameLength()).equals(bytes.slice(at + ENTRY_SIZE, entry.nameLength()));
        boolean later = (ZipBytes.unsigned16(local, 6) & DESCRIPTOR) != 0;
        for (int i = 0; i < 3; i++) {
            int value = local.getInt(14 + 4 * i);
            same &= value == bytes.getInt(at + 16 + 4 * i) || later && value == 0;
        }
        if (!same) {
            throw refusal.at(path, header, "its local header says something else than the central directory");
        }
        long data = header + fixed + ZipBytes.unsigned16(local, 28);
        if (data + ZipBytes.unsigned32(bytes, at + 20) > end.offset()) {
            throw refusal.at(path, header, "its content goes beyond the members");
        }
        return data;
    }

    private void refuseOverlaps() {
        List<ZipMember> sorted = new ArrayList<>(members.values());
        sorted.sort(Comparator.comparingLong(member -> member.location().header()));
        for (int i = 1; i < sorted.size(); i++) {
            Location last = sorted.get(i - 1).location();
            ZipMember member = sorted.get(i);
            if (member.location().header() < last.data() + last.size()) {
                throw refusal.at(
                        member.path(),
                        member.location().header(),
                        "it overlaps the member "
                                + Refusal.quote(sorted.get(i - 1).path()));
            }
        }
    }
}
