package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.Effect;
import network.privateness.reproducible.jvm.TestCertificate;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectsTest {

    private static final String MOZILLA = "usr/share/ca-certificates/mozilla/";

    @TempDir
    Path folder;

    private Fixture fixture;
    private UpperTree tree;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        tree = new UpperTree(Listing.EMPTY);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void runFoldersAreForEveryoneAndTakeThePlaceOfShippedDirectories() throws Exception {
        tree.add("/var/run", Directory.made("base-files"));
        apply(Effect.RUN_FOLDERS, List.of());
        for (String path : List.of("run", "run/lock", "tmp", "var/tmp")) {
            assertThat(node(path)).as(path).isEqualTo(new Directory(01777, 0, 0, Node.AT_EPOCH, "run-folders"));
        }
        assertThat(node("var/run")).isEqualTo(SymbolicLink.made("/run", "run-folders"));
        assertThat(node("var/lock")).isEqualTo(SymbolicLink.made("/run/lock", "run-folders"));
    }

    @Test
    void bundleIsInByteOrderOfNamesAndEachCertificateEndsItsLine() throws Exception {
        PinnedPackage pinned = fixture.debian(
                "ca-certificates",
                new TestDeb()
                        .file(MOZILLA + "a_second.crt", "2\n")
                        .file(MOZILLA + "B_first.crt", "1")
                        .file(MOZILLA + "é_third.crt", "3\n")
                        .file(MOZILLA + "README", "no")
                        .file("usr/share/ca-certificates/spi/x.crt", "no"));
        apply(Effect.CA_CERTIFICATES, List.of(pinned));
        RegularFile bundle = (RegularFile) node("etc/ssl/certs/ca-certificates.crt");
        assertThat(bundle.content().open()).hasContent("1\n2\n3\n");
        assertThat(bundle.mode()).isEqualTo(0644);
    }

    @Test
    void trustStoreHoldsTheSameCertificates() throws Exception {
        PinnedPackage pinned =
                fixture.debian("ca-certificates", new TestDeb().file(MOZILLA + "example.crt", TestCertificate.PEM));
        apply(Effect.JAVA_TRUST_STORE, List.of(pinned));
        RegularFile store = (RegularFile) node("etc/ssl/certs/java/cacerts");
        assertThat(store.content().open())
                .hasBinaryContent(Effects.trustStore(List.of(pinned), fixture.inputs, fixture.scratch())
                        .jks());
        assertThat(Effects.trustStore(List.of(pinned), fixture.inputs, fixture.scratch()).size())
                .isEqualTo(1);
    }

    @Test
    void certificatesMustBeInTheChainAndBeCertificates() throws Exception {
        assertThatThrownBy(() -> apply(Effect.CA_CERTIFICATES, List.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("bases.yaml: an effect needs the package ca-certificates, which neither this base nor one"
                        + " below takes. Next: add it to \"install\"");
        assertThatThrownBy(() -> Effects.describe(new Recipe(), List.of(Effect.JAVA_TRUST_STORE), List.of()))
                .isInstanceOf(Problem.class);
        PinnedPackage empty = fixture.debian("ca-certificates", new TestDeb().file("etc/x", "x"));
        assertThatThrownBy(() -> apply(Effect.CA_CERTIFICATES, List.of(empty)))
                .hasMessage("ca-certificates 1: it holds no certificate below /usr/share/ca-certificates/mozilla/."
                        + " Next: pin another version of the package");
        PinnedPackage huge = fixture.debian(
                "ca-certificates", new TestDeb().file(MOZILLA + "huge.crt", "x".repeat((1 << 16) + 1)));
        assertThatThrownBy(() -> apply(Effect.CA_CERTIFICATES, List.of(huge)))
                .hasMessage("ca-certificates 1: /usr/share/ca-certificates/mozilla/huge.crt has 65537 bytes, a"
                        + " certificate at most 65536. Next: pin another version of the package");
    }

    @Test
    void recipeHasTheCertificatesOnlyWhereTheyAreUsed() throws Exception {
        PinnedPackage pinned = fixture.debian("ca-certificates", new TestDeb().file("etc/x", "x"));
        Recipe run = Effects.describe(new Recipe(), List.of(Effect.RUN_FOLDERS), List.of(pinned));
        assertThat(run.text()).doesNotContain(pinned.sha256().hex());
        Recipe bundle = Effects.describe(new Recipe(), List.of(Effect.CA_CERTIFICATES), List.of(pinned));
        assertThat(bundle.text()).contains(pinned.sha256().hex(), "ca-certificates");
    }

    private void apply(Effect effect, List<PinnedPackage> chain) throws Exception {
        Effects.apply(List.of(effect), tree, chain, fixture.inputs, fixture.scratch());
    }

    private Node node(String path) {
        return tree.upper().get(RootPath.of(path));
    }
}
