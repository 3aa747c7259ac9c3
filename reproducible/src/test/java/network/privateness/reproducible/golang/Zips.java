package network.privateness.reproducible.golang;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small module zips. */
public final class Zips {

    private Zips() {}

    /** @param files content by full name, in this order */
    public static Path write(Path zip, Map<String, String> files) throws IOException {
        return write(zip, files, 6);
    }

    static Path write(Path zip, Map<String, String> files, int level) throws IOException {
        Files.createDirectories(zip.getParent());
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(level);
            for (Map.Entry<String, String> member : files.entrySet()) {
                out.putNextEntry(new ZipEntry(member.getKey()));
                out.write(member.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return zip;
    }

    /** Replaces a name in local headers and directory by another one of the same length. */
    static Path rename(Path zip, String name, String by) throws IOException {
        String bytes = Files.readString(zip, StandardCharsets.ISO_8859_1);
        Files.writeString(zip, bytes.replace(name, by), StandardCharsets.ISO_8859_1);
        return zip;
    }
}
