package network.privateness.reproducible.rootfs;

import java.io.IOException;
import network.privateness.reproducible.Problem;

/** Whether two nodes can be at one path, and how to say that they can't. */
final class NodeComparison {

    private NodeComparison() {}

    /** The same but for time and origin. */
    static boolean areCompatible(Node one, Node other) throws IOException {
        if (one.getClass() != other.getClass()
                || one.mode() != other.mode()
                || one.uid() != other.uid()
                || one.gid() != other.gid()) {
            return false;
        }
        if (one instanceof RegularFile) {
            return haveSameContent((RegularFile) one, (RegularFile) other);
        }
        if (one instanceof SymbolicLink) {
            return ((SymbolicLink) one).target().equals(((SymbolicLink) other).target());
        }
        if (one instanceof HardLink) {
            return ((HardLink) one).target().equals(((HardLink) other).target())
                    && haveSameContent(((HardLink) one).file(), ((HardLink) other).file());
        }
        return true;
    }

    /** The same but for the origin. */
    static boolean areEqual(Node one, Node other) throws IOException {
        return one.mtime() == other.mtime() && areCompatible(one, other);
    }

    static Problem conflict(RootPath path, Node one, Node other) {
        return new Problem(
                path.absolute(),
                one.origin() + " ships " + describe(one) + ", " + other.origin() + " ships " + describe(other)
                        + ": one path can be only one thing",
                "leave out one of the two, or put the one that is wanted under rootfs/");
    }

    static String describe(Node node) {
        String owner = " (mode " + Integer.toOctalString(010000 | node.mode()).substring(1) + ", owner " + node.uid()
                + ":" + node.gid() + ")";
        if (node instanceof SymbolicLink) {
            return "a link to " + ((SymbolicLink) node).target();
        }
        if (node instanceof HardLink) {
            return "a hard link to " + ((HardLink) node).target().absolute();
        }
        if (node instanceof RegularFile) {
            return "a file of " + ((RegularFile) node).content().size() + " bytes" + owner;
        }
        return "a directory" + owner;
    }

    private static boolean haveSameContent(RegularFile one, RegularFile other) throws IOException {
        return one.capability().equals(other.capability()) && Content.sameBytes(one.content(), other.content());
    }
}
