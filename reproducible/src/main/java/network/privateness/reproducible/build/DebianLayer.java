package network.privateness.reproducible.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.DebFile;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.definition.PathFilter;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.HardLink;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;

/** The files of a target's Debian packages, and what scanners need to know them by. */
final class DebianLayer {

    /** Where scanners look for packages of images without a package manager; one stanza a file. */
    private static final String STATUS = "/var/lib/dpkg/status.d/";

    /**
     * A package and the files that are taken from it.
     *
     * @param pinned from the lock
     * @param files from the definition; everything for a dependency that no definition names
     */
    record Taken(PinnedPackage pinned, PathFilter files) {}

    private final List<Taken> packages;

    private DebianLayer(List<Taken> packages) {
        this.packages = packages;
    }

    /**
     * The packages that the lock names for a target.
     *
     * @throws Problem if an install says which files to take of a package that the base below has already
     */
    static DebianLayer of(String target, List<Install> installs, List<PinnedPackage> pinned, Platform platform) {
        installs.forEach(install -> requireEffect(target, install, pinned, platform));
        List<Taken> taken = new ArrayList<>();
        for (PinnedPackage one : pinned) {
            PathFilter filter = installs.stream()
                    .filter(install -> install instanceof Install.Debian
                            && install.name().equals(one.name())
                            && install.platforms().contains(platform))
                    .map(install -> ((Install.Debian) install).files())
                    .findFirst()
                    .orElse(PathFilter.ALL);
            taken.add(new Taken(one, filter));
        }
        return new DebianLayer(taken);
    }

    private static void requireEffect(String target, Install install, List<PinnedPackage> pinned, Platform platform) {
        if (install instanceof Install.Debian debian
                && !debian.files().equals(PathFilter.ALL)
                && debian.platforms().contains(platform)
                && pinned.stream().noneMatch(one -> one.name().equals(debian.name()))) {
            throw new Problem(
                    target,
                    "keep and drop of the Debian package " + debian.name() + " have no effect on " + platform
                            + ": the base has the package already",
                    "say them in " + Definitions.BASES_FILE + ", or take them away");
        }
    }

    boolean isEmpty() {
        return packages.isEmpty();
    }

    Recipe describe(Recipe recipe) {
        for (Taken taken : packages) {
            recipe.input(
                    "debian " + taken.pinned().name() + " " + taken.pinned().version(),
                    taken.pinned().sha256());
            recipe.rule("keep of " + taken.pinned().name(), taken.files().keep());
            recipe.rule("drop of " + taken.pinned().name(), taken.files().drop());
        }
        return recipe;
    }

    /** @param spool where archives are unpacked; must live as long as the tree */
    void fill(UpperTree tree, Inputs inputs, Path spool) throws IOException, InterruptedException {
        List<PinnedPackage> pinned = packages.stream().map(Taken::pinned).toList();
        List<Path> files = inputs.debian(pinned);
        for (int i = 0; i < packages.size(); i++) {
            DebFile deb = inputs.unpack(pinned.get(i), files.get(i), spool);
            tree.add(filtered(deb, packages.get(i).files()));
            describe(tree, pinned.get(i).name(), deb);
        }
    }

    private static void describe(UpperTree tree, String name, DebFile deb) throws IOException {
        tree.add(STATUS + name, RegularFile.made(Content.of(deb.control()), 0644, name));
        if (!deb.md5sums().isEmpty()) {
            tree.add(STATUS + name + ".md5sums", RegularFile.made(Content.of(deb.md5sums()), 0644, name));
        }
    }

    /**
     * Folders are taken when something below them is, or when a pattern keeps them by name. A hard link whose target is
     * not taken becomes a file of its own.
     */
    private static NavigableMap<RootPath, Node> filtered(DebFile deb, PathFilter filter) {
        if (filter.equals(PathFilter.ALL)) {
            return deb.nodes();
        }
        Predicate<String> taken = filter.compile();
        NavigableMap<RootPath, Node> nodes = new TreeMap<>();
        Set<RootPath> parents = new HashSet<>();
        // From the end, so that what is in a folder is seen before the folder.
        deb.nodes().descendingMap().forEach((path, node) -> {
            boolean wanted = taken.test(path.toString());
            if (node instanceof Directory
                    ? parents.contains(path) || wanted && !filter.keep().isEmpty()
                    : wanted) {
                boolean orphan = node instanceof HardLink link
                        && !taken.test(link.target().toString());
                nodes.put(path, orphan ? ((HardLink) node).file() : node);
                path.parent().ifPresent(parents::add);
            }
        });
        return nodes;
    }
}
