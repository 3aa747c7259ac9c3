package network.privateness.reproducible.build;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The mirrors of Debian's archives that this machine uses; looked up when something is first needed from one. */
public interface DebianMirrors {

    /**
     * Base addresses, those to try first in front.
     *
     * @param security true for the security archive
     * @throws network.privateness.reproducible.Problem if the machine has none of the main archive; the message names the
     *     setting
     */
    List<URI> bases(boolean security) throws IOException;
}
