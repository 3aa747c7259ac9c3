package network.privateness.reproducible.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.ReadLimits;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarReader;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.FileCapability;
import network.privateness.reproducible.rootfs.HardLink;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerWriterTest {

    private static final long EPOCH = 1_000_000_000;

    private final NavigableMap<RootPath, Node> nodes = new TreeMap<>();

    @Test
    void theLayerTellsTheDigestsAndSizesOfItsBytes() throws Exception {
        put("etc", Directory.made("a"));
        put("etc/x", RegularFile.made(Content.of("text".repeat(100_000)), 0644, "a"));
        put("etc/y", SymbolicLink.made("x", "a"));
        byte[] tar = tar();
        for (int threads = 1; threads <= 3; threads++) {
            var blob = new ByteArrayOutputStream();
            Layer layer = LayerWriter.write(nodes, EPOCH, blob, threads);
            byte[] bytes = blob.toByteArray();
            assertThat(layer).isEqualTo(new Layer(Sha256.of(tar), Sha256.of(bytes), bytes.length, tar.length));
            assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes())
                    .isEqualTo(tar);
        }
        assertThat(LayerWriter.diffId(nodes, EPOCH)).isEqualTo(Sha256.of(tar));
    }

    @Test
    void membersAreSortedByTheirBytesAndParentsComeFirst() throws Exception {
        for (String directory : List.of("a", "a-b", "a/b", "Z", "é")) {
            put(directory, Directory.made("a"));
        }
        assertThat(members()).extracting(TarMember::path).containsExactly("Z", "a", "a-b", "a/b", "é");
    }

    @Test
    void timesAreThoseOfTheSourceUpToTheEpoch() throws Exception {
        put("early", new RegularFile(Content.of(""), 0, 0, 0, 5, "a"));
        put("late", new RegularFile(Content.of(""), 0, 0, 0, EPOCH + 1, "a"));
        put("made", RegularFile.made(Content.of(""), 0, "a"));
        assertThat(members()).extracting(TarMember::mtime).containsExactly(5L, EPOCH, EPOCH);
    }

    @Test
    void originsHaveNoEffect() throws Exception {
        put("x", new Directory(01777, 1, 2, 3, "a"));
        Sha256 one = LayerWriter.diffId(nodes, EPOCH);
        put("x", new Directory(01777, 1, 2, 3, "b"));
        assertThat(LayerWriter.diffId(nodes, EPOCH)).isEqualTo(one);
        put("x", new Directory(01777, 1, 3, 3, "b"));
        assertThat(LayerWriter.diffId(nodes, EPOCH)).isNotEqualTo(one);
    }

    @Test
    void capabilitiesAreWritten() throws Exception {
        var capability = new FileCapability("0100000200300000000000000000000000000000");
        put("x", new RegularFile(Content.of(""), 0755, 0, 0, 0, "a", Optional.of(capability)));
        byte[] record = new byte[20];
        System.arraycopy(tar(), 512 + "57 SCHILY.xattr.security.capability=".length(), record, 0, 20);
        assertThat(record).isEqualTo(capability.bytes());
    }

    @Test
    void theFirstNameOfAFileHoldsItsContent() throws Exception {
        RegularFile file = RegularFile.made(Content.of("perl"), 0755, "perl");
        RootPath target = RootPath.of("m");
        put("a", new HardLink(target, file, "perl"));
        put("m", file);
        put("z", new HardLink(target, file, "perl"));
        assertThat(described()).containsExactly("a FILE  4", "m HARDLINK a 0", "z HARDLINK a 0");
        Sha256 one = LayerWriter.diffId(nodes, EPOCH);
        nodes.put(RootPath.of("a"), file);
        nodes.put(target, new HardLink(RootPath.of("a"), file, "perl"));
        nodes.put(RootPath.of("z"), new HardLink(RootPath.of("a"), file, "perl"));
        assertThat(LayerWriter.diffId(nodes, EPOCH))
                .as("whichever name was the file")
                .isEqualTo(one);
    }

    @Test
    void aLinkWhoseTargetIsInAnotherLayerBecomesACopy() throws Exception {
        RegularFile file = RegularFile.made(Content.of("perl"), 0755, "perl");
        put("b", new HardLink(RootPath.of("a"), file, "perl"));
        put("c", new HardLink(RootPath.of("a"), file, "perl"));
        assertThat(described()).containsExactly("b FILE  4", "c HARDLINK b 0");
    }

    @Test
    void aLinkWhoseTargetWasReplacedKeepsWhatItMeant() throws Exception {
        RegularFile file = RegularFile.made(Content.of("perl"), 0755, "perl");
        put("a", RegularFile.made(Content.of("other"), 0755, "rootfs"));
        put("b", new HardLink(RootPath.of("a"), file, "perl"));
        assertThat(described()).containsExactly("a FILE  5", "b FILE  4");
    }

    @Test
    void aMissingParentIsAMistakeOfTheCaller() {
        put("etc/x", RegularFile.made(Content.of(""), 0644, "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerWriter.diffId(nodes, EPOCH))
                .withMessage("the layer has etc/x, but not its parent directory");
        put("etc", SymbolicLink.made("x", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> LayerWriter.diffId(nodes, EPOCH));
    }

    @Test
    void aFileThatBecameShorterIsAProblem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "12345");
        put("x", RegularFile.made(Content.of(file), 0644, "a"));
        Files.writeString(file, "123");
        assertThatThrownBy(() -> LayerWriter.write(nodes, EPOCH, new ByteArrayOutputStream(), 2))
                .isInstanceOf(Problem.class)
                .hasMessage("x: its 5 bytes were announced, but the content ended 2 bytes early."
                        + " Next: leave the inputs alone while a build runs, and build again");
    }

    private void put(String path, Node node) {
        nodes.put(RootPath.of(path), node);
    }

    private byte[] tar() throws IOException {
        var tar = new ByteArrayOutputStream();
        LayerWriter.writeTar(nodes, EPOCH, tar);
        return tar.toByteArray();
    }

    private List<TarMember> members() throws IOException {
        List<TarMember> members = new ArrayList<>();
        var reader = new TarReader("layer", new ByteArrayInputStream(tar()), ReadLimits.DEFAULT);
        for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
            members.add(next.get());
        }
        return members;
    }

    private List<String> described() throws IOException {
        List<String> described = new ArrayList<>();
        for (TarMember member : members()) {
            described.add(member.path() + " " + member.kind() + " " + member.linkTarget() + " " + member.size());
        }
        return described;
    }
}
