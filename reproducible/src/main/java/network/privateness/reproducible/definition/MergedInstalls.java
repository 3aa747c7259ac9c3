package network.privateness.reproducible.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.oci.Platform;

/**
 * What the members of a composition install, each input once. A Debian package of two members brings the files of both;
 * where a composition's own {@code install} names it, that rules.
 */
final class MergedInstalls {

    /**
     * One input and who asked for it.
     *
     * @param owner the member, or the base
     */
    private record Owned(String owner, Install install) {}

    private static final String ITSELF = "this composition";

    private final Set<Platform> platforms;
    private final Map<String, Map<Platform, Owned>> inputs = new LinkedHashMap<>();

    /**
     * @param platforms those of the composition
     * @param own what it installs itself, whatever members say about the same inputs
     */
    MergedInstalls(Set<Platform> platforms, List<Install> own) {
        this.platforms = platforms;
        for (Install install : own) {
            Map<Platform, Owned> known = inputs.computeIfAbsent(key(install), key -> new TreeMap<>());
            on(install).forEach(platform -> known.put(platform, new Owned(ITSELF, on(install, EnumSet.of(platform)))));
        }
    }

    /** Adds what a member installs. */
    void add(Member member) {
        for (Install install : member.image().software().install()) {
            Map<Platform, Owned> known = inputs.computeIfAbsent(key(install), key -> new TreeMap<>());
            for (Platform platform : on(install)) {
                Install here = on(install, EnumSet.of(platform));
                Owned other = known.get(platform);
                if (other == null) {
                    known.put(platform, new Owned(member.name(), here));
                } else if (!other.owner().equals(ITSELF)) {
                    known.put(platform, united(member, other, here));
                }
            }
        }
    }

    /** Takes away what a base below brings already, as one layer can't change what is in another. */
    void without(BaseDefinition base, List<Member> members) {
        for (Install below : base.software().install()) {
            Map<Platform, Owned> known = inputs.getOrDefault(key(below), Map.of());
            for (Platform platform : on(below)) {
                Owned owned = known.get(platform);
                if (owned == null) {
                    continue;
                }
                if (!(below instanceof Install.Debian brought
                        && owned.install() instanceof Install.Debian wanted
                        && covers(brought.files(), wanted.files()))) {
                    throw members.get(0)
                            .problem(
                                    "\"" + owned.owner() + "\" takes other files of " + below.name()
                                            + " than the base \"" + base.name()
                                            + "\", on which this composition stands",
                                    "let the base take them too, in " + Definitions.BASES_FILE);
                }
                known.remove(platform);
            }
        }
    }

    /** The inputs in the order of the members. */
    List<Install> installs() {
        List<Install> installs = new ArrayList<>();
        for (Map<Platform, Owned> byPlatform : inputs.values()) {
            Map<Install, Set<Platform>> alike = new LinkedHashMap<>();
            byPlatform.forEach((platform, owned) -> alike.computeIfAbsent(
                            on(owned.install(), Set.of()), install -> EnumSet.noneOf(Platform.class))
                    .add(platform));
            alike.forEach((install, where) -> installs.add(on(install, where)));
        }
        return installs;
    }

    private static Owned united(Member member, Owned other, Install install) {
        if (other.install().equals(install)) {
            return other;
        }
        if (other.install() instanceof Install.Debian one
                && install instanceof Install.Debian two
                && one.suite().equals(two.suite())) {
            Optional<PathFilter> files = united(one.files(), two.files());
            if (files.isPresent()) {
                boolean dependencies = one.dependencies() || two.dependencies();
                return new Owned(
                        other.owner(),
                        new Install.Debian(one.name(), one.suite(), files.get(), dependencies, one.platforms()));
            }
        }
        throw member.problem(
                "\"" + other.owner() + "\" and \"" + member.name() + "\" install " + install.name()
                        + " in two ways that can't be united",
                install instanceof Install.Debian
                        ? "say under \"install\" of this composition which of its files are taken"
                        : "install it in one way in both");
    }

    /** What either takes, where one filter can say that. */
    private static Optional<PathFilter> united(PathFilter one, PathFilter two) {
        if (covers(one, two)) {
            return Optional.of(one);
        }
        if (covers(two, one)) {
            return Optional.of(two);
        }
        if (!one.drop().equals(two.drop())) {
            return Optional.empty();
        }
        List<String> keep = new ArrayList<>(one.keep());
        two.keep().stream().filter(pattern -> !keep.contains(pattern)).forEach(keep::add);
        return Optional.of(new PathFilter(keep, one.drop()));
    }

    /** True only if one surely takes all that the other does. */
    private static boolean covers(PathFilter one, PathFilter other) {
        boolean keeps =
                one.keep().isEmpty() || !other.keep().isEmpty() && one.keep().containsAll(other.keep());
        return keeps && other.drop().containsAll(one.drop());
    }

    private Set<Platform> on(Install install) {
        Set<Platform> both = EnumSet.noneOf(Platform.class);
        both.addAll(install.platforms());
        both.retainAll(platforms);
        return Collections.unmodifiableSet(both);
    }

    /** Debian packages and the programs of one folder are one input each, whatever else is said about them. */
    private static String key(Install install) {
        if (install instanceof Install.Debian || install instanceof Install.Jlink) {
            return "debian " + install.name();
        }
        String place = install instanceof Install.Go program && program.local()
                ? " in " + program.folder().getFileName()
                : "";
        return install.getClass().getSimpleName() + " " + install.name() + place;
    }

    private static Install on(Install install, Set<Platform> platforms) {
        if (install instanceof Install.Debian one) {
            return new Install.Debian(one.name(), one.suite(), one.files(), one.dependencies(), platforms);
        }
        if (install instanceof Install.Go one) {
            return new Install.Go(one.target(), one.folder(), one.to(), one.variables(), one.version(), platforms);
        }
        if (install instanceof Install.Maven one) {
            return new Install.Maven(one.groupId(), one.artifactId(), platforms);
        }
        if (install instanceof Install.Archive one) {
            return new Install.Archive(one.name(), one.urls(), one.sha256(), one.files(), platforms);
        }
        Install.Jlink one = (Install.Jlink) install;
        return new Install.Jlink(one.name(), one.modules(), one.to(), platforms);
    }
}
