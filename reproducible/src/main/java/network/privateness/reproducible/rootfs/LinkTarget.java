package network.privateness.reproducible.rootfs;

/** Where the target of a symbolic link leads, by its text. */
final class LinkTarget {

    private LinkTarget() {}

    /** Whether {@code ..} in the target leads above the root at any point. */
    static boolean climbsAboveRoot(RootPath link, String target) {
        long depth = target.startsWith("/")
                ? 0
                : link.toString().chars().filter(c -> c == '/').count();
        for (String component : target.split("/", -1)) {
            if (component.equals("..")) {
                depth--;
            } else if (!component.isEmpty() && !component.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
