package network.privateness.reproducible.oci;

/** The media types of image-spec 1.1 (media-types.md) that our images use. */
public final class MediaTypes {

    /** An image index: the platforms of one image. */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** The image of one platform. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** How the image of one platform starts, and the digests of its uncompressed layers. */
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    /** A layer: tar in gzip. */
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private MediaTypes() {}
}
