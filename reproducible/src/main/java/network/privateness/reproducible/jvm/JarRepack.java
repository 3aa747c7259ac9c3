package network.privateness.reproducible.jvm;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256OutputStream;

/**
 * Packs a jar again, so that its bytes depend on its classes and resources alone and not on the JDK, the Maven or the
 * clock that packed it.
 *
 * <p>Our own manifest comes first, then the files in byte order of their names, stored, at one fixed time. Directory
 * entries, signatures, {@code INDEX.LIST} and {@code pom.xml} are left out, {@code pom.properties} keeps its
 * coordinates. Nothing is unpacked to the disk, and no more than a buffer is held.
 */
public final class JarRepack {

    /** Bounds what a hostile jar can take of memory (its directory is held) and disk; ours stay far below. */
    private static final long MAX_JAR_BYTES = 256L << 20;

    private static final long MAX_ENTRY_BYTES = 512L << 20;

    private static final int BUFFER = 64 << 10;
    private static final String OTHER_JAR = "use another release of this jar";

    private final String where;
    private final JarRules rules;

    private JarRepack(String where, JarRules rules) {
        this.where = where;
        this.rules = rules;
    }

    /**
     * Writes {@code jar} again; after a {@link Problem} what {@code out} got is of no use.
     *
     * @param where how messages name the jar, for example its coordinates
     * @param out gets the new jar; it is flushed, not closed
     * @throws Problem if the jar is damaged, ambiguous or breaks the rules
     */
    public static RepackedJar repack(String where, Path jar, JarRules rules, OutputStream out) throws IOException {
        if (Files.size(jar) > MAX_JAR_BYTES) {
            throw new Problem(
                    where, "has " + Files.size(jar) + " bytes, at most " + MAX_JAR_BYTES + " are taken", OTHER_JAR);
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return new JarRepack(where, rules).repack(zip, out);
        } catch (ZipException | EOFException e) {
            throw damaged(where, e);
        }
    }

    private RepackedJar repack(ZipFile zip, OutputStream out) throws IOException {
        Optional<ZipEntry> manifestEntry = Optional.empty();
        Map<String, ZipEntry> files = new TreeMap<>(JarRepack::compareBytes);
        long total = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = JarEntryName.checked(where, entry.getName());
            if (JarEntryName.isManifest(name)) {
                if (manifestEntry.isPresent()) {
                    throw duplicate(name);
                }
                manifestEntry = Optional.of(entry);
            } else if (!JarEntryName.isDirectory(name)) {
                total = addSize(total, entry);
                if (files.put(name, entry) != null) {
                    throw duplicate(name);
                }
            }
        }
        files.keySet().removeIf(JarEntryName::isDropped);
        if (files.size() >= StoredZipWriter.MAX_ENTRIES) {
            throw new Problem(where, "has more than " + StoredZipWriter.MAX_ENTRIES + " files", OTHER_JAR);
        }

        JarManifest manifest = JarManifest.empty();
        if (manifestEntry.isPresent()) {
            manifest = JarManifest.read(where, small(zip, manifestEntry.get(), JarManifest.MAX_BYTES));
        }
        checkJdk(manifest);
        manifest = manifest.withClassPath(where, rules.classPath());

        var digest = new Sha256OutputStream(out);
        var buffered = new BufferedOutputStream(digest, BUFFER);
        var writer = new StoredZipWriter(buffered);
        bytes(writer, JarManifest.PATH, manifest.bytes());
        for (Map.Entry<String, ZipEntry> file : files.entrySet()) {
            if (JarEntryName.isPomProperties(file.getKey())) {
                Optional<byte[]> properties =
                        PomProperties.normalized(small(zip, file.getValue(), PomProperties.MAX_BYTES));
                if (properties.isPresent()) {
                    bytes(writer, file.getKey(), properties.get());
                }
            } else {
                copy(zip, file.getValue(), writer, manifest.multiRelease());
            }
        }
        writer.finish();
        buffered.flush();
        return new RepackedJar(digest.digest(), digest.size(), manifest.mainClass(), manifest.multiRelease());
    }

    private void checkJdk(JarManifest manifest) {
        if (rules.requiredJdk().isEmpty()) {
            return;
        }
        String required = Integer.toString(rules.requiredJdk().getAsInt());
        String found = manifest.buildJdk().orElse("none");
        if (!found.equals(required)) {
            throw new Problem(
                    where,
                    "Build-Jdk-Spec in its manifest is " + found + ", but the selected JDK is " + required
                            + ": another compiler gives other bytes",
                    "build the module with the toolchain of the root POM (mvn clean package)");
        }
    }

    private long addSize(long total, ZipEntry entry) {
        if (entry.getSize() < 0 || entry.getSize() > MAX_ENTRY_BYTES) {
            throw new Problem(
                    where,
                    "\"" + entry.getName() + "\" has " + entry.getSize() + " bytes, at most " + MAX_ENTRY_BYTES
                            + " are taken",
                    OTHER_JAR);
        }
        // The headers of 65,534 entries stay below this share.
        long sum = total + entry.getSize();
        if (sum > StoredZipWriter.MAX_SIZE / 2) {
            throw new Problem(where, "has more than " + StoredZipWriter.MAX_SIZE / 2 + " bytes unpacked", OTHER_JAR);
        }
        return sum;
    }

    private void copy(ZipFile zip, ZipEntry entry, StoredZipWriter writer, boolean multiRelease) throws IOException {
        long size = entry.getSize();
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] buffer = new byte[BUFFER];
            int length = in.readNBytes(buffer, 0, BUFFER);
            if (JarEntryName.isClass(entry.getName())) {
                checkClass(entry.getName(), Arrays.copyOf(buffer, Math.min(length, 8)), multiRelease);
            }
            writer.entry(entry.getName(), entry.getCrc(), size);
            var crc = new CRC32();
            long done = 0;
            for (; length > 0 && done + length <= size; length = in.readNBytes(buffer, 0, BUFFER)) {
                crc.update(buffer, 0, length);
                writer.write(buffer, length);
                done += length;
            }
            checkContent(entry, length == 0 ? done : done + length, crc);
        }
    }

    private void checkClass(String name, byte[] header, boolean multiRelease) {
        int layer = JarEntryName.layer(name);
        Optional<Integer> ceiling = rules.releases().ceiling(layer);
        if (layer > 0 && !multiRelease || ceiling.isEmpty()) {
            return; // no runtime of ours loads it
        }
        ClassFileVersion version;
        try {
            version = ClassFileVersion.parse(header);
        } catch (IllegalArgumentException e) {
            throw new Problem(where, "\"" + name + "\" " + e.getMessage(), OTHER_JAR, e);
        }
        if (version.release() > ceiling.get() || version.preview()) {
            throw new Problem(
                    where,
                    "\"" + name + "\" needs Java " + version.release() + (version.preview() ? " with previews" : "")
                            + ", but Java " + ceiling.get() + " of the image loads it",
                    "compile it with --release " + ceiling.get() + " or older, or use an older release of this jar");
        }
    }

    private byte[] small(ZipFile zip, ZipEntry entry, int limit) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new Problem(where, "\"" + entry.getName() + "\" is larger than " + limit + " bytes", OTHER_JAR);
            }
            var crc = new CRC32();
            crc.update(bytes);
            checkContent(entry, bytes.length, crc);
            return bytes;
        }
    }

    private void checkContent(ZipEntry entry, long size, CRC32 crc) {
        if (size != entry.getSize() || crc.getValue() != entry.getCrc()) {
            throw new Problem(
                    where, "\"" + entry.getName() + "\" does not have its recorded size and CRC-32", OTHER_JAR);
        }
    }

    private static void bytes(StoredZipWriter writer, String name, byte[] bytes) throws IOException {
        var crc = new CRC32();
        crc.update(bytes);
        writer.entry(name, crc.getValue(), bytes.length);
        writer.write(bytes, bytes.length);
    }

    private Problem duplicate(String name) {
        return new Problem(where, "has two entries \"" + name + "\"", OTHER_JAR);
    }

    private static Problem damaged(String where, IOException e) {
        return new Problem(where, "is not a readable jar: " + e.getMessage(), "download or build it again", e);
    }

    private static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
