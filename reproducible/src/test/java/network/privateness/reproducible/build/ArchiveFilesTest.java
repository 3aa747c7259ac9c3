package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFilesTest {

    @TempDir
    Path folder;

    @Test
    void filesBelowTheOneTopFolderAreTakenWithTheirTimes() throws Exception {
        UpperTree tree = fill(
                "coin-1.0.tar.gz",
                new TestDeb()
                        .directory(".", 0755)
                        .directory("coin-1.0", 0755)
                        .file("coin-1.0/bin/coind", 0700, "program")
                        .file("coin-1.0/share/coin.conf", 0600, "conf")
                        .file("coin-1.0/README", "no")
                        .tarGz(),
                Map.of("bin/coind", "/usr/bin/coind", "share/coin.conf", "/etc/coin.conf"));
        RegularFile program = (RegularFile) tree.upper().get(RootPath.of("usr/bin/coind"));
        assertThat(program.content().open()).hasContent("program");
        assertThat(program.mode()).isEqualTo(0755);
        assertThat(program.mtime()).isEqualTo(TestDeb.TIME);
        assertThat(program.origin()).isEqualTo("coin");
        assertThat(tree.upper().get(RootPath.of("etc/coin.conf")).mode()).isEqualTo(0644);
        assertThat(tree.upper().keySet())
                .extracting(RootPath::toString)
                .containsExactly("bin", "etc", "etc/coin.conf", "usr", "usr/bin", "usr/bin/coind");
    }

    @Test
    void missingFilesAreNamed() {
        refused("coin.tgz", new TestDeb().file("coin/a", "a"), Map.of("b", "/b", "a", "/a", "c", "/c"))
                .hasMessage("coin.tgz: it holds no b, c below its top folder. Next: correct \"files\" in image.yaml");
        refused("coin.tgz", new TestDeb().file("a", "a"), Map.of("a", "/a"))
                .hasMessage("coin.tgz: it holds no a below its top folder. Next: correct \"files\" in image.yaml");
    }

    @Test
    void onlyFilesCanBeTaken() {
        refused("coin.tar.gz", new TestDeb().symlink("coin/a", "/etc/shadow"), Map.of("a", "/a"))
                .hasMessage("coin.tar.gz: its member a is not a file. Next: name a file in image.yaml");
        refused("coin.tar.gz", new TestDeb().directory("coin/a", 0755), Map.of("a", "/a"))
                .hasMessage("coin.tar.gz: its member a is not a file. Next: name a file in image.yaml");
        refused("coin.tar.gz", new TestDeb().file("coin/b", "b").hardLink("coin/a", "coin/b"), Map.of("a", "/a"))
                .hasMessage("coin.tar.gz: its member a is not a file. Next: name a file in image.yaml");
    }

    @Test
    void twoTopFoldersAreRefused() {
        refused("coin.tar.gz", new TestDeb().file("one/x", "x").file("two/a", "a"), Map.of("a", "/a"))
                .hasMessage("coin.tar.gz: it has more than one entry at its top: one, two."
                        + " Next: use an archive whose files are below one folder");
    }

    @Test
    void otherKindsAreRefused() {
        refused("coin.zip", new TestDeb().file("coin/a", "a"), Map.of("a", "/a"))
                .hasMessage("coin.zip: it is neither .tar.gz, .tgz nor .tar.xz. Next: use an archive of one of these kinds");
    }

    @Test
    void recipeHasArchiveAndFiles() {
        PinnedArchive pinned = pinned("coin.tar.gz", new byte[] {1});
        Install.Archive one = new Install.Archive("coin", Map.of("a", "/a"), Install.everywhere());
        Install.Archive two = new Install.Archive("coin", Map.of("a", "/b"), Install.everywhere());
        String recipe = ArchiveFiles.describe(new Recipe(), one, pinned).text();
        assertThat(recipe).contains(pinned.sha256().toString());
        assertThat(ArchiveFiles.describe(new Recipe(), two, pinned).text()).isNotEqualTo(recipe);
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
            String name, TestDeb content, Map<String, String> files) {
        return assertThatThrownBy(() -> fill(name, content.tarGz(), files)).isInstanceOf(Problem.class);
    }

    private UpperTree fill(String name, byte[] content, Map<String, String> files) throws Exception {
        UpperTree tree = new UpperTree(Listing.EMPTY);
        Path file = Files.write(folder.resolve(name), content);
        Path scratch = Files.createTempDirectory(folder, "scratch");
        ArchiveFiles.fill(
                tree, new Install.Archive("coin", files, Install.everywhere()), pinned(name, content), file, scratch);
        return tree;
    }

    private static PinnedArchive pinned(String name, byte[] content) {
        return new PinnedArchive(
                "coin", List.of(URI.create("https://example.org/releases/" + name)), content.length, Sha256.of(content));
    }
}
