package network.privateness.maven.engine;

import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.ImageName;

/**
 * An image as the engine has it, checked to be the one that was given to it.
 *
 * @param name what the engine calls it
 * @param id what the engine shows as image id
 * @param idOf which of the image's digests the id is
 */
public record LoadedImage(ImageName name, Sha256 id, IdOf idOf) {

    /** What engines show as the id of an image. */
    public enum IdOf {
        /** The digest of the configuration: Docker with a storage driver (overlay2 and others), and Podman. */
        CONFIG("configuration"),
        /** The digest of the manifest: Docker with the containerd image store. */
        MANIFEST("manifest");

        private final String words;

        IdOf(String words) {
            this.words = words;
        }

        /** As reports say it. */
        public String words() {
            return words;
        }
    }
}
