package network.privateness.reproducible.lock;

import java.time.Instant;
import java.util.List;
import network.privateness.reproducible.digest.Sha256;

/**
 * What a suite's InRelease said when packages were last taken from it: the evidence that its signature was checked.
 *
 * @param suite codename, such as trixie
 * @param date the Date of the InRelease
 * @param inRelease digest of the InRelease file
 * @param signedBy fingerprints of the keys whose signatures were good
 */
public record PinnedSuite(String suite, Instant date, Sha256 inRelease, List<String> signedBy) {

    public PinnedSuite {
        signedBy = List.copyOf(signedBy);
    }
}
