package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.definition.PathFilter;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.HardLink;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianLayerTest {

    private static final Platform AMD64 = Platform.LINUX_AMD64;

    @TempDir
    Path folder;

    private Fixture fixture;
    private PinnedPackage pinned;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        pinned = fixture.debian(
                "tool",
                new TestDeb()
                        .directory("etc", 0755)
                        .directory("etc/empty", 0711)
                        .directory("usr", 0755)
                        .directory("usr/bin", 0755)
                        .file("usr/bin/a", 0755, "a")
                        .hardLink("usr/bin/b", "usr/bin/a")
                        .directory("usr/share", 0755)
                        .directory("usr/share/doc", 0750)
                        .file("usr/share/doc/ x", "a name that begins with a blank")
                        .directory("usr/share/other", 0755)
                        .file("usr/share/other/y", "y")
                        .md5sums("0cc175b9c0f1b6a831c399e269772661  usr/bin/a\n"));
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void aFilterOfWhatTheBaseHasIsRefused() {
        Install filtered = new Install.Debian(
                "tool", Optional.empty(), new PathFilter(List.of("usr/bin/**"), List.of()), true, Install.everywhere());
        assertThatThrownBy(() -> DebianLayer.of("image x", List.of(filtered), List.of(), AMD64))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "image x: keep and drop of the Debian package tool have no effect on linux/amd64: the base has"
                                + " the package already. Next: say them in bases.yaml, or take them away");
    }

    @Test
    void everythingIsTakenAndDescribedForScanners() throws Exception {
        Map<RootPath, Node> nodes = nodes(PathFilter.ALL, "tool");
        assertThat(nodes.keySet())
                .extracting(RootPath::toString)
                .containsExactly(
                        "bin",
                        "etc",
                        "etc/empty",
                        "usr",
                        "usr/bin",
                        "usr/bin/a",
                        "usr/bin/b",
                        "usr/share",
                        "usr/share/doc",
                        "usr/share/doc/ x",
                        "usr/share/other",
                        "usr/share/other/y",
                        "var",
                        "var/lib",
                        "var/lib/dpkg",
                        "var/lib/dpkg/status.d",
                        "var/lib/dpkg/status.d/tool",
                        "var/lib/dpkg/status.d/tool.md5sums");
        assertThat(((RegularFile) nodes.get(RootPath.of("var/lib/dpkg/status.d/tool")))
                        .content()
                        .open())
                .hasContent("Package: tool\nVersion: 1\n");
        assertThat(((RegularFile) nodes.get(RootPath.of("var/lib/dpkg/status.d/tool.md5sums")))
                        .content()
                        .open())
                .hasContent("0cc175b9c0f1b6a831c399e269772661  usr/bin/a\n");
        assertThat(nodes.get(RootPath.of("usr/bin/b"))).isInstanceOf(HardLink.class);
    }

    @Test
    void droppedFilesTakeTheirFoldersWithThemUnlessSomethingIsLeft() throws Exception {
        Map<RootPath, Node> nodes = nodes(new PathFilter(List.of(), List.of("usr/share/other/**")), "tool");
        assertThat(taken(nodes))
                .containsExactly(
                        "bin",
                        "usr",
                        "usr/bin",
                        "usr/bin/a",
                        "usr/bin/b",
                        "usr/share",
                        "usr/share/doc",
                        "usr/share/doc/ x");
        assertThat(nodes.get(RootPath.of("usr/share/doc")))
                .as("mode and time of the package, though its only file sorts before everything")
                .isEqualTo(new Directory(0750, 0, 0, TestDeb.TIME, "tool"));
    }

    @Test
    void folderKeptByNameBringsItsParentsAsThePackageHasThem() throws Exception {
        Map<RootPath, Node> nodes = nodes(new PathFilter(List.of("etc/empty"), List.of()), "tool");
        assertThat(taken(nodes)).containsExactly("etc", "etc/empty");
        assertThat(nodes.get(RootPath.of("etc"))).isEqualTo(new Directory(0755, 0, 0, TestDeb.TIME, "tool"));
        assertThat(nodes.get(RootPath.of("etc/empty"))).isEqualTo(new Directory(0711, 0, 0, TestDeb.TIME, "tool"));
    }

    @Test
    void hardLinkWhoseTargetIsDroppedBecomesTheFile() throws Exception {
        Map<RootPath, Node> nodes = nodes(new PathFilter(List.of("usr/bin/b"), List.of()), "tool");
        assertThat(taken(nodes)).containsExactly("bin", "usr", "usr/bin", "usr/bin/b");
        assertThat(((RegularFile) nodes.get(RootPath.of("usr/bin/b"))).content().open())
                .hasContent("a");
    }

    @Test
    void filterOfAnotherPlatformDoesNotCount() throws Exception {
        PathFilter nothing = new PathFilter(List.of("nothing"), List.of());
        Install elsewhere =
                new Install.Debian("tool", Optional.empty(), nothing, true, EnumSet.of(Platform.LINUX_ARM64));
        DebianLayer layer = DebianLayer.of("image x", List.of(elsewhere), List.of(pinned), AMD64);
        assertThat(fill(layer)).containsKey(RootPath.of("usr/bin/a"));
        assertThat(layer.isEmpty()).isFalse();
        assertThat(DebianLayer.of("image x", List.of(elsewhere), List.of(), AMD64)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void recipeHasPackagesAndFilters() {
        String all = recipe(PathFilter.ALL);
        assertThat(all).contains("debian tool 1").contains(pinned.sha256().toString());
        assertThat(recipe(new PathFilter(List.of("a, b"), List.of())))
                .isNotEqualTo(all)
                .isNotEqualTo(recipe(new PathFilter(List.of("a", "b"), List.of())))
                .isNotEqualTo(recipe(new PathFilter(List.of(), List.of("a, b"))));
    }

    private String recipe(PathFilter filter) {
        return layer(filter, "tool").describe(new Recipe()).text();
    }

    private DebianLayer layer(PathFilter filter, String name) {
        Install install = new Install.Debian(name, Optional.empty(), filter, true, Install.everywhere());
        return DebianLayer.of("image x", List.of(install), List.of(pinned), AMD64);
    }

    private Map<RootPath, Node> nodes(PathFilter filter, String name) throws Exception {
        return fill(layer(filter, name));
    }

    private Map<RootPath, Node> fill(DebianLayer layer) throws Exception {
        UpperTree tree = new UpperTree(Listing.EMPTY);
        layer.fill(tree, fixture.inputs, fixture.scratch());
        return tree.upper();
    }

    private static List<String> taken(Map<RootPath, Node> nodes) {
        return nodes.keySet().stream()
                .map(RootPath::toString)
                .filter(path -> !path.startsWith("var"))
                .toList();
    }
}
