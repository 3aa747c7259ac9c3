package network.privateness.maven.image;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.image.Layer;
import java.security.DigestException;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.ImageLayer;

/** A finished layer of ours, as Jib sees layers. Jib never compresses it again. */
record JibLayer(ImageLayer layer) implements Layer {

    @Override
    public Blob getBlob() {
        return Blobs.from(layer.blob());
    }

    @Override
    public BlobDescriptor getBlobDescriptor() {
        return new BlobDescriptor(layer.layer().size(), digest(layer.layer().digest()));
    }

    @Override
    public DescriptorDigest getDiffId() {
        return digest(layer.layer().diffId());
    }

    static DescriptorDigest digest(Sha256 digest) {
        try {
            return DescriptorDigest.fromHash(digest.hex());
        } catch (DigestException e) {
            throw new IllegalStateException("Jib refuses the digest " + digest, e);
        }
    }
}
