package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinnedPackageTest {

    @Test
    void goodValuesAreKept() {
        PinnedPackage pinned =
                make("a", "1", "all", "forky", "pool/main/a/a_1.deb", 1, "20260101T000000Z", "a (1)", "b");
        assertThat(pinned.depends()).containsExactly("b");
        assertThat(pinned.isFromSecurityArchive()).isFalse();
        assertThat(make("a", "1", "all", "trixie-security", "p/a.deb", 1, "20260101T000000Z", "a (1)", "b")
                        .isFromSecurityArchive())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "A b, 1, all, trixie, p/a.deb, 1, 20260101T000000Z, a (1), b, \"A b\" is no package name",
        "a, , all, trixie, p/a.deb, 1, 20260101T000000Z, a (1), b, \"\" is no Debian version: the upstream part must begin"
                + " with a digit",
        "a, 1, x y, trixie, p/a.deb, 1, 20260101T000000Z, a (1), b, \"x y\" is no architecture",
        "a, 1, all, ../x, p/a.deb, 1, 20260101T000000Z, a (1), b, \"../x\" is no name of a suite",
        "a, 1, all, a//b, p/a.deb, 1, 20260101T000000Z, a (1), b, \"a//b\" is no name of a suite",
        "a, 1, all, trixie, /p/a.deb, 1, 20260101T000000Z, a (1), b, 'path \"/p/a.deb\": it must be relative, without empty"
                + " parts, . and ..'",
        "a, 1, all, trixie, p/a?b, 1, 20260101T000000Z, a (1), b, path \"p/a?b\": a character that is not allowed in an"
                + " archive's paths",
        "a, 1, all, trixie, p/a.deb, 0, 20260101T000000Z, a (1), b, size 0: at least 1 is needed",
        "a, 1, all, trixie, p/a.deb, 1, 2026-01-01, a (1), b, snapshot \"2026-01-01\" is not like 20260912T075541Z",
        "a, 1, all, trixie, p/a.deb, 1, 20260101T000000Z, a, b, source \"a\" is not \"name (version)\"",
        "a, 1, all, trixie, p/a.deb, 1, 20260101T000000Z, a (1), b|c, \"b|c\" is no package name"
    })
    void badValuesAreRefused(
            String name,
            String version,
            String architecture,
            String suite,
            String path,
            long size,
            String snapshot,
            String source,
            String depends,
            String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> make(
                        name,
                        version == null ? "" : version,
                        architecture,
                        suite,
                        path,
                        size,
                        snapshot,
                        source,
                        depends))
                .withMessage(message);
    }

    private static PinnedPackage make(
            String name,
            String version,
            String architecture,
            String suite,
            String path,
            long size,
            String snapshot,
            String source,
            String depends) {
        return new PinnedPackage(
                name,
                version,
                architecture,
                suite,
                path,
                size,
                Sha256.of("x"),
                Instant.EPOCH,
                snapshot,
                source,
                List.of(depends));
    }
}
