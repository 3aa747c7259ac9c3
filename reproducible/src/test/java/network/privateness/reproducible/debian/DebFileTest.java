package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.Mutations;
import network.privateness.reproducible.archive.RawTar;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.HardLink;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.RootTree;
import network.privateness.reproducible.rootfs.SymbolicLink;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class DebFileTest {

    private static final String NEXT =
            ". Next: fetch it again; if its hash is the pinned one, pin another version of it";
    private static final String STANZA = "Package: hello\nVersion: 1.0\nDescription: grüßt\n";
    private static final byte[] FORMAT = "2.0\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void readsControlAndData() throws Exception {
        byte[] control = new RawTar()
                .header("./", '5', 0)
                .file("./conffiles", "/etc/hello\n")
                .file("./postinst", "#!/bin/sh\nexit 1\n")
                .file("./control", STANZA)
                .file("./md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/bin/hello\n")
                .end()
                .bytes();
        DebFile deb = open(deb("debian-binary", FORMAT, "control.tar.gz", gzip(control), "data.tar.xz", xz(data())));
        assertThat(deb.control()).isEqualTo(STANZA);
        assertThat(deb.conffiles()).isEqualTo("/etc/hello\n");
        assertThat(deb.md5sums()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e  usr/bin/hello\n");
        assertThat(deb.nodes().keySet())
                .extracting(RootPath::toString)
                .containsExactly("bin", "bin/hello", "bin/hi", "bin/hullo", "etc", "etc/link");
        assertThat(deb.nodes().get(RootPath.of("etc"))).isEqualTo(new Directory(0644, 0, 0, 0, "hello"));
        assertThat(deb.nodes().get(RootPath.of("etc/link")))
                .isEqualTo(new SymbolicLink("../bin/hello", 0644, 0, 0, 0, "hello"));
        var file = (RegularFile) deb.nodes().get(RootPath.of("bin/hello"));
        assertThat(file.origin()).isEqualTo("hello");
        assertThat(file.gid()).isEqualTo(42);
        assertThat(file.content().open()).hasContent("hello");
        for (String link : new String[] {"bin/hi", "bin/hullo"}) {
            assertThat(deb.nodes().get(RootPath.of(link)))
                    .isEqualTo(new HardLink(RootPath.of("bin/hello"), file, "hello"));
        }
        var tree = new RootTree();
        tree.addAll(deb.nodes());
        assertThat(tree.get(RootPath.of("usr/bin/hello"))).contains(file);
    }

    @Test
    void conffilesAndSumsMayBeMissing() throws Exception {
        DebFile deb = open(good());
        assertThat(deb.conffiles()).isEmpty();
        assertThat(deb.md5sums()).isEmpty();
    }

    @Test
    void refusesOtherMembers() throws Exception {
        String first = "hello.deb: its first member is not debian-binary with the content \"2.0\"";
        refuses(deb("debian-binary", "2.1\n".getBytes(StandardCharsets.US_ASCII)), first);
        refuses(deb("debian-binary", "2.0\nx".getBytes(StandardCharsets.US_ASCII)), first);
        refuses(deb("control.tar.gz", FORMAT), first);
        refuses(deb(), "hello.deb: it ends before its member debian-binary");
        refuses(deb("debian-binary", FORMAT), "hello.deb: it ends before its member control.tar");
        refuses(
                deb("debian-binary", FORMAT, "control.tar.gz", gzip(control())),
                "hello.deb: it ends before its member data.tar");
        refuses(
                deb("debian-binary", FORMAT, "control.tar", control()),
                "hello.deb: it has the member \"control.tar\" in place of control.tar.xz or control.tar.gz");
        refuses(
                deb("debian-binary", FORMAT, "control.tar.gz", gzip(control()), "data.tar.bz2", new byte[2]),
                "hello.deb: it has the member \"data.tar.bz2\" in place of data.tar.xz or data.tar.gz");
        refuses(
                deb(
                        "debian-binary",
                        FORMAT,
                        "control.tar.gz",
                        gzip(control()),
                        "data.tar.xz",
                        xz(data()),
                        "_extra",
                        new byte[2]),
                "hello.deb: it has a fourth member, \"_extra\"");
        assertThatThrownBy(() -> open(deb("debian-binary", FORMAT, "control.tar.zst", new byte[2])))
                .isInstanceOf(Problem.class)
                .hasMessage("hello.deb: its member control.tar.zst is compressed by zstd, which Debian does not use"
                        + " and which is not read. Next: use Debian's own build of this package, compressed by xz");
    }

    @Test
    void refusesDamagedMembers() throws Exception {
        byte[] cut = gzip(control());
        refuses(
                deb("debian-binary", FORMAT, "control.tar.gz", Arrays.copyOf(cut, cut.length - 2)),
                "hello.deb, control.tar.gz, offset " + (cut.length - 2) + ": the gzip member is cut off");
        refuses(
                withData(new RawTar().file("x", "").bytes()),
                "hello.deb, data.tar, offset 512: the archive ends without its end mark of two blocks of zeros");
    }

    @Test
    void refusesControlThatSaysNothing() throws Exception {
        refuses(withControl(new RawTar().end()), "hello.deb: it has no file \"control\" in control.tar");
        refuses(
                withControl(
                        new RawTar().file("control", "a").file("./control", "b").end()),
                "hello.deb: it has two files \"control\" in control.tar");
        refuses(
                withControl(new RawTar().link("control", '2', "/etc/shadow").end()),
                "hello.deb: its control is not a file");
        refuses(
                withControl(new RawTar()
                        .header("control", '0', 1)
                        .content(new byte[] {(byte) 0xff})
                        .end()),
                "hello.deb: its file \"control\" in control.tar is not UTF-8");
        refuses(
                withControl(new RawTar().header("control", '0', 17 << 20)),
                "hello.deb, control.tar, member \"control\", offset 0: it declares 17825792 bytes,"
                        + " at most 16777216 are allowed for one member");
    }

    @Test
    void refusesDataThatNoPackageHas() throws Exception {
        refuses(
                withData(new RawTar().file("./x", "").file("x", "").end().bytes()),
                "hello.deb, data.tar: it has /x twice");
        refuses(
                withData(new RawTar().link("l", '1', "./x").file("x", "").end().bytes()),
                "hello.deb, data.tar: the hard link /l points to /x, which is no file before it");
        assertThatThrownBy(
                        () -> open(withData(new RawTar().file(".wh.x", "").end().bytes())))
                .isInstanceOf(Problem.class)
                .hasMessage("hello.deb, data.tar: the path \".wh.x\" has a component that starts with .wh.,"
                        + " which means a deletion in an image layer. Next: rename it, or use another input");
    }

    @Test
    void damagedPackagesAreRefusedOrReadRight() throws Exception {
        byte[] good = Files.readAllBytes(good());
        Path file = folder.resolve("fuzz.deb");
        Path spool = Files.createDirectory(folder.resolve("spool"));
        Mutations.run(good, 400, bytes -> {
            Files.write(file, bytes);
            try {
                DebFile deb = DebFile.open(file, "hello", spool);
                // Both archives inside have checks of their own: what is accepted is what was packed.
                assertThat(deb.control()).isEqualTo(STANZA);
                assertThat(deb.nodes()).hasSize(6);
            } finally {
                try (Stream<Path> spooled = Files.list(spool)) {
                    for (Path path : (Iterable<Path>) spooled::iterator) {
                        Files.delete(path);
                    }
                }
            }
        });
    }

    private static byte[] control() {
        return new RawTar().file("./control", STANZA).end().bytes();
    }

    private static byte[] data() {
        return new RawTar()
                .header("./", '5', 0)
                .header("./etc/", '5', 0)
                .link("./etc/link", '2', "../bin/hello")
                .header("./bin/", '5', 0)
                .header("./bin/hello", '0', "00000000005", 116, "0000052\0".getBytes(StandardCharsets.US_ASCII))
                .content("hello")
                .link("./bin/hi", '1', "./bin/hello")
                .link("./bin/hullo", '1', "./bin/hi")
                .end()
                .bytes();
    }

    private Path good() throws IOException {
        return withData(data());
    }

    private Path withData(byte[] data) throws IOException {
        return deb("debian-binary", FORMAT, "control.tar.xz", xz(control()), "data.tar.gz", gzip(data));
    }

    private Path withControl(RawTar control) throws IOException {
        return deb("debian-binary", FORMAT, "control.tar.xz", xz(control.bytes()));
    }

    /** Names and contents by turns. */
    private Path deb(Object... members) throws IOException {
        Path deb = folder.resolve("hello.deb");
        if (members.length == 0) {
            return Files.writeString(deb, "!<arch>\n");
        }
        try (var out = new ArArchiveOutputStream(Files.newOutputStream(deb))) {
            for (int i = 0; i < members.length; i += 2) {
                byte[] content = (byte[]) members[i + 1];
                out.putArchiveEntry(new ArArchiveEntry((String) members[i], content.length));
                out.write(content);
                out.closeArchiveEntry();
            }
        }
        return deb;
    }

    private DebFile open(Path deb) throws IOException {
        return DebFile.open(deb, "hello", folder);
    }

    private void refuses(Path deb, String message) {
        assertThatThrownBy(() -> open(deb)).isInstanceOf(Problem.class).hasMessage(message + NEXT);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] xz(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var xz = new XZOutputStream(out, new LZMA2Options(0))) {
            xz.write(bytes);
        }
        return out.toByteArray();
    }
}
