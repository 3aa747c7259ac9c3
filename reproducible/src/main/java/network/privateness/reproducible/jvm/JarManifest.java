package network.privateness.reproducible.jvm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;

/**
 * The main section of a jar's manifest, cut down to what a Java runtime or a scanner acts on.
 *
 * <p>Everything else tells who packed the jar, with what and when ({@code Created-By, Build-Jdk-Spec, Built-By,
 * Bnd-LastModified}), or serves OSGi. Per-entry sections hold signature digests, which our own manifest would break
 * anyhow, and package versions, which nothing here reads.
 */
final class JarManifest {

    static final String PATH = "META-INF/MANIFEST.MF";

    /** A signed jar's manifest has a section per entry: that of a cryptography library comes near 1 MB. */
    static final int MAX_BYTES = 8 << 20;

    private static final String VERSION = "Manifest-Version";
    private static final String CLASS_PATH = "Class-Path";
    private static final String BUILD_JDK = "Build-Jdk-Spec";

    /** Jar file specification ("Main Attributes"), java.lang.instrument, java.lang.Module; Bundle-* for scanners. */
    private static final List<String> KEPT = List.of(
            "Add-Exports",
            "Add-Opens",
            "Agent-Class",
            "Automatic-Module-Name",
            "Bundle-SymbolicName",
            "Bundle-Version",
            "Can-Redefine-Classes",
            "Can-Retransform-Classes",
            "Can-Set-Native-Method-Prefix",
            "Enable-Native-Access",
            "Implementation-Title",
            "Implementation-Vendor",
            "Implementation-Version",
            "Launcher-Agent-Class",
            "Main-Class",
            "Multi-Release",
            "Premain-Class",
            "Specification-Title",
            "Specification-Vendor",
            "Specification-Version");

    /** A line has 72 bytes without its end; a longer one goes on after a space (jar file specification). */
    private static final int LINE_BYTES = 72;

    private final Map<String, String> attributes;
    private final Optional<String> buildJdk;

    private JarManifest(Map<String, String> attributes, Optional<String> buildJdk) {
        this.attributes = attributes;
        this.buildJdk = buildJdk;
    }

    /** The manifest of a jar that has none. */
    static JarManifest empty() {
        return new JarManifest(new TreeMap<>(), Optional.empty());
    }

    /** @throws Problem if the bytes are no manifest, or a kept value has a control character */
    static JarManifest read(String where, byte[] bytes) {
        Manifest manifest;
        try {
            manifest = new Manifest(new ByteArrayInputStream(bytes));
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem(
                    where, "is not a manifest: " + e.getMessage(), "use a jar that a Java runtime can read", e);
        }
        Map<String, String> kept = new TreeMap<>();
        for (String name : KEPT) {
            String value = manifest.getMainAttributes().getValue(name);
            if (value != null) {
                kept.put(name, checked(where, name, value));
            }
        }
        return new JarManifest(
                kept, Optional.ofNullable(manifest.getMainAttributes().getValue(BUILD_JDK)));
    }

    /** The feature release of the JDK that compiled the jar, as Maven wrote it: {@code 25}. */
    Optional<String> buildJdk() {
        return buildJdk;
    }

    /** Whether the runtime looks below {@code META-INF/versions}. */
    boolean multiRelease() {
        return "true".equalsIgnoreCase(attributes.get("Multi-Release"));
    }

    Optional<String> mainClass() {
        return Optional.ofNullable(attributes.get("Main-Class"));
    }

    /** The same with this class path, file names beside the jar, in their order; empty for none. */
    JarManifest withClassPath(String where, List<String> fileNames) {
        Map<String, String> changed = new TreeMap<>(attributes);
        changed.remove(CLASS_PATH);
        if (!fileNames.isEmpty()) {
            changed.put(
                    CLASS_PATH,
                    fileNames.stream().map(name -> checkedFileName(where, name)).collect(Collectors.joining(" ")));
        }
        return new JarManifest(changed, buildJdk);
    }

    /** In the format of the jar file specification: version first, then the attributes in byte order. */
    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        line(out, VERSION + ": 1.0");
        attributes.forEach((name, value) -> line(out, name + ": " + value));
        out.writeBytes(new byte[] {'\r', '\n'});
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, String text) {
        int room = LINE_BYTES;
        for (int i = 0; i < text.length(); ) {
            int next = text.offsetByCodePoints(i, 1);
            byte[] character = text.substring(i, next).getBytes(StandardCharsets.UTF_8);
            if (character.length > room) {
                out.writeBytes(new byte[] {'\r', '\n', ' '});
                room = LINE_BYTES - 1;
            }
            out.writeBytes(character);
            room -= character.length;
            i = next;
        }
        out.writeBytes(new byte[] {'\r', '\n'});
    }

    private static String checked(String where, String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new Problem(where, name + " has a control character", "use a jar with a plain manifest");
        }
        return value;
    }

    /** Class-Path entries are relative URLs separated by spaces: these characters stand for themselves there. */
    private static String checkedFileName(String where, String name) {
        if (!name.matches("[A-Za-z0-9._+~/-]+") || name.startsWith("/") || ("/" + name + "/").contains("/../")) {
            throw new Problem(
                    where,
                    "class path entry \"" + name + "\" is not a relative path of letters, digits and . _ + ~ / -",
                    "give the dependency such a file name in the image");
        }
        return name;
    }
}
