package network.privateness.reproducible.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.HealthCheck;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.yaml.YamlMap;

/**
 * An image that is made of others ({@code include}): their files in one new root file system.
 *
 * <p>One member alone is that member under another name. Several become services of one supervisor, each with its data in
 * {@code /data/NAME} and with environment defaults of its own; see {@link Supervision}.
 */
final class Composition {

    static final Set<String> HEALTH_KEYS = Set.of("interval", "timeout", "start-period", "retries");

    private static final String UNKNOWN_LICENSE = "NOASSERTION";

    private static final Set<String> KEYS = Definitions.union(
            SoftwareReader.KEYS,
            Set.of(
                    "description",
                    "env",
                    "healthcheck",
                    "include",
                    "licenses",
                    "needs",
                    "platforms",
                    "set",
                    "source",
                    "version"));

    private final Path folder;
    private final YamlMap map;
    private final Definitions plain;
    private final Set<String> compositions;
    private final List<Member> members;

    /**
     * @param folder of image.yaml
     * @param plain all bases, and all images that are no compositions
     * @param compositions names of the others
     */
    Composition(Path folder, YamlMap map, Definitions plain, Set<String> compositions) {
        this.folder = folder;
        this.map = map.allow(KEYS);
        this.plain = plain;
        this.compositions = compositions;
        this.members = IncludeReader.read(map).stream().map(this::member).toList();
    }

    ImageDefinition image() {
        String name = folder.getFileName().toString();
        Software own = SoftwareReader.read(map, folder, List.of(), SoftwareReader.folder(folder.resolve("rootfs")));
        plain.checkBase(name + "/" + Definitions.IMAGE_FILE, own, new HashSet<>());
        Definitions.check(map, own);
        Set<Platform> platforms = platforms();
        MergedSoftware merged = new MergedSoftware(plain, own, members);
        boolean alone = members.size() == 1;
        ImageDefinition.Start start = alone ? alone() : new Supervision(map, members).start();
        Software software = merged.on(platforms, alone ? Map.of() : MemberFiles.of(name, members));
        if (!alone && !merged.chain(software.base()).contains(Supervision.BASE)) {
            throw map.list("include")
                    .problem(
                            "several members need a supervisor, which is in the base \"" + Supervision.BASE
                                    + "\"; this composition stands on "
                                    + software.base().orElse("none"),
                            "write \"base: " + Supervision.BASE + "\", or one that stands on it");
        }
        return new ImageDefinition(
                name,
                folder,
                text("description", ImageDefinition::description),
                text("version", ImageDefinition::version),
                text("source", ImageDefinition::source),
                map.optionalText("licenses").orElseGet(this::licenses),
                set(),
                platforms,
                platformsReason(),
                software,
                start,
                needs(alone),
                alone ? members.get(0).image().readiness() : Supervision.READINESS,
                members.stream().map(Member::name).toList());
    }

    /** A member that is missing on a platform makes the composition miss there too. */
    private Optional<String> platformsReason() {
        return members.stream()
                .flatMap(member -> member.image().platformsReason().stream())
                .reduce((one, other) -> one + "; " + other);
    }

    private Member member(Include include) {
        ImageDefinition image = plain.images().get(include.image());
        if (image != null) {
            return new Member(image, include);
        }
        throw new Problem(
                include.location().toString(),
                compositions.contains(include.image())
                        ? "\"" + include.image() + "\" is a composition itself, and can't be a member of another"
                        : "there is no image \"" + include.image() + "\"; known: "
                                + String.join(", ", plain.images().keySet()),
                compositions.contains(include.image()) ? "include its members" : "correct the name");
    }

    /** A single member says what the composition leaves out; of several none speaks for the others. */
    private String text(String key, Function<ImageDefinition, String> of) {
        return members.size() == 1 && !map.has(key) ? of.apply(members.get(0).image()) : map.text(key);
    }

    /** All of them. What no one knows of a part, no one knows of the whole: SPDX has no expression with it. */
    private String licenses() {
        Set<String> all = members.stream()
                .map(member -> member.image().licenses())
                .collect(Collectors.toCollection(TreeSet::new));
        if (all.contains(UNKNOWN_LICENSE)) {
            return UNKNOWN_LICENSE;
        }
        return all.size() == 1
                ? all.iterator().next()
                : all.stream()
                        .map(one -> one.indexOf(' ') < 0 ? one : "(" + one + ")")
                        .collect(Collectors.joining(" AND "));
    }

    private String set() {
        Optional<Member> all = members.stream()
                .filter(member -> member.image().set().equals("all"))
                .findFirst();
        Optional<String> own = Definitions.set(map);
        if (all.isPresent() && own.isPresent() && !own.get().equals("all")) {
            throw map.scalar("set")
                    .problem(
                            "the set can't be " + own.get() + ": \"" + all.get().name() + "\" is of the set all",
                            "write \"set: all\" or leave it out");
        }
        return all.map(member -> "all").or(() -> own).orElse("registry");
    }

    private Set<Platform> platforms() {
        Set<Platform> common = EnumSet.allOf(Platform.class);
        members.forEach(member -> common.retainAll(member.image().platforms()));
        if (common.isEmpty()) {
            throw map.list("include")
                    .problem("there is no platform that all members have", "look at \"platforms\" of each of them");
        }
        if (!map.has("platforms")) {
            return common;
        }
        Set<Platform> wanted = InstallReader.platforms(map);
        for (Platform platform : wanted) {
            for (Member member : members) {
                if (!member.image().platforms().contains(platform)) {
                    throw map.list("platforms")
                            .problem(
                                    "\"" + member.name() + "\" does not exist for " + platform,
                                    "take it from \"platforms\", or leave that out: then it is what all members have");
                }
            }
        }
        return wanted;
    }

    /** As the only member starts, but for what is said here. */
    private ImageDefinition.Start alone() {
        Member member = members.get(0);
        ImageDefinition.Start start = member.image().start();
        Map<String, String> env = new TreeMap<>(member.env());
        env.putAll(StartReader.env(map));
        Optional<HealthCheck> healthcheck = start.healthcheck()
                .map(check -> StartReader.times(map.map("healthcheck").allow(HEALTH_KEYS), check));
        return new ImageDefinition.Start(
                start.user(),
                env,
                start.workingDir(),
                start.entrypoint(),
                start.command(),
                member.ports(),
                start.volumes(),
                healthcheck,
                start.stopSignal());
    }

    private Needs needs(boolean alone) {
        Needs own = StartReader.needs(map);
        Set<String> capabilities = new TreeSet<>(own.capabilities());
        Set<String> devices = new TreeSet<>(own.devices());
        Set<String> tmpfs = new TreeSet<>(own.tmpfs());
        Map<String, String> sysctls = new TreeMap<>(own.sysctls());
        if (!alone) {
            tmpfs.add("/run");
        }
        for (Member member : members) {
            Needs needs = member.image().needs();
            capabilities.addAll(needs.capabilities());
            devices.addAll(needs.devices());
            tmpfs.addAll(needs.tmpfs());
            needs.sysctls().forEach((name, value) -> {
                String other = sysctls.putIfAbsent(name, value);
                if (other != null && !other.equals(value)) {
                    throw member.problem(
                            "\"" + member.name() + "\" needs " + name + "=" + value + ", another member " + other,
                            "members share one kernel setting: agree on it");
                }
            });
        }
        return new Needs(new ArrayList<>(capabilities), new ArrayList<>(devices), sysctls, new ArrayList<>(tmpfs));
    }
}
