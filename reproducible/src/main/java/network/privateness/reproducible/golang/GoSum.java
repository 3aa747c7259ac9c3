package network.privateness.reproducible.golang;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;

/** A go.sum file: the hashes that a main module allows for everything that it may use. */
final class GoSum {

    private static final long MAX_BYTES = 16L << 20;
    private static final String GO_MOD = "/go.mod";

    private final String file;
    private final SortedMap<ModuleVersion, H1> zips = new TreeMap<>();
    private final SortedMap<ModuleVersion, H1> goMods = new TreeMap<>();

    private GoSum(String file) {
        this.file = file;
    }

    /**
     * @param file its name for messages
     * @throws Problem with the line, for anything but lines of module, version and hash, each pair once
     */
    static GoSum parse(String file, byte[] content) {
        GoSum sum = new GoSum(file);
        LineReader lines = new LineReader(file, content, MAX_BYTES);
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.isBlank()) {
                sum.add(line.trim().split("[ \t]+", -1), lines);
            }
        }
        return sum;
    }

    private void add(String[] fields, LineReader lines) {
        if (fields.length != 3) {
            throw lines.problem("has " + fields.length + " fields instead of module, version and hash");
        }
        boolean goMod = fields[1].endsWith(GO_MOD);
        String version = goMod ? fields[1].substring(0, fields[1].length() - GO_MOD.length()) : fields[1];
        try {
            H1 hash = new H1(fields[2]);
            H1 before = (goMod ? goMods : zips).put(new ModuleVersion(fields[0], version), hash);
            if (before != null && !before.equals(hash)) {
                throw lines.problem(fields[0] + " " + fields[1] + " has a second, different hash");
            }
        } catch (IllegalArgumentException e) {
            throw lines.problem(e.getMessage());
        }
    }

    SortedMap<ModuleVersion, H1> zips() {
        return Collections.unmodifiableSortedMap(zips);
    }

    SortedMap<ModuleVersion, H1> goMods() {
        return Collections.unmodifiableSortedMap(goMods);
    }

    /** @throws Problem if this pin is not what go.sum says, or go.sum does not say */
    void check(PinnedModule module) {
        check(module, GO_MOD, Optional.ofNullable(goMods.get(module.id())), Optional.of(module.mod()));
        if (module.zip().isPresent()) {
            check(module, "", Optional.ofNullable(zips.get(module.id())), module.zip());
        }
    }

    private void check(PinnedModule module, String part, Optional<H1> allowed, Optional<H1> pinned) {
        if (!allowed.equals(pinned)) {
            throw new Problem(
                    module + part,
                    "is pinned as " + pinned.map(H1::text).orElse("nothing") + ", but " + file + " says "
                            + allowed.map(H1::text).orElse("nothing"),
                    "run mvn ness:lock, and find out why it changed");
        }
    }
}
