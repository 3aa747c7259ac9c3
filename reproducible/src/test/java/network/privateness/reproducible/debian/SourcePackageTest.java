package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.SourcePackage.SourceFile;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;

class SourcePackageTest {

    private static final String HASH = "0123456789abcdef".repeat(4);

    private static final String SOURCES = """
            Package: netbase
            Version: 6.5
            Directory: pool/main/n/netbase
            Checksums-Sha256:
             HASH 875 netbase_6.5.dsc
             HASH 32296 netbase_6.5.tar.xz

            Package: netbase
            Version: 6.4
            Directory: pool/main/n/netbase
            Checksums-Sha256:
             HASH 1 netbase_6.4.dsc
            """.replace("HASH", HASH);

    @Test
    void findsThatVersionAndNoOther() throws IOException {
        Map<String, SourcePackage> found = find(SOURCES, "netbase (6.5)", "other (1)");
        assertThat(found).containsOnlyKeys("netbase (6.5)");
        assertThat(found.get("netbase (6.5)").files())
                .containsExactly(
                        new SourceFile("pool/main/n/netbase/netbase_6.5.dsc", 875, Sha256.parse(HASH)),
                        new SourceFile("pool/main/n/netbase/netbase_6.5.tar.xz", 32296, Sha256.parse(HASH)));
    }

    @Test
    void pathsThatLeadElsewhereAreRefused() {
        assertThatThrownBy(() -> find(SOURCES.replaceFirst("netbase_6.5.dsc", "../x"), "netbase (6.5)"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(
                        "S:1: path \"pool/main/n/netbase/../x\": it must be relative, without empty parts");
    }

    @Test
    void linesOfAnotherFormAreRefused() {
        assertThatThrownBy(() -> find(SOURCES.replaceFirst(" 875 ", " many "), "netbase (6.5)"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(
                        "S:1: Checksums-Sha256: \"" + HASH.substring(0, 60) + "...\" is not hash, size and name.");
    }

    private static Map<String, SourcePackage> find(String text, String... wanted) throws IOException {
        return SourcePackage.find(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Set.of(wanted), "S");
    }
}
