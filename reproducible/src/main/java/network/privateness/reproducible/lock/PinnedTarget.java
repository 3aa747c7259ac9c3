package network.privateness.reproducible.lock;

import java.util.List;
import network.privateness.reproducible.oci.Platform;

/**
 * Which Debian packages a base or an image takes on one platform: its own, without those of the bases below.
 *
 * @param name {@code base:NAME} or {@code image:NAME}
 * @param platform the platform
 * @param wanted what the definition asked for, as {@code package} or {@code package/suite}, {@code !} in front when it
 *     asked for no dependencies; sorted
 * @param packages what was chosen, as {@code name=version}, sorted
 */
public record PinnedTarget(String name, Platform platform, List<String> wanted, List<String> packages) {

    public PinnedTarget {
        wanted = List.copyOf(wanted);
        packages = List.copyOf(packages);
    }

    /** The name of a base. */
    public static String base(String name) {
        return "base:" + name;
    }

    /** The name of an image. */
    public static String image(String name) {
        return "image:" + name;
    }
}
