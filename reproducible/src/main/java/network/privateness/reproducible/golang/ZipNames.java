package network.privateness.reproducible.golang;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import network.privateness.reproducible.Problem;

/** Checks the names in one module zip, one after the other (checkZip of golang.org/x/mod/zip). */
final class ZipNames {

    private final ModuleVersion id;
    private final String prefix;
    // Folded name -> name as first seen: two names that differ in case alone are one file on macOS.
    private final Map<String, Seen> seen = new HashMap<>();

    ZipNames(ModuleVersion id) {
        this.id = id;
        this.prefix = id.zipPrefix();
    }

    /** The path below {@code module@version/}; that of a folder ends with a slash, that of the root is empty. */
    String check(String name) {
        if (!name.startsWith(prefix)) {
            throw problem(name, "does not begin with \"" + prefix + "\"");
        }
        String path = name.substring(prefix.length());
        if (path.isEmpty()) {
            return path;
        }
        boolean folder = path.endsWith("/");
        String clean = folder ? path.substring(0, path.length() - 1) : path;
        ModulePath.faultOfFile(clean).ifPresent(fault -> {
            throw problem(name, fault);
        });
        add(name, clean, folder);
        String base = clean.substring(clean.lastIndexOf('/') + 1);
        if (!folder && base.equalsIgnoreCase("go.mod") && !clean.equals("go.mod")) {
            throw problem(name, "is a go.mod that does not stand in the module's root");
        }
        return path;
    }

    private void add(String name, String path, boolean folder) {
        Seen before = seen.put(fold(path), new Seen(path, folder));
        if (before != null && !(folder && before.folder && before.path.equals(path))) {
            throw problem(name, "collides with \"" + before.path + "\"");
        }
        int slash = path.lastIndexOf('/');
        // A parent that is known brings its own parents with it.
        if (slash > 0 && !isKnownFolder(path.substring(0, slash))) {
            add(name, path.substring(0, slash), true);
        }
    }

    private boolean isKnownFolder(String path) {
        return new Seen(path, true).equals(seen.get(fold(path)));
    }

    private static String fold(String path) {
        return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private Problem problem(String name, String fault) {
        return ModuleZip.problem(id, "the name \"" + name + "\" in the zip " + fault);
    }

    private record Seen(String path, boolean folder) {}
}
