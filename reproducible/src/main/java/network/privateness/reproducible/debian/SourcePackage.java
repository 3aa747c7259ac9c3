package network.privateness.reproducible.debian;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.digest.Sha256;

/**
 * A source package of an archive (Debian Policy 5.4): its .dsc and the files that this names.
 *
 * @param files all of them, in the order of the list
 */
public record SourcePackage(List<SourceFile> files) {

    public SourcePackage {
        files = List.copyOf(files);
    }

    /**
     * One file of a source package.
     *
     * @param path below the archive's root
     * @param size in bytes
     * @param sha256 of its content
     */
    public record SourceFile(String path, long size, Sha256 sha256) {}

    /**
     * Reads a Sources file.
     *
     * @param wanted {@code name (version)}
     * @return those of them that are in it, by the same names
     */
    static Map<String, SourcePackage> find(InputStream in, Set<String> wanted, String where) throws IOException {
        Map<String, SourcePackage> found = new TreeMap<>();
        ControlFile file = new ControlFile(in, where, InRelease.NEXT, ControlFile.Style.ARCHIVE);
        for (Optional<Stanza> next = file.next(); next.isPresent(); next = file.next()) {
            Stanza stanza = next.get();
            String name = stanza.require("Package") + " (" + stanza.require("Version") + ")";
            if (wanted.contains(name)) {
                found.put(name, new SourcePackage(files(stanza)));
            }
        }
        return found;
    }

    private static List<SourceFile> files(Stanza stanza) {
        List<SourceFile> files = new ArrayList<>();
        for (String line : stanza.require("Checksums-Sha256").strip().split("\n")) {
            String[] fields = line.strip().split(" +");
            if (fields.length != 3 || !fields[0].matches("[0-9a-f]{64}") || !fields[1].matches("[0-9]{1,12}")) {
                throw stanza.problem("Checksums-Sha256: \"" + Quoted.text(line) + "\" is not hash, size and name");
            }
            String path = stanza.require("Directory") + "/" + fields[2];
            ArchivePath.fault(path).ifPresent(fault -> {
                throw stanza.problem("path \"" + Quoted.text(path) + "\": " + fault);
            });
            files.add(new SourceFile(path, Long.parseLong(fields[1]), Sha256.parse("sha256:" + fields[0])));
        }
        return files;
    }
}
