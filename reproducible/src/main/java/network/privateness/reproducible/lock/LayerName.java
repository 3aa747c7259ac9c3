package network.privateness.reproducible.lock;

import java.util.Comparator;
import network.privateness.reproducible.oci.Platform;

/**
 * Names one layer.
 *
 * @param target {@code base:NAME} or {@code image:NAME}
 * @param content what is in it: {@code debian}, an import path, {@code archive NAME}, {@code maven}, {@code own}
 * @param platform the platform
 */
public record LayerName(String target, String content, Platform platform) implements Comparable<LayerName> {

    private static final Comparator<LayerName> ORDER = Comparator.comparing(LayerName::target)
            .thenComparing(LayerName::content)
            .thenComparing(LayerName::platform);

    @Override
    public int compareTo(LayerName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return target + " " + content + " " + platform;
    }
}
