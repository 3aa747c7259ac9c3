package network.privateness.reproducible.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.DebFile;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.jvm.JavaHome;
import network.privateness.reproducible.jvm.JavaRuntime;
import network.privateness.reproducible.jvm.TrustStore;
import network.privateness.reproducible.rootfs.FolderReader;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;

/** Links Java runtimes from the module files of a pinned Debian package. */
final class JavaRuntimes {

    /** How {@link JavaRuntime} calls jlink; another number means other bytes for the same inputs. */
    private static final int LINK_RULES = 1;

    private static final String JMODS = "/jmods/";

    private final Supplier<JavaHome> jdk;

    /** @param jdk whose jlink is run */
    JavaRuntimes(Supplier<JavaHome> jdk) {
        this.jdk = jdk;
    }

    Recipe describe(Recipe recipe, Install.Jlink install, PinnedPackage pinned) {
        recipe.input("jmods " + pinned.name() + " " + pinned.version(), pinned.sha256());
        recipe.rule("jlink", LINK_RULES);
        recipe.rule("modules", install.modules());
        recipe.rule("to", install.to());
        return recipe;
    }

    /** @param scratch where modules are unpacked and linked; must live as long as the tree */
    void fill(
            UpperTree tree, Install.Jlink install, PinnedPackage pinned, TrustStore trust, Inputs inputs, Path scratch)
            throws IOException, InterruptedException {
        Path jmods = Files.createTempDirectory(scratch, "jmods");
        DebFile deb = inputs.unpack(pinned, scratch);
        for (Map.Entry<RootPath, Node> entry : deb.nodes().entrySet()) {
            String path = entry.getKey().toString();
            if (path.contains(JMODS) && path.endsWith(".jmod") && entry.getValue() instanceof RegularFile file) {
                try (InputStream in = file.content().open()) {
                    Files.copy(in, jmods.resolve(entry.getKey().name()));
                }
            }
        }
        if (!Files.exists(jmods.resolve("java.base.jmod"))) {
            throw new Problem(
                    "bases.yaml",
                    "the package " + pinned.name() + " holds no java.base.jmod",
                    "name the package of a JDK in \"jlink\"");
        }
        Path output = Files.createTempDirectory(scratch, "runtime").resolve("java");
        new JavaRuntime(pinned.name() + " " + pinned.version(), jdk.get(), jmods)
                .link(install.modules(), trust, output);
        RootPath to = RootPath.parseAbsolute(install.to(), "bases.yaml");
        NavigableMap<RootPath, Node> nodes = new TreeMap<>();
        FolderReader.read(output, pinned.name()).forEach((path, node) -> nodes.put(to.resolve(path), node));
        // One trust store for all runtimes, where Debian's own packages look for it.
        nodes.put(to.resolve("lib/security/cacerts"), SymbolicLink.made(Effects.JAVA_TRUST_STORE, pinned.name()));
        tree.add(nodes);
    }
}
