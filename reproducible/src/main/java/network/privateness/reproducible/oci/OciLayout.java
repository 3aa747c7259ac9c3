package network.privateness.reproducible.oci;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An image as a folder: image-spec's OCI image layout, with one image index in it.
 *
 * @param refName what the image is called inside of the folder, usually its tag
 * @param index the image
 */
public record OciLayout(String refName, ImageIndex index) {

    static final String MARKER = "oci-layout";
    static final String INDEX = "index.json";
    static final String BLOBS = "blobs/sha256";
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** The grammar of org.opencontainers.image.ref.name, image-spec annotations.md. */
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9]+(?:(?:[-._:@+/]|--)[A-Za-z0-9]+)*");

    private static final int LONGEST_REF = 256;

    /** @throws IllegalArgumentException if image-spec doesn't allow this name */
    public OciLayout {
        checkRefName(refName);
    }

    /** @throws IllegalArgumentException if image-spec doesn't allow this name */
    public static void checkRefName(String refName) {
        if (!isRefName(refName)) {
            throw new IllegalArgumentException("the name of an image in a layout is letters and digits, separated by"
                    + " single - . _ : @ + or /, not \"" + refName + "\"");
        }
    }

    /**
     * Writes the layout. A layout that is there already is replaced: equal blobs stay, others go. At every moment the
     * folder is either absent or a whole layout, the old one or the new one.
     *
     * <p>Layers become hard links to their files where the file system allows, else copies. A link is trusted as much
     * as the file that it links to: only its size is compared. A copy is checked against the digest.
     *
     * @throws network.privateness.reproducible.Problem if the folder holds something else than a layout, or a layer's
     *     file is not the one that its descriptor names
     */
    public void write(Path folder) throws IOException {
        new OciLayoutWriter(this).write(folder.toAbsolutePath().normalize());
    }

    /**
     * Removes the layout that is in this folder, with the folder; a folder that holds anything else stays.
     *
     * @return whether it was a layout
     */
    public static boolean remove(Path folder) throws IOException {
        return OciLayoutWriter.removeLayout(folder);
    }

    byte[] indexJson() {
        return ImageIndex.document(List.of(index.descriptor().withAnnotations(Map.of(REF_NAME, refName))), Map.of());
    }

    static byte[] markerJson() {
        return CanonicalJson.bytes(JsonNodeFactory.instance.objectNode().put("imageLayoutVersion", "1.0.0"));
    }

    static boolean isRefName(String text) {
        return text.length() <= LONGEST_REF && REF.matcher(text).matches();
    }
}
