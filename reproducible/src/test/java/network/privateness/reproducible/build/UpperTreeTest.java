package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UpperTreeTest {

    private static final Directory SHUT = new Directory(0750, 0, 42, 99, "lower");
    private static final String DROP = ". Next: drop it from one of the two in the definition";

    private final Map<RootPath, Node> lower = new TreeMap<>();

    @Test
    void onlyWhatCameOnTopAndItsParentsInTheModesOfBelow() throws Exception {
        lower(Map.of("etc", SHUT, "etc/old", file("lower", "x"), "srv", Directory.made("lower")));
        UpperTree tree = new UpperTree(Listing.EMPTY.with(lower));
        tree.add("/etc/new", file("upper", "y"));
        assertThat(tree.upper().keySet()).extracting(RootPath::toString).containsExactly("etc", "etc/new");
        assertThat(tree.upper().get(RootPath.of("etc"))).isEqualTo(new Directory(0750, 0, 42, Node.AT_EPOCH, "lower"));
    }

    @Test
    void theSameDirectoryFromAboveAddsNothing() throws Exception {
        lower(Map.of("etc", SHUT));
        UpperTree tree = new UpperTree(Listing.EMPTY.with(lower));
        tree.add("/etc", new Directory(0750, 0, 42, 7, "upper"));
        assertThat(tree.upper()).isEmpty();
    }

    @Test
    void fileOfALayerBelowIsAConflictThatNamesBoth() throws Exception {
        lower(Map.of("etc", SHUT, "etc/a", file("lower", ""), "etc/l", SymbolicLink.made("a", "lower")));
        UpperTree tree = new UpperTree(Listing.EMPTY.with(lower));
        // Empty files too: what is below is not known any more.
        refused(() -> tree.add("/etc/a", file("upper", "")))
                .hasMessage("/etc/a: it comes from upper and, in a layer below, from lower" + DROP);
        refused(() -> tree.add("/etc", file("upper", "")))
                .hasMessage("/etc: it comes from upper and, in a layer below, from lower" + DROP);
        refused(() -> tree.add("/etc/l", file("upper", "")))
                .hasMessage("/etc/l: it comes from upper and, in a layer below, from lower" + DROP);
        refused(() -> tree.add("/etc/l", SymbolicLink.made("b", "upper")))
                .hasMessageStartingWith("/etc/l: lower ships a link to a, upper ships a link to b: one path can be only");
        tree.add("/etc/l", SymbolicLink.made("a", "upper"));
        refused(() -> tree.add("/etc", new Directory(0755, 0, 0, 0, "upper")))
                .hasMessageStartingWith("/etc: lower ships a directory (mode 0750, owner 0:42), upper ships a directory");
        assertThat(tree.upper()).isEmpty();
    }

    @Test
    void mergedUsrIsFollowedBeforeLayersAreCompared() throws Exception {
        lower(Map.of("bin/a", file("lower", "")));
        assertThat(lower.keySet()).extracting(RootPath::toString).containsExactly("bin", "usr", "usr/bin", "usr/bin/a");
        UpperTree next = new UpperTree(Listing.EMPTY.with(lower));
        refused(() -> next.add("/bin/a", file("upper", "")))
                .hasMessage("/usr/bin/a: it comes from upper and, in a layer below, from lower" + DROP);
        // An old package's folder /bin means the link that is there.
        next.add("/bin", Directory.made("old"));
        next.add("/bin/b", file("old", "b"));
        assertThat(next.upper().keySet()).extracting(RootPath::toString).containsExactly("usr", "usr/bin", "usr/bin/b");
    }

    @Test
    void twoInputsOfOneLayerMayShipTheSame() throws Exception {
        UpperTree tree = new UpperTree(Listing.EMPTY);
        tree.add("/a", file("one", "same"));
        tree.add("/a", file("two", "same"));
        refused(() -> tree.add("/a", file("three", "other")))
                .hasMessage("/a: one ships a file of 4 bytes (mode 0644, owner 0:0), three ships a file of 5 bytes"
                        + " (mode 0644, owner 0:0): one path can be only one thing. Next: leave out one of the two,"
                        + " or put the one that is wanted under rootfs/");
    }

    @Test
    void whatAUserWroteTakesThePlaceOfWhatIsBelow() throws Exception {
        lower(Map.of("etc", SHUT, "etc/a", file("lower", "x"), "etc/d/x", file("lower", "x")));
        UpperTree tree = new UpperTree(Listing.EMPTY.with(lower));
        tree.replace(RootPath.of("etc/a"), file("user", "y"));
        tree.replaceAll(new TreeMap<>(
                Map.of(RootPath.of("etc"), Directory.made("user"), RootPath.of("etc/b"), file("user", "z"))));
        assertThat(tree.upper().keySet()).extracting(RootPath::toString).containsExactly("etc", "etc/a", "etc/b");
        assertThat(tree.upper().get(RootPath.of("etc")).mode()).isEqualTo(0750);
        refused(() -> tree.replace(RootPath.of("etc/d"), file("user", "y")))
                .hasMessageStartingWith("/etc/d: lower ships a directory (mode 0755, owner 0:0), user ships a file of 1");
    }

    private void lower(Map<String, Node> nodes) throws Exception {
        UpperTree tree = new UpperTree(Listing.EMPTY);
        Map<RootPath, Node> paths = new TreeMap<>();
        nodes.forEach((path, node) -> paths.put(RootPath.of(path), node));
        tree.add(paths);
        lower.putAll(tree.upper());
    }

    private static RegularFile file(String origin, String content) {
        return RegularFile.made(Content.of(content), 0644, origin);
    }

    private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(Problem.class);
    }
}
