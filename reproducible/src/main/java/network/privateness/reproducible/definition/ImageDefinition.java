package network.privateness.reproducible.definition;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.oci.HealthCheck;
import network.privateness.reproducible.oci.Platform;

/**
 * One image, as its image.yaml says.
 *
 * @param name the folder's name
 * @param folder the folder of image.yaml
 * @param description one sentence, label {@code org.opencontainers.image.description}
 * @param version of the main program, label {@code org.opencontainers.image.version}
 * @param source where its source is, label {@code org.opencontainers.image.source}
 * @param licenses SPDX expression, label {@code org.opencontainers.image.licenses}
 * @param set the set that it belongs to, {@code registry} or {@code all}
 * @param platforms it is built for
 * @param platformsReason why it is not built for the others; empty where nobody has to be told
 * @param software what is in it
 * @param start how it starts
 * @param needs what a container must be granted
 * @param readiness the command that tells whether it does its job; empty without one
 * @param members the images that it is made of, in their order; empty for one that stands for itself
 */
public record ImageDefinition(
        String name,
        Path folder,
        String description,
        String version,
        String source,
        String licenses,
        String set,
        Set<Platform> platforms,
        Optional<String> platformsReason,
        Software software,
        Start start,
        Needs needs,
        List<String> readiness,
        List<String> members) {

    public ImageDefinition {
        readiness = List.copyOf(readiness);
        members = List.copyOf(members);
    }

    /**
     * How the image starts, in the words of the OCI image configuration.
     *
     * @param user {@code uid:gid}
     * @param env in the order of names
     * @param workingDir an absolute path
     * @param entrypoint program and arguments
     * @param command default arguments
     * @param expose ports such as {@code 53/udp}
     * @param volumes folders that outlive the container
     * @param healthcheck alive or not
     * @param stopSignal the signal that ends the program cleanly
     */
    public record Start(
            String user,
            Map<String, String> env,
            Optional<String> workingDir,
            List<String> entrypoint,
            List<String> command,
            List<String> expose,
            List<Volume> volumes,
            Optional<HealthCheck> healthcheck,
            Optional<String> stopSignal) {

        public Start {
            env = new TreeMap<>(env);
            entrypoint = List.copyOf(entrypoint);
            command = List.copyOf(command);
            expose = List.copyOf(expose);
            volumes = List.copyOf(volumes);
        }
    }
}
