package network.privateness.reproducible.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import network.privateness.reproducible.archive.TarMember.Kind;

/**
 * Reads a tar archive from front to back: ustar, pax and GNU headers.
 *
 * <p>Strict: the checksum must fit, the archive must end with two blocks of zeros and nothing but zeros may follow;
 * devices, pipes, sparse files, absolute names, {@code ..} and names that are not UTF-8 are refused. Everything
 * malformed is a {@link network.privateness.reproducible.Problem} that names archive, member, offset and rule. Not
 * thread-safe.
 */
public final class TarReader implements Closeable {

    private final CountingInputStream in;
    private final Refusal refusal;
    private final ReadBudget budget;
    private final TarExtension extension;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private MemberInputStream content;
    private long contentSize;
    private long contentOffset;
    private boolean ended;

    /** @param archive the name that messages use */
    public TarReader(String archive, InputStream in, ReadLimits limits) {
        this.in = new CountingInputStream(in);
        this.refusal = new Refusal(archive);
        this.budget = new ReadBudget(limits, refusal);
        this.extension = new TarExtension(refusal);
    }

    /** The next member, empty at the end of the archive. What was not read of the last one is skipped. */
    public Optional<TarMember> next() throws IOException {
        if (content != null) {
            content.finish(padding(contentSize));
            content = null;
        }
        extension.clear();
        while (!ended) {
            long offset = in.position();
            readBlock(offset);
            if (TarHeader.isZero(block)) {
                finish(offset);
                break;
            }
            checkHeader(offset);
            long size = field("size", TarHeader.SIZE, TarHeader.MTIME, offset);
            switch (block[TarHeader.TYPE]) {
                case 'L' -> extension.readLongName(TarExtension.PATH, in, size, offset);
                case 'K' -> extension.readLongName(TarExtension.LINK_PATH, in, size, offset);
                case 'x' -> extension.readPax(in, size, offset);
                case 'g' -> {
                    budget.spend("pax_global_header", offset, 0);
                    extension.readGlobal(in, size, offset);
                }
                default -> {
                    return Optional.of(member(size, offset));
                }
            }
            if (in.readNBytes(padding(size)).length < padding(size)) {
                throw refusal.at(in.position(), "the archive ends inside an extended header");
            }
        }
        return Optional.empty();
    }

    /** The content of the member that {@link #next} gave last; closing it does nothing. */
    public InputStream content() {
        if (content == null) {
            throw new IllegalStateException("there is no current member");
        }
        return content;
    }

    /** Where the content of the current member starts, in bytes from the start of the uncompressed archive. */
    public long contentOffset() {
        return contentOffset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private TarMember member(long headerSize, long offset) {
        String written = extension.text(TarExtension.PATH, null);
        String path = path(written == null ? headerPath(offset) : written, offset);
        boolean slash = (written == null ? headerPath(offset) : written).endsWith("/");
        Kind kind = kind(path, slash, offset);
        if (slash && kind != Kind.DIRECTORY) {
            throw refusal.at(path, offset, "its name ends with a slash, but it is no directory");
        }
        long size = extension.number(TarExtension.SIZE, headerSize, offset);
        if (size > 0 && kind != Kind.FILE) {
            throw refusal.at(path, offset, "it declares " + size + " bytes, but only files have a content");
        }
        budget.spend(path, offset, size);
        String target = "";
        if (kind == Kind.SYMLINK || kind == Kind.HARDLINK) {
            target = extension.text(TarExtension.LINK_PATH, null);
            target = target == null ? text(TarHeader.LINK, TarHeader.MAGIC, offset, "link target") : target;
            target = kind == Kind.HARDLINK ? path(target, offset) : target;
            if (target.isEmpty() || target.chars().anyMatch(Character::isISOControl)) {
                throw refusal.at(
                        path, offset, "its target " + Refusal.quote(target) + " is empty or has a control character");
            }
        }
        int mode = (int) (field("mode", TarHeader.MODE, TarHeader.UID, offset) & 07777);
        int uid = owner(path, TarExtension.UID, TarHeader.UID, TarHeader.GID, offset);
        int gid = owner(path, TarExtension.GID, TarHeader.GID, TarHeader.SIZE, offset);
        long mtime = extension.number(
                TarExtension.MTIME, field("time", TarHeader.MTIME, TarHeader.CHECKSUM, offset), offset);
        if (mtime > TarMember.MAX_TIME) {
            throw refusal.at(path, offset, "its time " + mtime + " is beyond the year 2242");
        }
        content = new MemberInputStream(in, refusal, path, size);
        contentSize = size;
        contentOffset = in.position();
        return new TarMember(path, kind, mode, uid, gid, mtime, target, size);
    }

    private Kind kind(String path, boolean slash, long offset) {
        char type = (char) (block[TarHeader.TYPE] & 0xff);
        return switch (type) {
            case '0' -> Kind.FILE;
            // Before ustar a directory was a file whose name ends with a slash.
            case 0 -> slash ? Kind.DIRECTORY : Kind.FILE;
            case '1' -> Kind.HARDLINK;
            case '2' -> Kind.SYMLINK;
            case '5' -> Kind.DIRECTORY;
            case '3', '4' -> throw refusal.at(path, offset, "it is a device, which is not allowed");
            case '6' -> throw refusal.at(path, offset, "it is a named pipe, which is not allowed");
            case 'S' -> throw refusal.at(path, offset, "it is a sparse file, which is not allowed");
            default ->
                throw refusal.at(
                        path,
                        offset,
                        "its type " + Refusal.quote(String.valueOf(type)) + " is not one that is read here");
        };
    }

    private int owner(String path, String key, int from, int to, long offset) {
        long id = extension.number(key, field(key, from, to, offset), offset);
        if (id > TarMember.MAX_ID) {
            throw refusal.at(path, offset, "its " + key + " " + id + " is greater than " + TarMember.MAX_ID);
        }
        return (int) id;
    }

    private String headerPath(long offset) {
        String name = text(TarHeader.NAME, TarHeader.MODE, offset, "member's name");
        // Only POSIX headers have a prefix; GNU keeps times in its place.
        boolean posix = block[TarHeader.MAGIC + 5] == 0 && block[TarHeader.MAGIC] != 0;
        String prefix = posix ? text(TarHeader.PREFIX, TarHeader.PREFIX_END, offset, "prefix of a name") : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String text(int from, int to, long offset, String what) {
        return MemberName.decode(block, from, TarHeader.textEnd(block, from, to), refusal, offset, what);
    }

    /** Cuts what carries no meaning: {@code ./} before and a slash behind. */
    private String path(String written, long offset) {
        String path = written;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.equals(".") || path.isEmpty() && written.startsWith("./")) {
            return ".";
        }
        MemberName.check(path, refusal, offset);
        return path;
    }

    private long field(String what, int from, int to, long offset) {
        long number = TarHeader.number(block, from, to);
        if (number < 0) {
            throw refusal.at(offset + from, "the " + what + " in a member's header is not a number in its range");
        }
        return number;
    }

    private void checkHeader(long offset) {
        long sum = TarHeader.number(block, TarHeader.CHECKSUM, TarHeader.TYPE);
        if (sum != TarHeader.checksum(block)) {
            throw refusal.at(
                    offset,
                    "the header's checksum is " + sum + ", its bytes give " + TarHeader.checksum(block)
                            + ": this is no tar archive, or it is damaged");
        }
    }

    private void readBlock(long offset) throws IOException {
        int read = in.readNBytes(block, 0, TarHeader.BLOCK);
        if (read < TarHeader.BLOCK) {
            throw refusal.at(
                    offset,
                    read == 0
                            ? "the archive ends without its end mark of two blocks of zeros"
                            : "the archive ends inside a header");
        }
    }

    private void finish(long offset) throws IOException {
        if (!extension.isEmpty()) {
            throw refusal.at(offset, "the archive ends after an extended header, before its member");
        }
        readBlock(offset + TarHeader.BLOCK);
        for (int read = TarHeader.BLOCK; read > 0; read = in.readNBytes(block, 0, TarHeader.BLOCK)) {
            for (int i = 0; i < read; i++) {
                if (block[i] != 0) {
                    throw refusal.at(in.position() - read + i, "there are bytes behind the end of the archive");
                }
            }
        }
        ended = true;
    }

    private static int padding(long size) {
        return (int) (-size & (TarHeader.BLOCK - 1));
    }
}
