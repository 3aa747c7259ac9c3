package network.privateness.reproducible.build;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.oci.Platform;

/**
 * What is to be built.
 *
 * @param images by name, with the platforms of each; no image without a platform
 * @param whole true when nothing of the set was left out; otherwise it is a development build
 */
public record Selection(Map<String, Set<Platform>> images, boolean whole) {

    /** The set of images whose inputs all come from package registries. */
    public static final String REGISTRY = "registry";

    /** Every image. */
    public static final String ALL = "all";

    public Selection {
        images = new TreeMap<>(images);
    }

    /**
     * Selects from what is defined.
     *
     * @param set {@code registry} or {@code all}
     * @param names only these images; empty for every one of the set
     * @param platforms only these; empty for every one that an image has
     */
    public static Selection of(Definitions definitions, String set, List<String> names, Set<Platform> platforms) {
        if (!set.equals(REGISTRY) && !set.equals(ALL)) {
            throw new Problem(
                    "ness.set", "\"" + set + "\" is neither " + REGISTRY + " nor " + ALL, "choose one of them");
        }
        for (String name : names) {
            if (!definitions.images().containsKey(name)) {
                throw new Problem(
                        "ness.images",
                        "there is no image \"" + name + "\"; known: "
                                + String.join(", ", definitions.images().keySet()),
                        "correct the name");
            }
        }
        Map<String, Set<Platform>> images = new TreeMap<>();
        List<ImageDefinition> without = new ArrayList<>();
        boolean lacking = false;
        boolean whole = true;
        for (ImageDefinition image : definitions.images().values()) {
            boolean inSet = set.equals(ALL) || image.set().equals(REGISTRY);
            boolean named = names.contains(image.name());
            if (!(names.isEmpty() ? inSet : named)) {
                whole &= !inSet;
                continue;
            }
            Set<Platform> wanted = EnumSet.copyOf(image.platforms());
            if (!platforms.isEmpty()) {
                wanted.retainAll(platforms);
            }
            whole &= wanted.equals(image.platforms());
            if (wanted.isEmpty()) {
                without.add(image);
                lacking |= named;
            } else {
                images.put(image.name(), wanted);
            }
        }
        if (images.isEmpty() && without.isEmpty()) {
            throw new Problem("ness.set", "the set " + set + " has no image", "build with -Dness.set=" + ALL);
        }
        if (images.isEmpty() || lacking) {
            throw new Problem(
                    "ness.platforms",
                    "asked for is " + names(platforms) + ", but "
                            + without.stream().map(Selection::existence).collect(Collectors.joining("; ")),
                    "choose a platform that image.yaml lists");
        }
        return new Selection(images, whole);
    }

    private static String existence(ImageDefinition image) {
        return image.name() + " exists for " + names(image.platforms()) + " only"
                + image.platformsReason().map(reason -> " (" + reason + ")").orElse("");
    }

    private static String names(Set<Platform> platforms) {
        return platforms.stream().map(Platform::toString).sorted().collect(Collectors.joining(", "));
    }
}
