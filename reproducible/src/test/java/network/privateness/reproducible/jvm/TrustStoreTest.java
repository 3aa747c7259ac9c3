package network.privateness.reproducible.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String NEXT = ". Next: give a file with one X.509 certificate in PEM form";

    /** A store with one certificate, for other tests. */
    static TrustStore example() {
        return TrustStore.of("test", Map.of("example.crt", bytes(TestCertificate.PEM)));
    }

    @Test
    void theRuntimesOwnAnchorsComeBackFromOurStore(@TempDir Path folder) throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        List<X509Certificate> anchors = anchors(null);
        for (int i = 0; i < anchors.size(); i++) {
            files.put("Anchor_" + i + ".crt", pem(anchors.get(i).getEncoded()));
        }
        TrustStore store = TrustStore.of("test", files);
        Path file = Files.write(folder.resolve("cacerts"), store.jks());

        KeyStore jks = KeyStore.getInstance("JKS");
        jks.load(new ByteArrayInputStream(store.jks()), PASSWORD);
        assertThat(jks.size()).isEqualTo(anchors.size()).isEqualTo(store.size()).isGreaterThan(50);
        assertThat(jks.isCertificateEntry("Anchor_0")).isTrue();
        assertThat(jks.getCertificate("anchor_0")).isEqualTo(anchors.get(0));
        // As the runtime itself opens lib/security/cacerts: it looks what the file is, and needs no password.
        assertThat(Set.copyOf(anchors(KeyStore.getInstance(file.toFile(), (char[]) null))))
                .isEqualTo(Set.copyOf(anchors));
    }

    @Test
    void bytesAreFrozenWhateverTheOrderAndTheLineEnds() {
        Map<String, byte[]> unix = new LinkedHashMap<>();
        unix.put("b.crt", bytes(TestCertificate.PEM));
        unix.put("A.pem", bytes(TestCertificate.PEM));
        Map<String, byte[]> windows = new LinkedHashMap<>();
        windows.put("a.crt", bytes(TestCertificate.PEM.replace("\n", "\r\n")));
        windows.put("b.crt", bytes("\n" + TestCertificate.PEM));

        assertThat(TrustStore.of("x", unix).jks())
                .isEqualTo(TrustStore.of("x", windows).jks());
        assertThat(Sha256.of(TrustStore.of("x", unix).jks()).hex())
                .isEqualTo("ba9278e14f42a470d97a16f561572257ed0e90163fa813e34edbaf3d14e4c73f");
    }

    @Test
    void whatIsNotOneCertificateIsRefused() {
        assertRefused("x.crt", "", "x, x.crt: is not one block between BEGIN CERTIFICATE and END CERTIFICATE" + NEXT);
        assertRefused(
                "x.crt",
                TestCertificate.PEM + TestCertificate.PEM,
                "x, x.crt: is not one block between BEGIN CERTIFICATE and END CERTIFICATE" + NEXT);
        assertRefused(
                "x.crt",
                TestCertificate.PEM.replace("CERTIFICATE", "PRIVATE KEY"),
                "x, x.crt: is not one block between BEGIN CERTIFICATE and END CERTIFICATE" + NEXT);
        assertRefused("x.crt", " ".repeat(65537), "x, x.crt: has 65537 bytes, a certificate at most 65536" + NEXT);
        byte[] der = PemCertificate.decode("x", bytes(TestCertificate.PEM));
        byte[] two = Arrays.copyOf(der, der.length * 2);
        System.arraycopy(der, 0, two, der.length, der.length);
        assertRefused(
                "x.crt",
                new String(pem(two), StandardCharsets.US_ASCII),
                "x, x.crt: holds more than one certificate in its block" + NEXT);
        assertThatThrownBy(() -> TrustStore.of("x", Map.of("x.crt", pem(Arrays.copyOf(der, der.length - 1)))))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("x, x.crt: is not an X.509 certificate: ");
    }

    @Test
    void oddNamesBecomePlainAliases() throws Exception {
        KeyStore jks = KeyStore.getInstance("JKS");
        var store = TrustStore.of("x", Map.of("Arany_=Gold=_Fő 1.crt", bytes(TestCertificate.PEM)));
        jks.load(new ByteArrayInputStream(store.jks()), PASSWORD);

        assertThat(Collections.list(jks.aliases())).containsExactly("arany__gold__f__1");
    }

    @Test
    void namesThatMakeNoAliasAreRefused() {
        String message = ": is not called NAME.crt or NAME.pem. Next: rename the file";
        assertRefused("x.txt", TestCertificate.PEM, "x, x.txt" + message);
        assertRefused(".crt", TestCertificate.PEM, "x, .crt" + message);
        assertRefused("a/b.crt", TestCertificate.PEM, "x, a/b.crt" + message);
        assertThatThrownBy(() -> TrustStore.of("x", Map.of("A.crt", bytes(TestCertificate.PEM), "a.crt", bytes(TestCertificate.PEM))))
                .isInstanceOf(Problem.class)
                .hasMessage("x, a.crt: the alias a is taken by another file. Next: rename one of the files");
    }

    @Test
    void damagedCertificatesAreProblemsOrGiveAStoreThatLoads() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        var random = new Random(seed);
        byte[] der = PemCertificate.decode("x", bytes(TestCertificate.PEM));
        for (int i = 0; i < 300; i++) {
            byte[] bad = i % 2 == 0 ? der.clone() : bytes(TestCertificate.PEM);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                var store = TrustStore.of("x", Map.of("a.crt", i % 2 == 0 ? pem(bad) : bad));
                KeyStore.getInstance("JKS").load(new ByteArrayInputStream(store.jks()), PASSWORD);
            } catch (Problem expected) {
                assertThat(expected.where()).isEqualTo("x, a.crt");
            } catch (Exception e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
    }

    @Test
    void aStoreThatTrustsNobodyIsRefused() {
        assertThatThrownBy(() -> TrustStore.of("x", Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("x: has 0 certificates, 1 to 10000 are needed."
                        + " Next: give the certificates of the ca-certificates package");
    }

    private static void assertRefused(String name, String text, String message) {
        assertThatThrownBy(() -> TrustStore.of("x", Map.of(name, bytes(text))))
                .isInstanceOf(Problem.class)
                .hasMessage(message);
    }

    /** The anchors of a key store, or of this Java runtime. */
    private static List<X509Certificate> anchors(KeyStore store) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return List.of(((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers());
    }

    private static byte[] pem(byte[] der) {
        String text = Base64.getMimeEncoder(64, bytes("\n")).encodeToString(der);
        return bytes("-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
