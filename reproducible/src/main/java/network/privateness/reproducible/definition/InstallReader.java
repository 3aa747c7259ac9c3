package network.privateness.reproducible.definition;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import network.privateness.reproducible.digest.Sha256;
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
        item.allow(Set.of("go", "to", "variables", "version", "platforms"));
        String target = item.scalar("go")
                .as(text -> matching(
                        text,
                        "\\./[a-z0-9-]+|\\.\\./[a-z0-9-]+/[a-z0-9-]+|[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+",
                        "an import path, ./FOLDER or ../IMAGE/FOLDER"));
        YamlMap variables = item.map("variables");
        variables
                .keys()
                .forEach((name, location) -> new YamlScalar(location, name).as(text -> {
                    GoBuild.checkVariable(name, variables.scalar(name).text());
                    return text;
                }));
        Optional<String> version = item.optionalScalar("version")
                .map(scalar -> scalar.as(
                        text -> matching(text, "v\\d+\\.\\d+\\.\\d+[0-9A-Za-z.+-]*", "a version such as v1.2.3")));
        if (version.isPresent() && target.startsWith(".")) {
            throw item.problem("a program of ours has no version", "leave \"version\" out");
        }
        return new Install.Go(target, folder, file(item, "to"), item.textMap("variables"), version, platforms(item));
    }

    private static Install maven(YamlMap item) {
        item.allow(Set.of("maven", "platforms"));
        String[] coordinates = item.scalar("maven")
                .as(text -> matching(text, "[A-Za-z0-9._-]+:[A-Za-z0-9._-]+", "groupId:artifactId"))
                .split(":");
        return new Install.Maven(coordinates[0], coordinates[1], platforms(item));
    }

    private static Install archive(YamlMap item) {
        item.allow(Set.of("archive", "urls", "sha256", "files", "platforms"));
        String name = item.scalar("archive").as(text -> matching(text, "[a-z0-9][a-z0-9.-]*", "an archive's name"));
        Map<String, String> files = item.textMap("files");
        if (files.isEmpty()) {
            throw item.problem("an archive needs \"files\"", "say which of its files go where in the image");
        }
        item.map("files").values().keySet().forEach(path -> file(item.map("files"), path));
        List<URI> urls = item.list("urls").scalars().stream()
                .map(scalar -> scalar.as(InstallReader::url))
                .toList();
        Optional<Sha256> sha256 = item.optionalScalar("sha256")
                .map(scalar -> scalar.as(text -> new Sha256(matching(text, "[0-9a-f]{64}", "a SHA-256 in hex"))));
        return new Install.Archive(name, urls, sha256, files, platforms(item));
    }

    private static URI url(String text) {
        return URI.create(
                matching(text, "https?://[A-Za-z0-9.-]+(:\\d+)?/[A-Za-z0-9._~/%+-]+", "an http or https URL"));
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
