package network.privateness.reproducible.debian;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.ArReader;
import network.privateness.reproducible.archive.ArReader.ArMember;
import network.privateness.reproducible.archive.GzipDecoder;
import network.privateness.reproducible.archive.ReadLimits;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.archive.TarReader;
import network.privateness.reproducible.archive.XzDecoder;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.TarNodes;

/**
 * A binary package of Debian (deb(5), format 2.0), unpacked without running any of its scripts.
 *
 * <p>Exactly three members are allowed: {@code debian-binary}, {@code control.tar} and {@code data.tar}, the latter two
 * compressed by xz or gzip. The data are decoded once, into a spool file, of which the nodes' contents are slices: they can
 * be read as long as that file exists. At most 2 GiB and 200 000 members are read.
 */
public final class DebFile {

    private static final ReadLimits CONTROL_LIMITS = new ReadLimits(16 << 20, 64 << 20, 1000);
    static final String NEXT = "fetch it again; if its hash is the pinned one, pin another version of it";

    private final String name;
    private NavigableMap<RootPath, Node> nodes;
    private final Map<String, String> control = new HashMap<>();

    private DebFile(String name) {
        this.name = name;
    }

    /**
     * Reads a package.
     *
     * @param deb the file
     * @param name the package's name: the origin of all nodes, and its name in messages
     * @param spoolDirectory where the decoded data are put; it belongs to the caller, who removes it after the build
     * @throws Problem if the file is malformed, damaged or too large
     */
    public static DebFile open(Path deb, String name, Path spoolDirectory) throws IOException {
        var file = new DebFile(name);
        try (ArReader ar = file.ar(deb)) {
            file.read(ar, spoolDirectory);
        }
        return file;
    }

    /**
     * Reads no more of a package than what {@link #control()} tells.
     *
     * @throws Problem if the file is malformed or damaged up to there
     */
    static String control(Path deb, String name) throws IOException {
        var file = new DebFile(name);
        try (ArReader ar = file.ar(deb)) {
            file.readControl(ar);
        }
        return file.control();
    }

    /** The package's own description of itself: the stanza of its file {@code control}. */
    public String control() {
        return control.get("control");
    }

    /** The list of its configuration files, one absolute path a line; empty if it has none. */
    public String conffiles() {
        return control.getOrDefault("conffiles", "");
    }

    /** The MD5 sums of its files as it ships them; empty if it ships none. */
    public String md5sums() {
        return control.getOrDefault("md5sums", "");
    }

    /** What it installs, where it says so: merged /usr is the matter of the tree that the nodes go into. */
    public NavigableMap<RootPath, Node> nodes() {
        return Collections.unmodifiableNavigableMap(nodes);
    }

    private ArReader ar(Path deb) throws IOException {
        return new ArReader(
                name + ".deb", new BufferedInputStream(Files.newInputStream(deb), 64 << 10), ReadLimits.DEFAULT);
    }

    private void readControl(ArReader ar) throws IOException {
        ArMember binary = next(ar, "debian-binary");
        byte[] format = ar.content().readNBytes(5);
        if (!binary.name().equals("debian-binary")
                || !new String(format, StandardCharsets.ISO_8859_1).equals("2.0\n")) {
            throw problem("its first member is not debian-binary with the content \"2.0\"");
        }
        ArMember controlMember = next(ar, "control.tar");
        try (InputStream tar = decoder(controlMember, "control.tar", ar.content(), CONTROL_LIMITS)) {
            readControl(tar);
        }
    }

    private void read(ArReader ar, Path spoolDirectory) throws IOException {
        readControl(ar);
        ArMember dataMember = next(ar, "data.tar");
        Path spool = Files.createTempFile(spoolDirectory, "data", ".tar");
        try (InputStream tar = decoder(dataMember, "data.tar", ar.content(), ReadLimits.DEFAULT);
                OutputStream out = Files.newOutputStream(spool)) {
            copy(tar, out);
        }
        nodes = TarNodes.read(spool, name + ".deb, data.tar", name, ReadLimits.DEFAULT);
        Optional<ArMember> fourth = ar.next();
        if (fourth.isPresent()) {
            throw problem("it has a fourth member, \"" + fourth.get().name() + "\"");
        }
    }

    private ArMember next(ArReader ar, String wanted) throws IOException {
        return ar.next().orElseThrow(() -> problem("it ends before its member " + wanted));
    }

    private InputStream decoder(ArMember member, String wanted, InputStream in, ReadLimits limits) {
        String where = name + ".deb, " + member.name();
        if (member.name().equals(wanted + ".xz")) {
            return new XzDecoder(where, in, limits);
        }
        if (member.name().equals(wanted + ".gz")) {
            return new GzipDecoder(where, in, limits);
        }
        if (member.name().equals(wanted + ".zst")) {
            throw new Problem(
                    name + ".deb",
                    "its member " + member.name()
                            + " is compressed by zstd, which Debian does not use and which is not read",
                    "use Debian's own build of this package, compressed by xz");
        }
        throw problem("it has the member \"" + member.name() + "\" in place of " + wanted + ".xz or " + wanted + ".gz");
    }

    private void readControl(InputStream in) throws IOException {
        var tar = new TarReader(name + ".deb, control.tar", in, CONTROL_LIMITS);
        for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
            String path = next.get().path();
            boolean wanted = path.equals("control") || path.equals("conffiles") || path.equals("md5sums");
            if (wanted && next.get().kind() != Kind.FILE) {
                throw problem("its " + path + " is not a file");
            }
            if (wanted && control.put(path, text(path, tar.content().readAllBytes())) != null) {
                throw problem("it has two files \"" + path + "\" in control.tar");
            }
        }
        if (!control.containsKey("control")) {
            throw problem("it has no file \"control\" in control.tar");
        }
    }

    private String text(String path, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem("its file \"" + path + "\" in control.tar is not UTF-8");
        }
    }

    private Problem problem(String what) {
        return new Problem(name + ".deb", what, NEXT);
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[128 << 10];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }
}
