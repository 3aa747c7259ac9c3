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

/** The whole root file system of an image while one more layer is made: what is below, and what comes on top. */
final class UpperTree {

    private final NavigableMap<RootPath, Node> lower;
    private final RootTree tree = new RootTree();

    UpperTree(Listing lower) throws IOException {
        this.lower = lower.nodes();
        tree.addAll(this.lower);
    }

    /** Adds what an input ships; a file that is already there from another input is a conflict. */
    void add(Map<RootPath, ? extends Node> input) throws IOException {
        for (Map.Entry<RootPath, ? extends Node> entry : input.entrySet()) {
            Optional<Node> present = tree.get(entry.getKey());
            boolean twice = present.isPresent()
                    && present.get() == lower.get(entry.getKey())
                    && !(present.get() instanceof Directory && entry.getValue() instanceof Directory);
            if (twice) {
                throw new Problem(
                        entry.getKey().absolute(),
                        "it comes from " + entry.getValue().origin() + " and, in a layer below, from "
                                + present.get().origin(),
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

    RootTree tree() {
        return tree;
    }

    /** What came on top, and its parents. */
    NavigableMap<RootPath, Node> upper() {
        NavigableMap<RootPath, Node> upper = new TreeMap<>();
        tree.nodes().forEach((path, node) -> {
            if (lower.get(path) != node) {
                upper.put(path, node);
                for (Optional<RootPath> parent = path.parent(); parent.isPresent(); parent = parent.get().parent()) {
                    upper.putIfAbsent(parent.get(), tree.nodes().get(parent.get()));
                }
            }
        });
        return upper;
    }
}
