package network.privateness.reproducible.oci;

import java.util.List;

/** Makes the configuration and the manifest of an image from what its definition says and its finished layers. */
public interface ImageAssembler {

    /** @param layers from the bottom to the top */
    AssembledImage assemble(ImageConfig config, List<ImageLayer> layers);
}
