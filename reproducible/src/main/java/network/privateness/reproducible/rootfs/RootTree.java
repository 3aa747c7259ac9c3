package network.privateness.reproducible.rootfs;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;

/**
 * A virtual root file system that several inputs fill. Whatever can't be at one path together is a {@link Problem} that
 * names both inputs; nothing is ever replaced silently.
 *
 * <ul>
 *   <li>Merged /usr: paths below {@code bin sbin lib lib32 lib64 libx32} go below {@code usr/}, directories of these names
 *       are dropped, and the link {@code bin -> usr/bin} is made as soon as something is below {@code usr/bin}.
 *   <li>Missing parents are made (0755, of root, at the epoch); an input that ships one later decides about it.
 *   <li>The same file or link twice is fine if type, mode, owner and content are equal: the first one stays. The same
 *       directory twice is fine if mode and owner are equal.
 *   <li>Nothing can be below a symbolic link, and no relative link may climb above the root. Absolute targets are fine:
 *       they are resolved inside the image.
 *   <li>A hard link's target must be there before it.
 *   <li>Paths that differ only in case are fine: Debian packages have them. {@link CaseConflict} refuses them in what
 *       users provide.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class RootTree {

    private final NavigableMap<RootPath, Node> nodes = new TreeMap<>();

    /** Parents and links that were made here and that an input may still define. */
    private final Set<RootPath> made = new HashSet<>();

    /** Adds one node; see the class for what is refused. */
    public void add(RootPath path, Node node) throws IOException {
        RootPath place = MergedUsr.map(path);
        if (MergedUsr.isLink(place) && node instanceof Directory) {
            ensureLink(place, node.origin());
            return;
        }
        checkLink(place, node);
        makeParents(place, node.origin());
        Node mapped = mapTarget(place, node);
        Node present = nodes.get(place);
        if (present == null || made.contains(place) && present.getClass() == mapped.getClass()) {
            nodes.put(place, mapped);
            made.remove(place);
        } else if (!NodeComparison.areCompatible(present, mapped)) {
            throw NodeComparison.conflict(place, present, mapped);
        }
    }

    /** Adds all nodes of one input, hard links last, as their targets must be there. */
    public void addAll(Map<RootPath, ? extends Node> input) throws IOException {
        for (Map.Entry<RootPath, ? extends Node> entry : input.entrySet()) {
            if (!(entry.getValue() instanceof HardLink)) {
                add(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<RootPath, ? extends Node> entry : input.entrySet()) {
            if (entry.getValue() instanceof HardLink) {
                add(entry.getKey(), entry.getValue());
            }
        }
    }

    /**
     * Puts a node where another one may be already: what a user wrote rules over what an input ships. A directory with
     * something in it can only be replaced by a directory.
     */
    public void replace(RootPath path, Node node) throws IOException {
        RootPath place = MergedUsr.map(path);
        Node present = nodes.get(place);
        if (present instanceof Directory && !(node instanceof Directory) && hasChildren(place)) {
            throw NodeComparison.conflict(place, present, node);
        }
        if (!MergedUsr.isLink(place)) {
            nodes.remove(place);
        }
        add(path, node);
    }

    /**
     * Replaces by all nodes of a folder that a user wrote; call it after all inputs were added. Its directories only hold
     * its files: one that is there already keeps its mode and owner, as a folder in a repository has none, and one that is
     * something else there is refused, as it would cut off what is behind a link.
     */
    public void replaceAll(Map<RootPath, ? extends Node> folder) throws IOException {
        for (Map.Entry<RootPath, ? extends Node> entry : folder.entrySet()) {
            RootPath place = MergedUsr.map(entry.getKey());
            Node present = nodes.get(place);
            if (!(entry.getValue() instanceof Directory) || present == null || MergedUsr.isLink(place)) {
                replace(place, entry.getValue());
            } else if (!(present instanceof Directory)) {
                throw NodeComparison.conflict(place, present, entry.getValue());
            }
        }
    }

    /** Where a path really is: merged /usr is followed. */
    public static RootPath place(RootPath path) {
        return MergedUsr.map(path);
    }

    /** What is at this path; merged /usr is followed. */
    public Optional<Node> get(RootPath path) {
        return Optional.ofNullable(nodes.get(MergedUsr.map(path)));
    }

    /** All nodes, sorted; a live view that can't be changed. */
    public NavigableMap<RootPath, Node> nodes() {
        return Collections.unmodifiableNavigableMap(nodes);
    }

    /** A copy of what is at and below this path. */
    public NavigableMap<RootPath, Node> subtree(RootPath top) {
        NavigableMap<RootPath, Node> below = new TreeMap<>();
        for (Map.Entry<RootPath, Node> entry : nodes.tailMap(top, true).entrySet()) {
            if (entry.getKey().startsWith(top)) {
                below.put(entry.getKey(), entry.getValue());
            } else if (!entry.getKey().toString().startsWith(top.toString())) {
                break;
            }
        }
        return below;
    }

    private void checkLink(RootPath place, Node node) {
        if (node instanceof SymbolicLink) {
            SymbolicLink link = (SymbolicLink) node;
            if (LinkTarget.climbsAboveRoot(place, link.target())) {
                throw new Problem(
                        place.absolute(),
                        link.origin() + " links it to \"" + link.target() + "\", which is above the root",
                        "use a target inside the image");
            }
        }
        boolean wrong = MergedUsr.isLink(place)
                && !(node instanceof SymbolicLink
                        && ((SymbolicLink) node).target().equals(MergedUsr.target(place)));
        if (wrong) {
            throw new Problem(
                    place.absolute(),
                    node.origin() + " ships " + NodeComparison.describe(node) + ", but it must be the link to "
                            + MergedUsr.target(place) + " (merged /usr)",
                    "put its content below /usr" + place.absolute());
        }
    }

    private Node mapTarget(RootPath place, Node node) {
        if (!(node instanceof HardLink)) {
            return node;
        }
        HardLink link = (HardLink) node;
        RootPath target = MergedUsr.map(link.target());
        Node present = nodes.get(target);
        if (!(present instanceof RegularFile) || target.equals(place)) {
            throw new Problem(
                    place.absolute(),
                    link.origin() + " ships a hard link to " + target.absolute() + ", which is not a file of the image",
                    "add its target first, or use another input");
        }
        return new HardLink(target, (RegularFile) present, link.origin());
    }

    private void makeParents(RootPath place, String origin) {
        for (Optional<RootPath> parent = place.parent();
                parent.isPresent();
                parent = parent.get().parent()) {
            Node present = nodes.get(parent.get());
            if (present instanceof Directory) {
                break;
            }
            if (present != null) {
                throw new Problem(
                        place.absolute(),
                        origin + " ships it, but " + parent.get().absolute() + " is " + NodeComparison.describe(present)
                                + " from " + present.origin(),
                        "leave out one of the two, or put the file where the link points to");
            }
            nodes.put(parent.get(), Directory.made(origin));
            made.add(parent.get());
        }
        MergedUsr.linkFor(place).ifPresent(link -> ensureLink(link, origin));
    }

    private void ensureLink(RootPath link, String origin) {
        if (!nodes.containsKey(link)) {
            nodes.put(link, SymbolicLink.made(MergedUsr.target(link), origin));
            made.add(link);
        }
    }

    private boolean hasChildren(RootPath path) {
        return subtree(path).size() > 1;
    }
}
