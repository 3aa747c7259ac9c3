package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import network.privateness.reproducible.Problem;
import org.bouncycastle.openpgp.PGPSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClearSignedTest {

    private static final TestKey KEY = TestKey.create();
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
    private static final String GOOD = text(KEY.sign("A: 1\n- b\n--c\n\nd\n"));

    /** The document and its key were made by GnuPG 2.2.40: RSA primary key, Ed25519 subkey, SHA-512. */
    @Test
    void whatGnupgSignsIsRead() throws IOException {
        ClearSigned signed = parse(text(resource("gnupg-clearsigned.asc")));
        assertThat(text(signed.text())).isEqualTo("Origin: Debian\nLabel: Debian\n-dash: one\n- dash two\n\nlast\n");
        assertThat(signed.textLine()).isEqualTo(4);
        ArchiveKeys keys = ArchiveKeys.of(resource("gnupg-public.asc"));
        assertThat(keys.fingerprints()).containsExactly("474BB4FC7AE8867E36D69F1F5636D2AF2B38AD3E");
        assertThat(keys.verify(signed, NOW).signedBy()).isEqualTo(keys.fingerprints());
    }

    @Test
    void spacesAtTheEndsOfLinesAndTheKindOfLineEndAreNotSigned() {
        assertGood(GOOD);
        assertGood(GOOD.replace("\n", "\r\n"));
        assertGood(GOOD.replace("A: 1\n", "A: 1 \t \n"));
        assertThat(text(parse(GOOD.replace("A: 1\n", "A: 1 \t \n")).text())).isEqualTo("A: 1\n- b\n--c\n\nd\n");
    }

    @Test
    void anyOtherChangeIsSigned() {
        assertForged(GOOD.replace("A: 1", "A:  1"));
        assertForged(GOOD.replace("A: 1", " A: 1"));
        assertForged(GOOD.replace("\nd\n", "\nd\n\n"));
        assertForged(GOOD.replace("\n\nd\n", "\nd\n"));
        assertForged(GOOD.replace("A: 1\n", "A: 1\u00a0\n"));
    }

    @Test
    void afterCarriageReturnsInsideOfLinesNothingIsRead() {
        assertRefused(GOOD.replace("A: 1", "A: 1\rB"), "F:4: a carriage return inside of a line");
        assertRefused(GOOD.replace("A: 1\n", "A: 1\r\r\n"), "F:4: a carriage return inside of a line");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "-----BEGIN PGP SIGNED => x-----BEGIN PGP SIGNED => F:1: a signed document begins with"
                        + " -----BEGIN PGP SIGNED MESSAGE-----",
                "-----BEGIN PGP SIGNED => '\n-----BEGIN PGP SIGNED' => F:1: a signed document begins with"
                        + " -----BEGIN PGP SIGNED MESSAGE-----",
                "Hash: SHA256 => NotDashEscaped: You need GnuPG => F:2: \"NotDashEscaped: You need GnuPG\": no header but"
                        + " Hash is allowed",
                "'Hash: SHA256\n' => 'Hash: SHA256\n \t\n' => F:3: \" ?\": no header but Hash is allowed",
                "- --c => --c => F:6: a line of the signed text begins with - and is not escaped",
                "- --c => -----BEGIN PGP SIGNED MESSAGE----- => F:6: a line of the signed text begins with - and is not"
                        + " escaped",
                "-----BEGIN PGP SIGNATURE----- => x => F:15: a line of the signed text begins with - and is not escaped",
                "-----END PGP SIGNATURE----- => x => F:15: no -----END PGP SIGNATURE-----",
                "'SIGNATURE-----\n\n' => 'SIGNATURE-----\n' => F:14: no empty line before the signature",
                "'SIGNATURE-----\n\n' => 'SIGNATURE-----\nEvil: 1\n\n' => F:16: \"Evil: 1\" is no header of a signature",
                "'\n=' => '\n%=' => F:15: the signature is not in base64"
            })
    void whatIsNotTheFrameworkIsRefused(String from, String to, String message) {
        assertThat(GOOD).contains(from);
        assertRefused(GOOD.replace(from, to), message);
    }

    @Test
    void nothingMayStandBehindTheSignature() {
        assertRefused(GOOD + "x", "F:16: bytes behind -----END PGP SIGNATURE-----");
        assertRefused(GOOD + "\n", "F:16: bytes behind -----END PGP SIGNATURE-----");
        assertRefused(GOOD + GOOD, "F:30: bytes behind -----END PGP SIGNATURE-----");
        assertGood(GOOD.substring(0, GOOD.length() - 1));
    }

    @Test
    void armourIsChecked() {
        int at = GOOD.indexOf("\n=") + 2;
        String other = GOOD.charAt(at) == 'A' ? "B" : "A";
        assertRefused(
                GOOD.substring(0, at) + other + GOOD.substring(at + 1),
                "F:15: the checksum of the signature's armour is wrong");
        String start = GOOD.substring(0, GOOD.indexOf("SIGNATURE-----\n\n") + 16);
        String end = "\n-----END PGP SIGNATURE-----\n";
        assertRefused(start + end, "F:12: 0 signatures; 1 to 16 are allowed");
        assertRefused(start + "AAAA".repeat(20_000) + end, "F:12: a signature of more than 65536 characters");
        assertRefused(start + "yxNiAGFiYwBhYmNoZWxsbwo=" + end, "F:12: a packet that is no signature");
        assertRefused(start + "iQEzBAEBCAAd" + end, "F:12: a malformed OpenPGP signature");
    }

    @Test
    void thereMustBeATextAndFewSignatures() {
        assertRefused(
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n-----BEGIN PGP SIGNATURE-----\n",
                "F:4: no text is signed");
        assertRefused(
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nA: 1\n", "F:4: no -----BEGIN PGP SIGNATURE-----");
        assertRefused(
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n", "F:2: the document ends inside of its headers");
        assertRefused(
                "-----BEGIN PGP SIGNED MESSAGE-----\n" + "Hash: SHA256\n".repeat(17) + "\n",
                "F:18: more than 16 headers");
        assertRefused("", "F:1: a signed document begins with -----BEGIN PGP SIGNED MESSAGE-----");
        PGPSignature[] many = new PGPSignature[17];
        java.util.Arrays.fill(many, KEY.signature("A: 1\n", NOW, 8, PGPSignature.CANONICAL_TEXT_DOCUMENT));
        assertThatThrownBy(() -> parse(text(TestKey.clearSigned("A: 1\n", many))))
                .hasMessageContaining(": 17 signatures; 1 to 16 are allowed");
    }

    @Test
    void randomChangesNeverBreakTheParser() {
        Fuzz.mutate(GOOD.getBytes(StandardCharsets.ISO_8859_1), "\n\r -=", 5_000, bytes -> {
            ClearSigned signed = ClearSigned.parse(bytes, "F", "n");
            assertThat(signed.signatures()).isNotEmpty();
        });
    }

    private static void assertGood(String document) {
        assertThat(KEY.asArchiveKeys().verify(parse(document), NOW).signedBy()).containsExactly(KEY.fingerprint());
    }

    private static void assertForged(String document) {
        assertThat(document).isNotEqualTo(GOOD);
        ArchiveKeys.Verdict verdict = KEY.asArchiveKeys().verify(parse(document), NOW);
        assertThat(verdict.signedBy()).isEmpty();
        assertThat(verdict.reasons()).containsExactly("key " + KEY.keyId() + ": the signature does not fit the text");
    }

    private static void assertRefused(String document, String message) {
        assertThatThrownBy(() -> parse(document)).isInstanceOf(Problem.class).hasMessage(message + ". Next: n");
    }

    private static ClearSigned parse(String document) {
        return ClearSigned.parse(document.getBytes(StandardCharsets.ISO_8859_1), "F", "n");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ClearSignedTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
