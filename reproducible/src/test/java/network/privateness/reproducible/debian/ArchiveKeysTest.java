package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.junit.jupiter.api.Test;

class ArchiveKeysTest {

    private static final String TEXT = "Origin: Debian\n";
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    /** The fingerprints that Debian publishes for the keys of releases 12 and 13. */
    @Test
    void theCommittedKeysAreDebians() throws IOException {
        assertThat(ArchiveKeys.debian().fingerprints())
                .containsExactlyInAnyOrder(
                        "04B54C3CDCA79751B16BC6B5225629DF75B188BD",
                        "5E04A1E3223A19A20706E20F9904613D4CCE68C6",
                        "41587F7DB8C774BCCF131416762F67A0B2C39DE4",
                        "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
                        "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
                        "4D64FEC119C2029067D6E791F8D2585B8783D481");
        String resource = resource();
        String introduction = resource.substring(0, resource.indexOf("-----BEGIN"));
        assertThat(ArchiveKeys.debian().fingerprints())
                .allSatisfy(fingerprint -> assertThat(introduction).contains(fingerprint));
    }

    @Test
    void eachCommittedKeyCouldSignInTheSpringOf2026() throws IOException {
        for (OpenPGPCertificate certificate : new OpenPGPKeyReader().parseCertificates(resource())) {
            assertThat(certificate.getSigningKeys(Date.from(NOW)))
                    .as(certificate.getPrettyFingerprint())
                    .isNotEmpty();
        }
    }

    @Test
    void primaryKeysAndTheirSigningSubkeysCount() {
        TestKey primary = TestKey.create();
        assertThat(verdict(primary.asArchiveKeys(), primary.sign(TEXT)).signedBy())
                .containsExactly(primary.fingerprint());
        TestKey subkey = TestKey.withSubkey();
        assertThat(verdict(subkey.asArchiveKeys(), subkey.sign(TEXT)).signedBy())
                .containsExactly(subkey.fingerprint());
        assertThat(subkey.fingerprint()).doesNotEndWith(subkey.keyId());
    }

    @Test
    void oneGoodSignatureIsEnoughAndAllGoodOnesAreNamed() {
        TestKey known = TestKey.create();
        TestKey second = TestKey.create();
        TestKey unknown = TestKey.create();
        byte[] document = TestKey.clearSigned(TEXT, good(unknown), good(second), good(known));
        ArchiveKeys.Verdict verdict = verdict(known.asArchiveKeys(), document);
        assertThat(verdict.signedBy()).containsExactly(known.fingerprint());
        assertThat(verdict.reasons())
                .containsExactly(
                        "key " + unknown.keyId() + ": none of the archive's keys",
                        "key " + second.keyId() + ": none of the archive's keys");
        assertThat(verdict(TestKey.archiveKeys(known, second), document).signedBy())
                .containsExactlyInAnyOrder(known.fingerprint(), second.fingerprint());
    }

    @Test
    void aKeyCountsUntilItExpires() {
        TestKey key = TestKey.create(Duration.ofDays(100), KeyFlags.SIGN_DATA, false);
        Instant end = TestKey.CREATED.plus(Duration.ofDays(100));
        assertThat(verdict(key.asArchiveKeys(), key.sign(TEXT, end.minusSeconds(1)))
                        .signedBy())
                .containsExactly(key.fingerprint());
        assertReason(
                key, key.sign(TEXT, end.plusSeconds(1)), "the key was expired or not meant for signing when it signed");
    }

    @Test
    void aSubkeyOfAnExpiredKeyDoesNotCount() {
        TestKey key = TestKey.create(Duration.ofDays(100), KeyFlags.CERTIFY_OTHER, true);
        assertReason(key, key.sign(TEXT), "the key was expired or not meant for signing when it signed");
    }

    @Test
    void aSignatureFromBeforeTheKeyDoesNotCount() {
        TestKey key = TestKey.create();
        assertReason(
                key,
                key.sign(TEXT, TestKey.CREATED.minusSeconds(1)),
                "malformed (Signature predates issuer key creation time.)");
    }

    @Test
    void aKeyThatMayNotSignDoesNotCount() {
        TestKey key = TestKey.create(Duration.ZERO, KeyFlags.CERTIFY_OTHER, false);
        assertReason(key, key.sign(TEXT), "the key was expired or not meant for signing when it signed");
    }

    @Test
    void aRevokedKeyNeverCounts() {
        TestKey key = TestKey.create().revoke(false);
        assertReason(key, key.sign(TEXT), "the key is revoked");
        TestKey byOwner = TestKey.withSubkey().revoke(false);
        assertReason(byOwner, byOwner.sign(TEXT), "the key is revoked");
        TestKey subkey = TestKey.withSubkey().revoke(true);
        assertReason(subkey, subkey.sign(TEXT), "the key is revoked");
    }

    @Test
    void onlyStrongHashesCount() {
        TestKey key = TestKey.create();
        String weak = "hash algorithm weaker than SHA-256, or an unknown critical part";
        for (int hash : new int[] {HashAlgorithmTags.SHA1, HashAlgorithmTags.SHA224, HashAlgorithmTags.MD5}) {
            assertReason(key, signed(key, hash), weak);
        }
        for (int hash : new int[] {HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512}) {
            assertThat(verdict(key.asArchiveKeys(), signed(key, hash)).signedBy())
                    .hasSize(1);
        }
    }

    @Test
    void onlySignaturesOfTextsCount() {
        TestKey key = TestKey.create();
        PGPSignature binary = key.signature(TEXT, NOW, HashAlgorithmTags.SHA256, PGPSignature.BINARY_DOCUMENT);
        assertReason(key, TestKey.clearSigned(TEXT, binary), "not a signature of a text");
    }

    @Test
    void aSignatureMayExpire() {
        TestKey key = TestKey.create();
        Instant signed = Instant.parse("2026-03-01T00:00:00Z");
        PGPSignature oneDay = key.signature(
                TEXT, signed, HashAlgorithmTags.SHA256, PGPSignature.CANONICAL_TEXT_DOCUMENT, Duration.ofDays(1));
        ClearSigned document = parse(TestKey.clearSigned(TEXT, oneDay));
        assertThat(key.asArchiveKeys().verify(document, NOW.minusSeconds(1)).signedBy())
                .hasSize(1);
        assertReason(key, TestKey.clearSigned(TEXT, oneDay), "the signature has expired");
    }

    private static PGPSignature good(TestKey key) {
        return key.signature(TEXT, NOW, HashAlgorithmTags.SHA256, PGPSignature.CANONICAL_TEXT_DOCUMENT);
    }

    private static byte[] signed(TestKey key, int hash) {
        return TestKey.clearSigned(TEXT, key.signature(TEXT, NOW, hash, PGPSignature.CANONICAL_TEXT_DOCUMENT));
    }

    private static void assertReason(TestKey key, byte[] document, String reason) {
        ArchiveKeys.Verdict verdict = verdict(key.asArchiveKeys(), document);
        assertThat(verdict.signedBy()).isEmpty();
        assertThat(verdict.reasons()).containsExactly("key " + key.keyId() + ": " + reason);
    }

    private static ArchiveKeys.Verdict verdict(ArchiveKeys keys, byte[] document) {
        return keys.verify(parse(document), NOW);
    }

    private static ClearSigned parse(byte[] document) {
        return ClearSigned.parse(document, "F", "n");
    }

    private static String resource() throws IOException {
        try (InputStream in = ArchiveKeys.class.getResourceAsStream("archive-keys.asc")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
