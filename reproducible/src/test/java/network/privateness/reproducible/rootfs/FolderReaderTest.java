package network.privateness.reproducible.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReaderTest {

    @TempDir
    Path folder;

    @Test
    void modesOwnersAndTimesAreThoseOfNoMachine() throws Exception {
        Files.createDirectories(folder.resolve("etc/empty"));
        Files.writeString(folder.resolve("etc/empty/.gitkeep"), "");
        Files.writeString(folder.resolve("etc/plain"), "plain");
        Files.writeString(folder.resolve("etc/tool"), "tool");
        Files.setPosixFilePermissions(folder.resolve("etc/plain"), PosixFilePermissions.fromString("rw-rwxrwx"));
        Files.setPosixFilePermissions(folder.resolve("etc/tool"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(folder.resolve("etc"), PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(folder.resolve("etc/plain"), FileTime.fromMillis(123_456));
        var nodes = FolderReader.read(folder, "rootfs");
        assertThat(nodes.keySet())
                .extracting(RootPath::toString)
                .containsExactly("etc", "etc/empty", "etc/plain", "etc/tool");
        assertThat(nodes.get(RootPath.of("etc"))).isEqualTo(Directory.made("rootfs"));
        assertThat(nodes.get(RootPath.of("etc/empty"))).isEqualTo(Directory.made("rootfs"));
        var plain = (RegularFile) nodes.get(RootPath.of("etc/plain"));
        assertThat(plain).isEqualTo(new RegularFile(plain.content(), 0644, 0, 0, Node.AT_EPOCH, "rootfs"));
        assertThat(plain.content().open()).hasContent("plain");
        assertThat(nodes.get(RootPath.of("etc/tool")).mode()).isEqualTo(0755);
    }

    @Test
    void namesAndTargetsAreReadAsBytesWhateverTheLocale() throws Exception {
        // A URI holds the bytes of a name, so this works where the locale has no such letters.
        Path name = path("gr%C3%BC%C3%9Fe%25");
        Files.writeString(name, "x");
        for (String target : new String[] {"../x", "/usr/share/x", "./a/../b", "a"}) {
            Path link = folder.resolve("link");
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(target));
            assertThat(target(link)).isEqualTo(target);
        }
        Files.deleteIfExists(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link"), name.getFileName());
        assertThat(target(folder.resolve("link"))).isEqualTo("grüße%");
        assertThat(FolderReader.read(folder, "rootfs")).containsKey(RootPath.of("grüße%"));
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
        assertThat(FolderReader.read(folder, "rootfs")).hasSize(2);
    }

    @Test
    void refusesANameThatIsNotUtf8() throws Exception {
        Files.createDirectory(folder.resolve("etc"));
        Files.writeString(path("etc/a%FF"), "x");
        refuses("rootfs: the name \"etc/a\ufffd\" is not UTF-8. Next: rename it");
    }

    @Test
    void refusesNamesThatDifferOnlyInCase() throws Exception {
        Files.writeString(folder.resolve("Readme"), "x");
        Files.writeString(folder.resolve("README"), "x");
        refuses("rootfs: \"README\" and \"Readme\" differ only in case, which not every file system keeps apart."
                + " Next: rename one of the two");
    }

    @Test
    void refusesSockets() throws Exception {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
            refuses("rootfs: \"socket\" is a socket, a pipe or a device; only files, directories and links are allowed."
                    + " Next: remove it");
        }
    }

    @Test
    void refusesNamesThatImagesCanNotHave() throws Exception {
        Files.writeString(folder.resolve(".wh.x"), "");
        refuses("rootfs: the path \".wh.x\" has a component that starts with .wh.,"
                + " which means a deletion in an image layer. Next: rename it, or use another input");
    }

    @Test
    void refusesAControlCharacterInATarget() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a\nb"));
        refuses("rootfs: the target of the link \"link\" has a control character. Next: rename it");
    }

    @Test
    void refusesTooManyLevels() throws Exception {
        Files.createDirectories(folder.resolve("d/".repeat(64)));
        refuses("rootfs: \"" + "d/".repeat(64) + "\" is more than 64 levels deep. Next: flatten it");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> FolderReader.read(folder.resolve("nothing"), "rootfs"))
                .isInstanceOf(Problem.class)
                .hasMessage("rootfs: there is no such folder. Next: create it, or correct its name");
    }

    private Path path(String encoded) {
        return Path.of(URI.create(folder.toUri() + encoded));
    }

    private String target(Path link) throws Exception {
        return ((SymbolicLink) FolderReader.read(folder, "rootfs")
                        .get(RootPath.of(link.getFileName().toString())))
                .target();
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> FolderReader.read(folder, "rootfs"))
                .isInstanceOf(Problem.class)
                .hasMessage(message);
    }
}
