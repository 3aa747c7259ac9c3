package network.privateness.it.readers;

import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.Platform;

/** One platform's image of a built image. */
record PlatformImage(BuiltImage built, AssembledImage image) {

    Platform platform() {
        return image.platform();
    }

    @Override
    public String toString() {
        return built.name() + " " + platform();
    }
}
