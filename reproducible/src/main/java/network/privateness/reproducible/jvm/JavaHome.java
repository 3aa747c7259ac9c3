package network.privateness.reproducible.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/**
 * An installed JDK, as its {@code release} file describes it.
 *
 * @param path its folder, the one that holds {@code bin} and {@code release}
 * @param feature its feature release: 25 for 25.0.3
 * @param version {@code JAVA_VERSION}: 25.0.3
 * @param vendor {@code IMPLEMENTOR}, for provenance; "unknown" if the file has none
 * @param build the most exact version it gives of itself, for provenance: 25.0.3+9-LTS
 */
public record JavaHome(Path path, int feature, String version, String vendor, String build) {

    private static final int MAX_RELEASE_BYTES = 256 << 10;
    private static final Pattern LINE = Pattern.compile("([A-Z][A-Z0-9_]*)=\"(.*)\"");
    private static final Pattern VERSION = Pattern.compile("(?:1\\.)?([1-9][0-9]{0,3})([._+-][A-Za-z0-9._+-]*)?");

    public JavaHome {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(build, "build");
    }

    /** @throws Problem if the folder is not a Java installation */
    public static JavaHome read(Path home) throws IOException {
        Path file = home.resolve("release");
        if (!Files.isRegularFile(file)) {
            throw new Problem(
                    home.toString(), "is not a JDK: it has no file \"release\"", "name the folder that has bin/java");
        }
        Map<String, String> values = release(file);
        String version = values.getOrDefault("JAVA_VERSION", "");
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw new Problem(file.toString(), "JAVA_VERSION is \"" + version + "\"", "use a complete JDK");
        }
        String build = values.getOrDefault("JAVA_RUNTIME_VERSION", version);
        String vendor = values.getOrDefault("IMPLEMENTOR", "unknown");
        return new JavaHome(home, Integer.parseInt(matcher.group(1)), version, vendor, build);
    }

    /** @throws Problem if its feature release is another one */
    public JavaHome require(int needed) {
        if (feature != needed) {
            throw new Problem(
                    path.toString(),
                    "is Java " + version + ", but a JDK " + needed + " is needed",
                    "install a JDK " + needed + ", or name its folder in toolchains.xml");
        }
        return this;
    }

    /**
     * One of its programs, for example {@code jlink}.
     *
     * @throws Problem if it has none of this name: a runtime without development tools
     */
    public Path tool(String name) {
        Path tool = path.resolve("bin").resolve(name);
        if (!Files.isExecutable(tool)) {
            throw new Problem(path.toString(), "has no program bin/" + name, "install a complete JDK " + feature);
        }
        return tool;
    }

    /** The lines {@code KEY="value"} of a {@code release} file, sorted; others are passed over. */
    static Map<String, String> release(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_RELEASE_BYTES + 1);
        }
        if (bytes.length > MAX_RELEASE_BYTES) {
            throw new Problem(file.toString(), "is larger than " + MAX_RELEASE_BYTES + " bytes", "use a complete JDK");
        }
        Map<String, String> values = new TreeMap<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\\R")) {
            Matcher matcher = LINE.matcher(line.strip());
            if (matcher.matches()) {
                values.putIfAbsent(matcher.group(1), matcher.group(2));
            }
        }
        return values;
    }
}
