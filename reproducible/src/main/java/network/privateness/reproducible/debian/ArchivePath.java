package network.privateness.reproducible.debian;

import java.util.Arrays;
import java.util.Optional;

/** The rule for paths of files in an archive: relative, printable ASCII, no empty part, no {@code .} or {@code ..}. */
final class ArchivePath {

    private static final int MAX_LENGTH = 1000;

    private ArchivePath() {}

    /** What is wrong with a path, if anything. */
    static Optional<String> fault(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            return Optional.of("1 to " + MAX_LENGTH + " characters are allowed");
        }
        if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '?' && c != '#' && c != '%')) {
            return Optional.of("a character that is not allowed in an archive's paths");
        }
        boolean plain = Arrays.stream(path.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        return plain ? Optional.empty() : Optional.of("it must be relative, without empty parts, . and ..");
    }
}
