package network.privateness.reproducible.definition;

import java.util.List;
import java.util.Map;

/**
 * What a container of the image must be granted beyond nothing; everything else stays dropped.
 *
 * @param capabilities Linux capabilities without the prefix CAP_
 * @param devices device files
 * @param sysctls kernel settings of the container's namespaces
 * @param tmpfs folders in memory, with mount options after a colon as in {@code docker run --tmpfs}
 */
public record Needs(List<String> capabilities, List<String> devices, Map<String, String> sysctls, List<String> tmpfs) {

    public Needs {
        capabilities = List.copyOf(capabilities);
        devices = List.copyOf(devices);
        sysctls = new java.util.TreeMap<>(sysctls);
        tmpfs = List.copyOf(tmpfs);
    }
}
