package network.privateness.reproducible.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import network.privateness.reproducible.golang.GoBuild;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.yaml.YamlMap;
import network.privateness.reproducible.yaml.YamlScalar;

/** Reads the items of {@code install}. The first key of an item says its kind. */
final class InstallReader {

    private static final Set<String> KINDS = new TreeSet<>(Set.of("debian", "go", "maven", "archive", "jlink"));

    /** An absolute path as definitions write one. */
    static final String PATH = "(/(?!\\.{1,2}(/|$))[A-Za-z0-9._+-]+)+";

    /** Paths and names that are longer stand in no file system. */
    private static final int LONGEST = 255;

    private InstallReader() {}

    /** @param folder where local programs stand */
    static List<Install> read(YamlMap owner, Path folder) {
        List<Install> installs = new ArrayList<>();
        for (YamlMap item : owner.list("install").maps()) {
            Install install = read1(item, folder);
            for (Install other : installs) {
                if (clash(install, other)) {
                    throw item.problem(
                            "\"" + install.name() + "\" stands twice in \"install\" for one platform",
                            "put both into one item");
                }
            }
            installs.add(install);
        }
        return installs;
    }

    /** A jlink item names a Debian package too, whose files then serve the linker only. */
    private static boolean clash(Install one, Install other) {
        boolean debian = one instanceof Install.Debian || one instanceof Install.Jlink;
        boolean otherDebian = other instanceof Install.Debian || other instanceof Install.Jlink;
        return one.name().equals(other.name())
                && (debian && otherDebian || one.getClass() == other.getClass())
                && !Collections.disjoint(one.platforms(), other.platforms());
    }

    private static Install read1(YamlMap item, Path folder) {
        List<String> kinds = KINDS.stream().filter(item::has).toList();
        if (kinds.size() != 1) {
            throw item.problem(
                    "an item of \"install\" has exactly one of the keys " + String.join(", ", KINDS) + ", here are "
                            + kinds.size(),
                    "name the kind of input");
        }
        return switch (kinds.get(0)) {
            case "debian" -> debian(item);
            case "go" -> go(item, folder);
            case "maven" -> maven(item);
            case "archive" -> archive(item);
            default -> jlink(item);
        };
    }

    private static Install debian(YamlMap item) {
        item.allow(Set.of("debian", "suite", "keep", "drop", "dependencies", "platforms"));
        String name = item.scalar("debian").as(InstallReader::debianName);
        Optional<String> suite = item.optionalScalar("suite")
                .map(scalar -> scalar.as(text -> matching(text, "[a-z][a-z-]*", "a suite's codename")));
        boolean dependencies =
                item.optionalScalar("dependencies").map(s -> s.bool()).orElse(true);
        return new Install.Debian(name, suite, filter(item), dependencies, platforms(item));
    }

    private static Install go(YamlMap item, Path folder) {
        item.allow(Set.of("go", "to", "variables", "platforms"));
        String target = item.scalar("go")
                .as(text -> matching(
                        text,
                        "\\./[a-z0-9-]+|[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+",
                        "an import path or ./FOLDER"));
        YamlMap variables = item.map("variables");
        variables
                .keys()
                .forEach((name, location) -> new YamlScalar(location, name).as(text -> {
                    GoBuild.checkVariable(name, variables.scalar(name).text());
                    return text;
                }));
        return new Install.Go(target, folder, file(item, "to"), item.textMap("variables"), platforms(item));
    }

    private static Install maven(YamlMap item) {
        item.allow(Set.of("maven", "platforms"));
        String[] coordinates = item.scalar("maven")
                .as(text -> matching(text, "[A-Za-z0-9._-]+:[A-Za-z0-9._-]+", "groupId:artifactId"))
                .split(":");
        return new Install.Maven(coordinates[0], coordinates[1], platforms(item));
    }

    private static Install archive(YamlMap item) {
        item.allow(Set.of("archive", "files", "platforms"));
        String name = item.scalar("archive").as(text -> matching(text, "[a-z0-9][a-z0-9.-]*", "an archive's name"));
        Map<String, String> files = item.textMap("files");
        if (files.isEmpty()) {
            throw item.problem("an archive needs \"files\"", "say which of its files go where in the image");
        }
        item.map("files").values().keySet().forEach(path -> file(item.map("files"), path));
        return new Install.Archive(name, files, platforms(item));
    }

    private static Install jlink(YamlMap item) {
        item.allow(Set.of("jlink", "modules", "to", "platforms"));
        String name = item.scalar("jlink").as(InstallReader::debianName);
        Set<String> modules = new TreeSet<>();
        item.list("modules")
                .scalars()
                .forEach(scalar -> modules.add(scalar.as(
                        text -> matching(text, "[a-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*", "a module's name"))));
        if (modules.isEmpty()) {
            throw item.problem("a linked runtime needs \"modules\"", "list them, such as [java.base]");
        }
        return new Install.Jlink(name, modules, file(item, "to"), platforms(item));
    }

    private static PathFilter filter(YamlMap item) {
        List<String> keep = item.texts("keep");
        List<String> drop = item.texts("drop");
        try {
            return new PathFilter(keep, drop);
        } catch (IllegalArgumentException e) {
            throw item.problem(e.getMessage(), "correct the pattern");
        }
    }

    static Set<Platform> platforms(YamlMap item) {
        Set<Platform> platforms = EnumSet.noneOf(Platform.class);
        item.list("platforms").scalars().forEach(scalar -> platforms.add(scalar.as(Platform::parse)));
        return platforms.isEmpty() ? Install.everywhere() : platforms;
    }

    private static String file(YamlMap item, String key) {
        return item.scalar(key).as(text -> matching(text, PATH, "an absolute path"));
    }

    private static String debianName(String text) {
        return matching(text, "[a-z0-9][a-z0-9+.-]+", "a Debian package name");
    }

    static String matching(String text, String regex, String rule) {
        if (text.length() > LONGEST || !text.matches(regex)) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + rule);
        }
        return text;
    }
}
