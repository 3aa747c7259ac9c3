package network.privateness.reproducible.build;

import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.RootTree;
import network.privateness.reproducible.rootfs.SymbolicLink;

/**
 * The whole root file system of an image while one more layer is made: what is below, of which the bytes are not known
 * any more, and what comes on top.
 */
final class UpperTree {

    private final NavigableMap<RootPath, Node> lower;
    private final RootTree tree = new RootTree();

    UpperTree(Listing lower) throws IOException {
        this.lower = lower.nodes();
        tree.addAll(this.lower);
    }

    /**
     * Adds what an input ships.
     *
     * @throws Problem if something else is there already; a file that a layer below has is always something else
     */
    void add(Map<RootPath, ? extends Node> input) throws IOException {
        for (Map.Entry<RootPath, ? extends Node> entry : input.entrySet()) {
            RootPath place = RootTree.place(entry.getKey());
            Node below = lower.get(place);
            if (below != null && tree.nodes().get(place) == below && (isFile(below) || isFile(entry.getValue()))) {
                throw new Problem(
                        place.absolute(),
                        "it comes from " + entry.getValue().origin() + " and, in a layer below, from " + below.origin(),
                        "drop it from one of the two in the definition");
            }
        }
        tree.addAll(input);
    }

    void add(String path, Node node) throws IOException {
        add(Map.of(RootPath.parseAbsolute(path, node.origin()), node));
    }

    /** Puts what a user wrote, over whatever is there. */
    void replace(RootPath path, Node node) throws IOException {
        tree.replace(path, node);
    }

    /** Puts a folder that a user wrote; see {@link RootTree#replaceAll}. */
    void replaceAll(Map<RootPath, ? extends Node> folder) throws IOException {
        tree.replaceAll(folder);
    }

    /** What came on top, and its parents. */
    NavigableMap<RootPath, Node> upper() {
        NavigableMap<RootPath, Node> upper = new TreeMap<>();
        tree.nodes().forEach((path, node) -> {
            if (lower.get(path) != node) {
                upper.put(path, node);
                Optional<RootPath> parent = path.parent();
                while (parent.isPresent()
                        && upper.putIfAbsent(parent.get(), tree.nodes().get(parent.get())) == null) {
                    parent = parent.get().parent();
                }
            }
        });
        return upper;
    }

    private static boolean isFile(Node node) {
        return !(node instanceof Directory || node instanceof SymbolicLink);
    }
}
