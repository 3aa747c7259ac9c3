package network.privateness.reproducible.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;

class RootTreeTest {

    private final RootTree tree = new RootTree();

    @Test
    void parentsAreMadeAndSorted() throws Exception {
        add("etc/ssl/certs/ca.crt", file("a", "pem"));
        assertThat(paths(tree.nodes())).containsExactly("etc", "etc/ssl", "etc/ssl/certs", "etc/ssl/certs/ca.crt");
        assertThat(get("etc/ssl")).isEqualTo(new Directory(0755, 0, 0, Node.AT_EPOCH, "a"));
        assertThatThrownBy(() -> tree.nodes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aDirectoryThatAnInputShipsRulesOverOneThatWasMade() throws Exception {
        var shipped = new Directory(0700, 1, 2, 3, "b");
        add("var/lib/x", file("a", ""));
        add("var/lib", shipped);
        assertThat(get("var/lib")).isEqualTo(shipped);
        add("var/lib/y", file("c", ""));
        assertThat(get("var/lib")).isEqualTo(shipped);
    }

    @Test
    void usrIsMerged() throws Exception {
        add("bin", new Directory(0755, 0, 0, 5, "a"));
        add("bin/sh", file("a", "sh"));
        add("lib64/ld.so", file("b", "ld"));
        assertThat(paths(tree.nodes()))
                .containsExactly("bin", "lib64", "usr", "usr/bin", "usr/bin/sh", "usr/lib64", "usr/lib64/ld.so");
        assertThat(get("bin")).isEqualTo(SymbolicLink.made("usr/bin", "a"));
        assertThat(get("lib64")).isEqualTo(SymbolicLink.made("usr/lib64", "b"));
        assertThat(get("bin/sh")).isEqualTo(get("usr/bin/sh"));
        var shipped = new SymbolicLink("usr/bin", 0777, 0, 0, 9, "base-files");
        add("bin", shipped);
        assertThat(get("bin")).isEqualTo(shipped);
    }

    @Test
    void theLinkIsMadeForWhatIsBelowUsrToo() throws Exception {
        add("usr/sbin/x", file("a", ""));
        add("usr/share/x", file("a", ""));
        assertThat(paths(tree.nodes()))
                .containsExactly("sbin", "usr", "usr/sbin", "usr/sbin/x", "usr/share", "usr/share/x");
    }

    @Test
    void nothingTakesThePlaceOfAMergedUsrLink() {
        refuses(
                () -> add("lib", new SymbolicLink("usr/lib32", 0777, 0, 0, 0, "a")),
                "/lib: a ships a link to usr/lib32, but it must be the link to usr/lib (merged /usr)."
                        + " Next: put its content below /usr/lib");
        refuses(
                () -> add("bin", file("a", "x")),
                "/bin: a ships a file of 1 bytes (mode 0644, owner 0:0), but it must be the link to usr/bin (merged /usr)."
                        + " Next: put its content below /usr/bin");
    }

    @Test
    void theSameTwiceIsFineAndTheFirstStays() throws Exception {
        add("etc/x", new RegularFile(Content.of("text"), 0644, 0, 0, 1, "a"));
        add("etc/x", new RegularFile(Content.of("text"), 0644, 0, 0, 2, "b"));
        add("etc/l", new SymbolicLink("x", 0777, 0, 0, 1, "a"));
        add("etc/l", new SymbolicLink("x", 0777, 0, 0, 2, "b"));
        add("etc/d", new Directory(0700, 0, 0, 1, "a"));
        add("etc/d", new Directory(0700, 0, 0, 2, "b"));
        for (String path : List.of("etc/x", "etc/l", "etc/d")) {
            assertThat(get(path).origin() + get(path).mtime()).isEqualTo("a1");
        }
    }

    @Test
    void conflictsNameBothInputs() throws Exception {
        String next = ". Next: leave out one of the two, or put the one that is wanted under rootfs/";
        String a = "/etc/x: a ships a file of 4 bytes (mode 0644, owner 0:0), b ships ";
        String rule = ": one path can be only one thing";
        add("etc/x", file("a", "text"));
        refuses(() -> add("etc/x", file("b", "tex2")), a + "a file of 4 bytes (mode 0644, owner 0:0)" + rule + next);
        refuses(
                () -> add("etc/x", new RegularFile(Content.of("text"), 04755, 0, 7, 0, "b")),
                a + "a file of 4 bytes (mode 4755, owner 0:7)" + rule + next);
        refuses(() -> add("etc/x", new SymbolicLink("y", 0777, 0, 0, 0, "b")), a + "a link to y" + rule + next);
        refuses(
                () -> add("etc/x", new Directory(0755, 0, 0, 0, "b")),
                a + "a directory (mode 0755, owner 0:0)" + rule + next);
        refuses(
                () -> add("etc/x/y", file("b", "")),
                "/etc/x/y: b ships it, but /etc/x is a file of 4 bytes (mode 0644, owner 0:0) from a."
                        + " Next: leave out one of the two, or put the file where the link points to");
        add("var/d", new Directory(0755, 0, 0, 0, "a"));
        refuses(
                () -> add("var/d", new Directory(0750, 0, 0, 0, "b")),
                "/var/d: a ships a directory (mode 0755, owner 0:0), b ships a directory (mode 0750, owner 0:0)" + rule
                        + next);
        refuses(
                () -> add("var", new SymbolicLink("x", 0777, 0, 0, 0, "b")),
                "/var: a ships a directory (mode 0755, owner 0:0), b ships a link to x" + rule + next);
    }

    @Test
    void contentThatDiffersOnlyAfterALongStartIsAConflict() throws Exception {
        byte[] one = new byte[200_000];
        byte[] other = one.clone();
        other[199_999] = 1;
        add("x", RegularFile.made(Content.of(one), 0644, "a"));
        add("x", RegularFile.made(Content.of(one.clone()), 0644, "b"));
        assertThatThrownBy(() -> add("x", RegularFile.made(Content.of(other), 0644, "c")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void nothingIsBelowASymbolicLink() throws Exception {
        add("a", new SymbolicLink("/etc", 0777, 0, 0, 0, "one"));
        refuses(
                () -> add("a/passwd", file("two", "root")),
                "/a/passwd: two ships it, but /a is a link to /etc from one."
                        + " Next: leave out one of the two, or put the file where the link points to");
    }

    @Test
    void linksMayBeAbsoluteButNotClimbAboveTheRoot() throws Exception {
        add("etc/localtime", new SymbolicLink("/usr/share/zoneinfo/UTC", 0777, 0, 0, 0, "a"));
        add("etc/a", new SymbolicLink("../usr/./x/..", 0777, 0, 0, 0, "a"));
        refuses(
                () -> add("etc/b", new SymbolicLink("../../x", 0777, 0, 0, 0, "a")),
                "/etc/b: a links it to \"../../x\", which is above the root. Next: use a target inside the image");
        refuses(
                () -> add("etc/b", new SymbolicLink("x/../../../x", 0777, 0, 0, 0, "a")),
                "/etc/b: a links it to \"x/../../../x\", which is above the root. Next: use a target inside the image");
        refuses(
                () -> add("b", new SymbolicLink("..", 0777, 0, 0, 0, "a")),
                "/b: a links it to \"..\", which is above the root. Next: use a target inside the image");
        refuses(
                () -> add("b", new SymbolicLink("/../x", 0777, 0, 0, 0, "a")),
                "/b: a links it to \"/../x\", which is above the root. Next: use a target inside the image");
    }

    @Test
    void hardLinksNeedTheirTarget() throws Exception {
        RegularFile perl = file("perl", "perl");
        refuses(
                () -> add("usr/bin/perl5", new HardLink(RootPath.of("usr/bin/perl"), perl, "perl")),
                "/usr/bin/perl5: perl ships a hard link to /usr/bin/perl, which is not a file of the image."
                        + " Next: add its target first, or use another input");
        Map<RootPath, Node> input = new TreeMap<>();
        input.put(RootPath.of("bin/a"), new HardLink(RootPath.of("bin/perl"), perl, "perl"));
        input.put(RootPath.of("bin/perl"), perl);
        tree.addAll(input);
        assertThat(get("usr/bin/a")).isEqualTo(new HardLink(RootPath.of("usr/bin/perl"), perl, "perl"));
        tree.addAll(input);
        refuses(
                () -> add("usr/bin/perl", new HardLink(RootPath.of("usr/bin/perl"), perl, "b")),
                "/usr/bin/perl: b ships a hard link to /usr/bin/perl, which is not a file of the image."
                        + " Next: add its target first, or use another input");
    }

    @Test
    void pathsOfInputsMayDifferOnlyInCase() throws Exception {
        add("usr/share/terminfo/e/eterm", file("ncurses", "e"));
        add("usr/share/terminfo/E/Eterm", file("ncurses", "E"));
        assertThatThrownBy(() -> CaseConflict.check(tree.nodes().keySet(), "rootfs"))
                .isInstanceOf(Problem.class)
                .hasMessage("rootfs: \"usr/share/terminfo/E\" and \"usr/share/terminfo/e\" differ only in case,"
                        + " which not every file system keeps apart. Next: rename one of the two");
    }

    @Test
    void replacing() throws Exception {
        add("etc/x", file("a", "a"));
        add("etc/d/x", file("a", "a"));
        tree.replace(RootPath.of("etc/x"), new SymbolicLink("y", 0777, 0, 0, 0, "rootfs"));
        assertThat(get("etc/x")).isInstanceOf(SymbolicLink.class);
        tree.replace(RootPath.of("etc/d"), new Directory(0700, 0, 0, 0, "rootfs"));
        assertThat(get("etc/d").mode()).isEqualTo(0700);
        refuses(
                () -> tree.replace(RootPath.of("etc/d"), file("rootfs", "")),
                "/etc/d: rootfs ships a directory (mode 0700, owner 0:0), rootfs ships a file of 0 bytes"
                        + " (mode 0644, owner 0:0): one path can be only one thing."
                        + " Next: leave out one of the two, or put the one that is wanted under rootfs/");
        refuses(
                () -> tree.replace(RootPath.of("bin"), file("rootfs", "")),
                "/bin: rootfs ships a file of 0 bytes (mode 0644, owner 0:0),"
                        + " but it must be the link to usr/bin (merged /usr). Next: put its content below /usr/bin");
    }

    @Test
    void aFolderOfAUserReplacesFilesButKeepsDirectories() throws Exception {
        var tmp = new Directory(01777, 0, 0, 0, "base-files");
        add("tmp", tmp);
        add("etc/passwd", file("base-passwd", "root"));
        Map<RootPath, Node> folder = new TreeMap<>();
        folder.put(RootPath.of("tmp"), Directory.made("rootfs"));
        folder.put(RootPath.of("bin"), Directory.made("rootfs"));
        folder.put(RootPath.of("bin/tool"), file("rootfs", "tool"));
        folder.put(RootPath.of("etc/passwd"), file("rootfs", "ours"));
        tree.replaceAll(folder);
        assertThat(get("tmp")).isEqualTo(tmp);
        assertThat(get("etc/passwd").origin()).isEqualTo("rootfs");
        assertThat(get("usr/bin/tool").origin()).isEqualTo("rootfs");
        assertThat(get("bin")).isInstanceOf(SymbolicLink.class);
    }

    @Test
    void subtree() throws Exception {
        for (String path : List.of("usr-x", "usr/a", "usr/a-b/c", "usr/a/b", "usr/a0", "var/x")) {
            if (!path.equals("usr/a")) {
                add(path, file("a", ""));
            }
        }
        assertThat(paths(tree.subtree(RootPath.of("usr/a")))).containsExactly("usr/a", "usr/a/b");
        assertThat(paths(tree.subtree(RootPath.of("usr"))))
                .containsExactly("usr", "usr/a", "usr/a-b", "usr/a-b/c", "usr/a/b", "usr/a0");
        assertThat(tree.subtree(RootPath.of("nothing"))).isEmpty();
    }

    private interface Adding {
        void run() throws IOException;
    }

    private static void refuses(Adding adding, String message) {
        assertThatThrownBy(adding::run).isInstanceOf(Problem.class).hasMessage(message);
    }

    private void add(String path, Node node) throws IOException {
        tree.add(RootPath.of(path), node);
    }

    private Node get(String path) {
        return tree.get(RootPath.of(path)).orElseThrow();
    }

    private static RegularFile file(String origin, String content) {
        return RegularFile.made(Content.of(content), 0644, origin);
    }

    private static List<String> paths(Map<RootPath, Node> nodes) {
        return nodes.keySet().stream().map(RootPath::toString).collect(Collectors.toList());
    }
}
