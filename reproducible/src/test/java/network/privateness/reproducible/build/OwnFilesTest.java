package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Alternative;
import network.privateness.reproducible.definition.Software;
import network.privateness.reproducible.definition.User;
import network.privateness.reproducible.definition.Volume;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFilesTest {

    private static final User ROOT = new User("root", 0, 0, "/root");
    private static final User MESH = new User("mesh", 10001, 10002, "/data");

    @TempDir
    Path folder;

    private List<User> users = List.of();
    private List<Alternative> alternatives = List.of();
    private List<Volume> volumes = List.of();

    @Test
    void usersOfBasesAndImageMakeOneFile() throws Exception {
        users = List.of(MESH);
        OwnFiles own = new OwnFiles("image:x", software(), List.of(ROOT, MESH), List.of(), Platform.LINUX_AMD64);
        UpperTree tree = lower(Map.of("etc/passwd", RegularFile.made(Content.of("base"), 0644, "base")));
        own.fill(tree);
        assertThat(content(tree, "etc/passwd"))
                .isEqualTo("root:x:0:0::/root:/usr/sbin/nologin\nmesh:x:10001:10002::/data:/usr/sbin/nologin\n");
        assertThat(content(tree, "etc/group")).isEqualTo("root:x:0:\nmesh:x:10002:\n");
        assertThat(node(tree, "etc/passwd").mode()).isEqualTo(0644);
    }

    @Test
    void imageWithoutUsersOfItsOwnLeavesThoseOfItsBases() throws Exception {
        OwnFiles own = new OwnFiles("image:x", software(), List.of(ROOT), List.of(), Platform.LINUX_AMD64);
        assertThat(own.isEmpty()).isTrue();
    }

    @Test
    void alternativeIsOfThePlatform() throws Exception {
        alternatives = List.of(new Alternative(
                "/usr/bin/java", Map.of(Platform.LINUX_AMD64, "../lib/jvm/a", Platform.LINUX_ARM_V7, "../lib/jvm/b")));
        assertThat(node(own(Platform.LINUX_AMD64), "usr/bin/java"))
                .isEqualTo(SymbolicLink.made("../lib/jvm/a", "image:x"));
        assertThat(node(own(Platform.LINUX_ARM_V7), "usr/bin/java"))
                .isEqualTo(SymbolicLink.made("../lib/jvm/b", "image:x"));
        assertThat(own(Platform.LINUX_ARM64).upper()).isEmpty();
    }

    @Test
    void volumeKeepsOwnerAndModeThoughRootfsHasTheFolderToo() throws Exception {
        volumes = List.of(new Volume("/data", 10001, 10001, 0700));
        write("data/seed", "x");
        for (UpperTree tree : List.of(lower(Map.of()), lower(Map.of("data", Directory.made("base"))))) {
            own().fill(tree);
            assertThat(node(tree, "data")).isEqualTo(new Directory(0700, 10001, 10001, Node.AT_EPOCH, "image:x"));
            assertThat(content(tree, "data/seed")).isEqualTo("x");
        }
    }

    @Test
    void rootfsRulesOverInputsButNotOverTheModesOfTheirFolders() throws Exception {
        write("etc/app/conf", "ours");
        Files.createDirectories(folder.resolve("rootfs/var/empty"));
        Files.writeString(folder.resolve("rootfs/var/empty/.gitkeep"), "");
        UpperTree tree = lower(Map.of(
                "etc/app", new Directory(0750, 0, 42, 0, "deb"),
                "etc/app/conf", RegularFile.made(Content.of("theirs"), 0600, "deb"),
                "var/empty", new Directory(0711, 7, 7, 0, "deb")));
        own().fill(tree);
        assertThat(content(tree, "etc/app/conf")).isEqualTo("ours");
        assertThat(node(tree, "etc/app")).isEqualTo(new Directory(0750, 0, 42, Node.AT_EPOCH, "deb"));
        assertThat(tree.upper().keySet())
                .extracting(RootPath::toString)
                .containsExactly("etc", "etc/app", "etc/app/conf");
    }

    @Test
    void rootfsRulesOverWhatTheDefinitionDeclares() throws Exception {
        users = List.of(ROOT);
        write("etc/passwd", "by hand\n");
        UpperTree tree = lower(Map.of());
        own().fill(tree);
        assertThat(content(tree, "etc/passwd")).isEqualTo("by hand\n");
        assertThat(content(tree, "etc/group")).isEqualTo("root:x:0:\n");
    }

    @Test
    void folderOfRootfsNeverCutsOffALink() throws Exception {
        write("var/run/app/pid", "1");
        UpperTree tree = lower(Map.of("var/run", SymbolicLink.made("/run", "run-folders")));
        assertThatThrownBy(() -> own().fill(tree))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("/var/run: run-folders ships a link to /run, image:x/rootfs ships a directory");
    }

    @Test
    void caseOnlyConflictIsRefused() throws Exception {
        write("etc/App", "1");
        write("etc/app", "2");
        assertThatThrownBy(this::own)
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "image:x/rootfs: \"etc/App\" and \"etc/app\" differ only in case, which not every file system"
                                + " keeps apart. Next: rename one of the two");
    }

    @Test
    void everythingIsInTheRecipe() throws Exception {
        String nothing = recipe();
        users = List.of(ROOT);
        String withUsers = recipe();
        volumes = List.of(new Volume("/data", 1, 1, 0700));
        String withVolume = recipe();
        volumes = List.of(new Volume("/data", 1, 1, 0750));
        String withOpenVolume = recipe();
        write("data/.gitkeep", "");
        String withFolder = recipe();
        Path file = write("data/x", "1");
        String withFile = recipe();
        Files.writeString(file, "2");
        String withOtherFile = recipe();
        assertThat(file.toFile().setExecutable(true)).isTrue();
        assertThat(List.of(
                        nothing, withUsers, withVolume, withOpenVolume, withFolder, withFile, withOtherFile, recipe()))
                .doesNotHaveDuplicates();
    }

    private String recipe() throws Exception {
        return own().describe(new Recipe()).text();
    }

    private UpperTree own(Platform platform) throws Exception {
        UpperTree tree = new UpperTree(Listing.EMPTY);
        new OwnFiles("image:x", software(), users, volumes, platform).fill(tree);
        return tree;
    }

    private OwnFiles own() throws Exception {
        return new OwnFiles("image:x", software(), users, volumes, Platform.LINUX_AMD64);
    }

    private Software software() {
        Path rootfs = folder.resolve("rootfs");
        return new Software(
                Optional.empty(),
                List.of(),
                users,
                alternatives,
                List.of(),
                Files.isDirectory(rootfs) ? List.of(rootfs) : List.of(),
                Map.of());
    }

    private Path write(String path, String text) throws Exception {
        Path file = folder.resolve("rootfs").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static UpperTree lower(Map<String, Node> nodes) throws Exception {
        UpperTree lower = new UpperTree(Listing.EMPTY);
        for (Map.Entry<String, Node> node : new java.util.TreeMap<>(nodes).entrySet()) {
            lower.add("/" + node.getKey(), node.getValue());
        }
        return new UpperTree(Listing.EMPTY.with(lower.upper()));
    }

    private static Node node(UpperTree tree, String path) {
        return tree.upper().get(RootPath.of(path));
    }

    private static String content(UpperTree tree, String path) throws Exception {
        try (var in = ((RegularFile) node(tree, path)).content().open()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
