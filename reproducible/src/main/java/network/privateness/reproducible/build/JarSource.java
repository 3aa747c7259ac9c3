package network.privateness.reproducible.build;

import java.io.IOException;
import java.util.List;

/** Resolves Java programs; each on its own, so that two services never mix their versions. */
public interface JarSource {

    /**
     * The program's own jar first, then all that it needs at runtime in the order of the class path.
     *
     * @throws network.privateness.reproducible.Problem if something can't be had
     */
    List<ResolvedJar> resolve(String groupId, String artifactId) throws IOException;
}
