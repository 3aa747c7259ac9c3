package network.privateness.reproducible.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.DebFile;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.Effect;
import network.privateness.reproducible.jvm.TrustStore;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;

/** Computes what maintainer scripts would have made. */
final class Effects {

    /** Where Debian's Java packages point for their trust anchors; the linked runtime does the same. */
    static final String JAVA_TRUST_STORE = "/etc/ssl/certs/java/cacerts";

    private static final String CERTIFICATES = "usr/share/ca-certificates/mozilla/";

    private static final String CERTIFICATES_PACKAGE = "ca-certificates";

    private static final int LARGEST_CERTIFICATE = 1 << 16;

    private Effects() {}

    /** @param chain the packages of the target and of all bases below it */
    static Recipe describe(Recipe recipe, List<Effect> effects, List<PinnedPackage> chain) {
        for (Effect effect : effects) {
            recipe.rule("effect", effect);
            if (effect != Effect.RUN_FOLDERS) {
                recipe.input("certificates", certificatesPackage(chain).sha256());
            }
        }
        return recipe;
    }

    static void apply(List<Effect> effects, UpperTree tree, List<PinnedPackage> chain, Inputs inputs, Path spool)
            throws IOException, InterruptedException {
        for (Effect effect : effects) {
            switch (effect) {
                case RUN_FOLDERS -> runFolders(tree);
                case CA_CERTIFICATES -> caCertificates(tree, certificates(chain, inputs, spool));
                case JAVA_TRUST_STORE ->
                    tree.add(
                            JAVA_TRUST_STORE,
                            RegularFile.made(
                                    Content.of(trustStore(chain, inputs, spool).jks()), 0644, effect.toString()));
            }
        }
    }

    static TrustStore trustStore(List<PinnedPackage> chain, Inputs inputs, Path spool)
            throws IOException, InterruptedException {
        return TrustStore.of(CERTIFICATES_PACKAGE, certificates(chain, inputs, spool));
    }

    private static void runFolders(UpperTree tree) throws IOException {
        String origin = Effect.RUN_FOLDERS.toString();
        for (String folder : List.of("run", "run/lock", "tmp", "var/tmp")) {
            replace(tree, folder, new Directory(01777, 0, 0, Node.AT_EPOCH, origin));
        }
        replace(tree, "var/run", SymbolicLink.made("/run", origin));
        replace(tree, "var/lock", SymbolicLink.made("/run/lock", origin));
    }

    private static void replace(UpperTree tree, String path, Node node) throws IOException {
        tree.replace(RootPath.of(path), node);
    }

    private static void caCertificates(UpperTree tree, Map<String, byte[]> certificates) throws IOException {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] certificate : certificates.values()) {
            bundle.write(certificate);
            // As update-ca-certificates does it: else two certificates would share a line.
            if (certificate.length > 0 && certificate[certificate.length - 1] != '\n') {
                bundle.write('\n');
            }
        }
        tree.add(
                "/etc/ssl/certs/ca-certificates.crt",
                RegularFile.made(Content.of(bundle.toByteArray()), 0644, Effect.CA_CERTIFICATES.toString()));
    }

    /** Content by file name, in byte order of the names: that of the tree. */
    private static Map<String, byte[]> certificates(List<PinnedPackage> chain, Inputs inputs, Path spool)
            throws IOException, InterruptedException {
        PinnedPackage pinned = certificatesPackage(chain);
        DebFile deb = inputs.unpack(pinned, spool);
        Map<String, byte[]> certificates = new LinkedHashMap<>();
        for (Map.Entry<RootPath, Node> entry : deb.nodes().entrySet()) {
            String path = entry.getKey().toString();
            if (path.startsWith(CERTIFICATES)
                    && path.endsWith(".crt")
                    && entry.getValue() instanceof RegularFile file) {
                certificates.put(path.substring(CERTIFICATES.length()), certificate(pinned, entry.getKey(), file));
            }
        }
        if (certificates.isEmpty()) {
            throw new Problem(
                    pinned.name() + " " + pinned.version(),
                    "it holds no certificate below /" + CERTIFICATES,
                    "pin another version of the package");
        }
        return certificates;
    }

    private static byte[] certificate(PinnedPackage pinned, RootPath path, RegularFile file) throws IOException {
        if (file.content().size() > LARGEST_CERTIFICATE) {
            throw new Problem(
                    pinned.name() + " " + pinned.version(),
                    path.absolute() + " has " + file.content().size() + " bytes, a certificate at most "
                            + LARGEST_CERTIFICATE,
                    "pin another version of the package");
        }
        try (InputStream in = file.content().open()) {
            return in.readAllBytes();
        }
    }

    private static PinnedPackage certificatesPackage(List<PinnedPackage> chain) {
        return chain.stream()
                .filter(pinned -> pinned.name().equals(CERTIFICATES_PACKAGE))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "bases.yaml",
                        "an effect needs the package " + CERTIFICATES_PACKAGE
                                + ", which neither this base nor one below takes",
                        "add it to \"install\""));
    }
}
