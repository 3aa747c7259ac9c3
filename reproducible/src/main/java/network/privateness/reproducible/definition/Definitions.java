package network.privateness.reproducible.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.yaml.YamlMap;
import network.privateness.reproducible.yaml.YamlReader;
import network.privateness.reproducible.yaml.YamlScalar;

/**
 * All images and bases of a folder: {@code bases.yaml}, and one folder with {@code image.yaml} per image.
 *
 * @param folder the folder that was read
 * @param bases by name
 * @param images by name
 * @param digest over the content of all these files, so that a lock knows when it is stale
 */
public record Definitions(
        Path folder, Map<String, BaseDefinition> bases, Map<String, ImageDefinition> images, Sha256 digest) {

    /** The file that makes a folder an image. */
    public static final String IMAGE_FILE = "image.yaml";

    /** The file of the shared bottom layers. */
    public static final String BASES_FILE = "bases.yaml";

    private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

    private static final String FOLDER = "[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*";

    /** Both stand in one line of an image's history, which has 100 characters. */
    private static final int LONGEST_NAME = 30;

    private static final int LONGEST_INPUT = 55;

    private static final Set<String> BASE_KEYS = union(SoftwareReader.KEYS, Set.of("description", "effects", "rootfs"));

    private static final Set<String> IMAGE_KEYS = union(
            union(SoftwareReader.KEYS, StartReader.KEYS),
            Set.of("description", "version", "source", "licenses", "set", "platforms", "platforms-reason"));

    public Definitions {
        bases = new TreeMap<>(bases);
        images = new TreeMap<>(images);
    }

    /** Reads the folder; every rule that needs no other file is checked here. */
    public static Definitions read(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        Map<String, BaseDefinition> bases = new LinkedHashMap<>();
        Path basesFile = folder.resolve(BASES_FILE);
        if (Files.exists(basesFile)) {
            all.append(BASES_FILE)
                    .append(' ')
                    .append(Sha256.of(basesFile).hex())
                    .append('\n');
            YamlMap map = YamlReader.read(basesFile, BASES_FILE);
            map.keys()
                    .forEach((name, location) -> bases.put(
                            new YamlScalar(location, name)
                                    .as(text -> InstallReader.matching(text, NAME, "a base's name")),
                            base(folder, name, map)));
        }
        Map<String, ImageDefinition> images = new LinkedHashMap<>();
        Map<String, YamlMap> compositions = new LinkedHashMap<>();
        for (Path file : imageFiles(folder)) {
            String name = name(file);
            all.append(name).append(' ').append(Sha256.of(file).hex()).append('\n');
            YamlMap map = YamlReader.read(file, name + "/" + IMAGE_FILE);
            if (map.has("include")) {
                compositions.put(name, map);
            } else {
                images.put(name, image(file, name, map));
            }
        }
        if (images.isEmpty() && compositions.isEmpty()) {
            throw new Problem(
                    folder.toString(), "no folder here holds an " + IMAGE_FILE, "run this in the folder of the images");
        }
        Sha256 digest = Sha256.of(all.toString());
        Definitions plain = new Definitions(folder, bases, images, digest);
        plain.checkBases();
        plain.checkPins();
        compositions.forEach((name, map) ->
                images.put(name, new Composition(folder.resolve(name), map, plain, compositions.keySet()).image()));
        Definitions definitions = new Definitions(folder, bases, images, digest);
        definitions
                .images()
                .values()
                .forEach(image -> definitions.checkUsers(image.name() + "/" + IMAGE_FILE, image.software()));
        definitions.bases().values().forEach(base -> definitions.checkUsers(BASES_FILE, base.software()));
        return definitions;
    }

    /** The chain of bases of a software, the lowest first. */
    public List<BaseDefinition> chain(Software software) {
        List<BaseDefinition> chain = new ArrayList<>();
        software.base().ifPresent(name -> {
            BaseDefinition base = bases.get(name);
            chain.addAll(chain(base.software()));
            chain.add(base);
        });
        return chain;
    }

    /** The users of bases and image together make one passwd file. */
    private void checkUsers(String where, Software software) {
        Set<String> names = new HashSet<>();
        Set<Integer> uids = new HashSet<>();
        List<User> users = new ArrayList<>();
        chain(software).forEach(base -> users.addAll(base.software().users()));
        users.addAll(software.users());
        for (User user : users) {
            if (!names.add(user.name()) || !uids.add(user.uid())) {
                throw new Problem(
                        where,
                        "the user " + user.name() + " (uid " + user.uid()
                                + ") or its uid stands twice, here or in a base",
                        "give each user a name and uid of its own");
            }
        }
    }

    /** The lock has one entry for an archive or a program, so all images that take it must say the same of it. */
    private void checkPins() {
        Map<String, String> pins = new HashMap<>();
        Map<String, String> first = new HashMap<>();
        images.values()
                .forEach(image -> image.software().install().forEach(install -> {
                    String pin;
                    if (install instanceof Install.Archive archive) {
                        pin = archive.urls() + " " + archive.sha256();
                    } else if (install instanceof Install.Go go && !go.local()) {
                        pin = go.version().orElse("");
                    } else {
                        return;
                    }
                    first.putIfAbsent(install.name(), image.name());
                    String before = pins.putIfAbsent(install.name(), pin);
                    if (before != null && !before.equals(pin)) {
                        throw new Problem(
                                image.name() + "/" + IMAGE_FILE,
                                "\"" + install.name() + "\" is pinned in another way than in "
                                        + first.get(install.name()) + "/" + IMAGE_FILE,
                                "write the same \"urls\", \"sha256\" and \"version\" in both");
                    }
                }));
    }

    private void checkBases() {
        images.values().forEach(image -> checkBase(image.name() + "/" + IMAGE_FILE, image.software(), new HashSet<>()));
        bases.values().forEach(base -> checkBase(BASES_FILE, base.software(), new HashSet<>(Set.of(base.name()))));
    }

    /** The base is known, and stands on no circle. */
    void checkBase(String where, Software software, Set<String> seen) {
        if (software.base().isEmpty()) {
            return;
        }
        String name = software.base().get();
        if (!bases.containsKey(name)) {
            throw new Problem(
                    where,
                    "the base \"" + name + "\" is not in " + BASES_FILE + "; known: "
                            + (bases.isEmpty() ? "none" : String.join(", ", bases.keySet())),
                    "correct the name");
        }
        if (!seen.add(name)) {
            throw new Problem(where, "the base \"" + name + "\" stands on itself", "break the circle");
        }
        checkBase(where, bases.get(name).software(), seen);
    }

    private static List<Path> imageFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Problem(folder.toString(), "the folder of the images is missing", "correct ness.folder");
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.resolve(IMAGE_FILE))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        String name = file.getParent().getFileName().toString();
        if (name.length() > LONGEST_NAME || !name.matches(NAME)) {
            throw new Problem(
                    file.toString(),
                    "the folder's name \"" + name
                            + "\" is not an image's name: lower-case letters and digits, parted by"
                            + " single hyphens, at most " + LONGEST_NAME,
                    "rename the folder");
        }
        return name;
    }

    private static BaseDefinition base(Path folder, String name, YamlMap all) {
        YamlMap map = all.map(name).allow(BASE_KEYS);
        List<Effect> effects = map.list("effects").scalars().stream()
                .map(scalar -> scalar.as(Effect::parse))
                .toList();
        var rootfs = map.optionalScalar("rootfs")
                .map(scalar -> scalar.as(text -> InstallReader.matching(text, FOLDER, "a folder below this file's")))
                .map(relative -> SoftwareReader.folder(folder.resolve(relative))
                        .orElseThrow(() -> map.scalar("rootfs")
                                .problem(
                                        "the folder \"" + relative + "\" is missing",
                                        "create it or correct the name")));
        Software software = SoftwareReader.read(map, folder, effects, rootfs);
        for (Install install : software.install()) {
            if (!(install instanceof Install.Debian || install instanceof Install.Jlink)) {
                throw map.list("install")
                        .problem(
                                "\"" + install.name()
                                        + "\" is not for a base: a base is made of debian and jlink items",
                                "move it to an image.yaml");
            }
            if (install instanceof Install.Jlink && !effects.contains(Effect.JAVA_TRUST_STORE)) {
                // Without it the runtime starts and trusts nobody, which only a handshake tells.
                throw map.list("install")
                        .problem(
                                "a linked runtime needs the effect " + Effect.JAVA_TRUST_STORE,
                                "add it to \"effects\"");
            }
        }
        return new BaseDefinition(name, map.text("description"), software);
    }

    private static ImageDefinition image(Path file, String name, YamlMap map) {
        map.allow(IMAGE_KEYS);
        Software software = SoftwareReader.read(
                map, file.getParent(), List.of(), SoftwareReader.folder(file.resolveSibling("rootfs")));
        check(map, software);
        return new ImageDefinition(
                name,
                file.getParent(),
                map.text("description"),
                map.text("version"),
                map.text("source"),
                map.text("licenses"),
                set(map).orElse("registry"),
                InstallReader.platforms(map),
                map.optionalText("platforms-reason"),
                software,
                StartReader.read(map),
                StartReader.needs(map),
                map.texts("readiness"),
                List.of());
    }

    static Optional<String> set(YamlMap map) {
        return map.optionalScalar("set")
                .map(set -> set.as(text -> InstallReader.matching(text, "registry|all", "one of registry, all")));
    }

    static void check(YamlMap map, Software software) {
        for (Install install : software.install()) {
            if (install instanceof Install.Jlink) {
                throw map.list("install").problem("a jlink item is not for an image", "move it to " + BASES_FILE);
            }
            if (install.name().length() > LONGEST_INPUT) {
                throw map.list("install")
                        .problem(
                                "the name \"" + install.name() + "\" is longer than " + LONGEST_INPUT
                                        + " characters, the history of an image has no room for it",
                                "use a shorter one");
            }
        }
    }

    static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new HashSet<>(a);
        union.addAll(b);
        return Set.copyOf(union);
    }
}
