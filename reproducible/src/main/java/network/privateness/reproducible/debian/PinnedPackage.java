package network.privateness.reproducible.debian;
import java.time.Instant; import java.util.List; import network.privateness.reproducible.digest.Sha256;
public record PinnedPackage(String name, String version, String architecture, String suite, String path, long size, Sha256 sha256, Instant inReleaseDate, String snapshot, String source, List<String> depends) {}
