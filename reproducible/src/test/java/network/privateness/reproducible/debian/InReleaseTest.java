package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InReleaseTest {

    private static final TestKey KEY = TestKey.create();
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
    private static final Sha256 HASH = Sha256.of("x");
    private static final String TEXT = TestArchive.header("stable", "trixie") + "SHA256:\n " + HASH.hex()
            + "      12 main/binary-amd64/Packages.xz\n " + HASH.hex() + " 0 main/empty\n";
    private static final String NEXT = ". Next: use another mirror: -Dness.debian.mirror=URL";

    @Test
    void aSignedDocumentSaysWhatTheSuiteHas() {
        byte[] document = KEY.sign(TEXT.replace("Acquire", "Valid-Until: Sun, 08 Mar 2026 10:20:30 UTC\nAcquire"));
        InRelease release = read(document, "trixie", Freshness.at(NOW));
        assertThat(release.origin()).isEqualTo("Debian");
        assertThat(release.label()).isEqualTo("Debian");
        assertThat(release.suite()).isEqualTo("stable");
        assertThat(release.codename()).isEqualTo("trixie");
        assertThat(release.date()).isEqualTo("2026-03-01T10:20:30Z");
        assertThat(release.validUntil()).contains(Instant.parse("2026-03-08T10:20:30Z"));
        assertThat(release.architectures()).containsExactly("all", "amd64", "armhf");
        assertThat(release.components()).containsExactly("main", "contrib");
        assertThat(release.acquireByHash()).isTrue();
        assertThat(release.files())
                .hasSize(2)
                .containsEntry("main/binary-amd64/Packages.xz", new InRelease.IndexFile(12, HASH));
        assertThat(release.signedBy()).containsExactly(KEY.fingerprint());
        assertThat(release.sha256()).isEqualTo(Sha256.of(document));
        assertThat(read(document, "stable", Freshness.at(NOW))).isEqualTo(release);
    }

    @Test
    void anotherDistributionIsNamed() {
        assertRefused(
                KEY.sign(TEXT.replace("Origin: Debian", "Origin: Ubuntu")),
                "F: Origin is \"Ubuntu\", not Debian" + NEXT);
        TestKey theirs = TestKey.create();
        assertRefused(
                theirs.sign(TEXT.replace("Origin: Debian", "Origin: Ubuntu")),
                "F: no good signature (it says Origin: Ubuntu): key " + theirs.keyId() + ": none of the archive's keys"
                        + NEXT);
    }

    @Test
    void anotherSuiteIsRefused() {
        assertThatThrownBy(() -> read(KEY.sign(TEXT), "bookworm", Freshness.at(NOW)))
                .hasMessage("F: suite \"stable\" with code name \"trixie\", but \"bookworm\" was asked for" + NEXT);
    }

    @Test
    void anExpiredDocumentNeedsAnExplicitSetting() {
        byte[] document = KEY.sign(TEXT.replace("Acquire", "Valid-Until: Sun, 01 Mar 2026 23:59:59 UTC\nAcquire"));
        assertRefused(
                document,
                "F: expired: Valid-Until 2026-03-01T23:59:59Z, now 2026-03-02T00:00:00Z; the mirror is behind, or replays"
                        + " an old state. Next: use another mirror (-Dness.debian.mirror=URL), or accept it by"
                        + " -Dness.debian.expired=trixie");
        assertThatThrownBy(() -> read(document, "trixie", new Freshness(NOW, Set.of("forky"))))
                .hasMessageContaining("expired");
        InRelease accepted = read(document, "trixie", new Freshness(NOW, Set.of("trixie")));
        assertThat(accepted.isExpired(NOW)).isTrue();
        assertThat(accepted.isExpired(Instant.parse("2026-03-01T23:59:59Z"))).isFalse();
    }

    @Test
    void aDateInTheFutureBlamesTheClock() {
        Freshness early = new Freshness(Instant.parse("2026-02-28T10:20:29.5Z"), Set.of("trixie"));
        assertThatThrownBy(() -> read(KEY.sign(TEXT), "trixie", early))
                .hasMessage("F: its Date 2026-03-01T10:20:30Z lies after this machine's time 2026-02-28T10:20:29Z."
                        + " Next: set the machine's clock");
        Freshness oneDay = Freshness.at(Instant.parse("2026-02-28T10:20:30Z"));
        assertThat(read(KEY.sign(TEXT), "trixie", oneDay).codename()).isEqualTo("trixie");
    }

    @Test
    void oneChangedByteOfTheTextIsAForgery() {
        String document = new String(KEY.sign(TEXT), StandardCharsets.UTF_8);
        assertRefused(
                document.replace("      12 main", "      13 main").getBytes(StandardCharsets.UTF_8),
                "F: no good signature (it says Origin: Debian): key " + KEY.keyId()
                        + ": the signature does not fit the text" + NEXT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "Origin: Debian => Origin: => F:4: no field \"Origin\"",
                "Suite: stable => Soute: stable => F:4: no field \"Suite\"",
                "10:20:30 UTC => 10:20:30 CET => F:4: Date \"Sun, 01 Mar 2026 10:20:30 CET\" is no date like"
                        + " \"Sat, 12 Sep 2026 07:55:41 UTC\"",
                "01 Mar 2026 => 32 Mar 2026 => F:4: Date \"Sun, 32 Mar 2026 10:20:30 UTC\" is no date like"
                        + " \"Sat, 12 Sep 2026 07:55:41 UTC\"",
                "01 Mar 2026 => 01 M\u00e4r 2026 => F:4: Date \"Sun, 01 M?r 2026 10:20:30 UTC\" is no date like"
                        + " \"Sat, 12 Sep 2026 07:55:41 UTC\"",
                "main/empty => ../empty => F:4: SHA256 has path \"../empty\": it must be relative, without empty parts,"
                        + " . and ..",
                "main/empty => /empty => F:4: SHA256 has path \"/empty\": it must be relative, without empty parts,"
                        + " . and ..",
                "main/empty => main/binary-amd64/Packages.xz => F:4: SHA256 has"
                        + " \"main/binary-amd64/Packages.xz\" twice",
                "' 0 main/empty' => ' main/empty' => F:4: SHA256 has"
                        + " \"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a...\", which is not \"hash size path\"",
                "SHA256: => MD5Sum: => F:4: no field \"SHA256\"",
                "'Acquire-By-Hash: yes\n' => '\n' => F:10: a second stanza; only one is allowed"
            })
    void malformedFieldsAreRefusedEvenWhenSigned(String from, String to, String message) {
        assertThat(TEXT).contains(from);
        assertRefused(KEY.sign(TEXT.replace(from, to)), message + NEXT);
    }

    @Test
    void sizeIsBounded() {
        assertRefused(new byte[InRelease.MAX_SIZE + 1], "F: more than 4194304 bytes" + NEXT);
    }

    @Test
    void randomChangesAreRefusedOrChangeNothingThatWasSigned() {
        byte[] good = KEY.sign(TEXT);
        InRelease release = read(good, "trixie", Freshness.at(NOW));
        Fuzz.mutate(good, "\n\r\t -=:AHash", 1_500, bytes -> {
            InRelease read = read(bytes, "trixie", Freshness.at(NOW));
            assertThat(read.files()).isEqualTo(release.files());
            assertThat(read.date()).isEqualTo(release.date());
            assertThat(read.label()).isEqualTo(release.label());
        });
    }

    private static InRelease read(byte[] document, String suite, Freshness freshness) {
        return InRelease.read(document, "F", suite, KEY.asArchiveKeys(), freshness);
    }

    private static void assertRefused(byte[] document, String message) {
        assertThatThrownBy(() -> read(document, "trixie", Freshness.at(NOW)))
                .isInstanceOf(Problem.class)
                .hasMessage(message);
    }
}
