package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.it.Tool;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.archive.TarReader;
import network.privateness.reproducible.oci.LayerBlob;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer that was built, as gzip, GNU tar, commons-compress and our own reader see it. */
final class LayerContentIT {

    /** A line of GNU tar's long listing: kind and mode, owner, size, time, name and target. */
    private static final Pattern LINE = Pattern.compile("(\\S{10}) (\\d+/\\d+) +(\\d+) (\\S+ \\S+) (.*)");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    static List<LayerBlob> layers() throws IOException {
        return BuiltImage.layers();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gzipAndDiffId(LayerBlob layer) throws IOException {
        Tool gzip = Tool.need("gzip").reading(layer.file());
        gzip.text("-t");
        assertThat(gzip.<String>read(LayerContentIT::sha256, "-d"))
                .isEqualTo(layer.diffId().hex());
        try (InputStream in = layer.open()) {
            assertThat(in.readNBytes(10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gnuTarListsTheSame(LayerBlob layer) throws IOException {
        Tool tar = Tool.need("tar");
        String listing = tar.text(
                "--gzip",
                "--list",
                "--verbose",
                "--full-time",
                "--numeric-owner",
                "--quoting-style=literal",
                "--file",
                layer.file());
        List<String> found = listing.lines().map(LayerContentIT::squeezed).toList();
        assertThat(found)
                .containsExactlyElementsOf(LayerFile.of(layer).stream()
                        .map(file -> line(file.member()))
                        .toList());
        // One after another: with equal names and sizes, equal contents.
        String contents =
                tar.read(LayerContentIT::sha256, "--gzip", "--extract", "--to-stdout", "--file", layer.file());
        MessageDigest ours = LayerFile.digest("SHA-256");
        try (TarReader reader = LayerFile.open(layer)) {
            while (reader.next().isPresent()) {
                new DigestInputStream(reader.content(), ours).transferTo(OutputStream.nullOutputStream());
            }
        }
        assertThat(contents).isEqualTo(LayerFile.hex(ours));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void commonsCompressReadsTheSame(LayerBlob layer) throws IOException {
        List<String> found = new ArrayList<>();
        try (InputStream blob = new BufferedInputStream(layer.open());
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(blob), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getUserName() + entry.getGroupName())
                        .as("names of owners of %s", entry.getName())
                        .isEmpty();
                assertThat(entry.getExtraPaxHeaders().keySet())
                        .as("extended headers of %s", entry.getName())
                        .isSubsetOf("SCHILY.xattr.security.capability");
                assertThat(entry.getLastAccessTime()).isNull();
                assertThat(entry.getStatusChangeTime()).isNull();
                assertThat(entry.getCreationTime()).isNull();
                found.add(line(entry) + " " + sha256(tar));
            }
        }
        assertThat(found)
                .containsExactlyElementsOf(LayerFile.of(layer).stream()
                        .map(file -> line(file.member()) + " "
                                + (file.member().kind() == Kind.FILE ? file.sha256() : sha256OfNothing()))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void membersAreInOrder(LayerBlob layer) throws IOException {
        long epoch = epoch();
        Set<String> seen = new HashSet<>();
        byte[] last = {};
        for (LayerFile file : LayerFile.of(layer)) {
            TarMember member = file.member();
            byte[] path = member.path().getBytes(StandardCharsets.UTF_8);
            assertThat(Arrays.compareUnsigned(last, path))
                    .as("%s comes after what it sorts before", member.path())
                    .isNegative();
            last = path;
            int slash = member.path().lastIndexOf('/');
            assertThat(slash < 0 || seen.contains(member.path().substring(0, slash)))
                    .as("the folder of %s comes first", member.path())
                    .isTrue();
            if (member.kind() == Kind.DIRECTORY) {
                seen.add(member.path());
            }
            assertThat(member.mtime()).as("time of %s", member.path()).isBetween(0L, epoch);
            if (member.kind() == Kind.HARDLINK) {
                assertThat(member.linkTarget()).isLessThan(member.path());
            }
        }
    }

    /** Many small files, and one program that is larger than all of them: so that the tests above see both. */
    @Test
    void layersAreThoseOfRealImages() throws IOException {
        List<LayerBlob> layers = layers();
        int members = 0;
        for (LayerBlob layer : layers) {
            members += LayerFile.of(layer).size();
        }
        assertThat(members).isGreaterThan(1000);
        assertThat(layers.get(layers.size() - 1).descriptor().size()).isGreaterThan(10 << 20);
    }

    private static long epoch() throws IOException {
        OptionalLong latest = OptionalLong.empty();
        for (BuiltImage image : BuiltImage.all()) {
            latest = OptionalLong.of(Math.max(latest.orElse(0), image.lock().epoch()));
        }
        return latest.orElseThrow();
    }

    private static String squeezed(String line) {
        Matcher matcher = LINE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(3) + " " + matcher.group(4) + " "
                + matcher.group(5);
    }

    private static String line(TarMember member) {
        char kind = switch (member.kind()) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case HARDLINK -> 'h';
        };
        return line(
                kind,
                member.mode(),
                member.uid() + "/" + member.gid(),
                member.size(),
                member.mtime(),
                member.path(),
                member.linkTarget());
    }

    private static String line(TarArchiveEntry entry) {
        char kind = entry.isSymbolicLink() ? 'l' : entry.isLink() ? 'h' : entry.isDirectory() ? 'd' : '-';
        assertThat(kind != '-' || entry.isFile()).as(entry.getName()).isTrue();
        String path = kind == 'd' ? entry.getName().substring(0, entry.getName().length() - 1) : entry.getName();
        return line(
                kind,
                entry.getMode() & 07777,
                entry.getLongUserId() + "/" + entry.getLongGroupId(),
                entry.getSize(),
                entry.getLastModifiedTime().toInstant().getEpochSecond(),
                path,
                entry.getLinkName());
    }

    private static String line(char kind, int mode, String owner, long size, long mtime, String path, String target) {
        return kind + rights(mode) + " " + owner + " " + size + " " + TIME.format(Instant.ofEpochSecond(mtime)) + " "
                + path + (kind == 'd' ? "/" : "") + (kind == 'l' ? " -> " + target : "")
                + (kind == 'h' ? " link to " + target : "");
    }

    /** As ls writes them. */
    private static String rights(int mode) {
        char[] rights = "rwxrwxrwx".toCharArray();
        for (int i = 0; i < 9; i++) {
            if ((mode & 0400 >> i) == 0) {
                rights[i] = '-';
            }
        }
        String special = "sst";
        for (int i = 0; i < 3; i++) {
            if ((mode & 04000 >> i) != 0) {
                char mark = special.charAt(i);
                rights[3 * i + 2] = rights[3 * i + 2] == 'x' ? mark : Character.toUpperCase(mark);
            }
        }
        return new String(rights);
    }

    private static String sha256OfNothing() {
        return LayerFile.hex(LayerFile.digest("SHA-256"));
    }

    private static String sha256(InputStream in) throws IOException {
        MessageDigest digest = LayerFile.digest("SHA-256");
        new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        return LayerFile.hex(digest);
    }
}
