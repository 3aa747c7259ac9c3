package network.privateness.reproducible.debian;

import static network.privateness.reproducible.debian.TestArchive.header;
import static network.privateness.reproducible.debian.TestArchive.stanza;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;

class DebianArchiveTest {

    private static final TestKey KEY = TestKey.create();
    private static final Freshness FRESHNESS = Freshness.at(Instant.parse("2026-03-02T00:00:00Z"));
    private static final String PACKAGES = stanza("a", "1:2-3", "Depends: b", "Source: src (2-1)", "Essential: yes")
            + stanza("b", "1", "Source: other")
            + stanza("c", "1");
    private static final String XZ = "dists/trixie/main/binary-amd64/Packages.xz";
    private static final String NEXT = ". Next: use another mirror: -Dness.debian.mirror=URL";

    private final TestArchive archive =
            new TestArchive().suite(KEY, header("stable", "trixie"), Map.of("amd64", PACKAGES, "armhf", PACKAGES));

    @Test
    void packagesArePinned() throws IOException {
        Map<String, List<Wanted>> sets = new LinkedHashMap<>();
        sets.put("one", List.of(Wanted.of("a")));
        sets.put("two", List.of(Wanted.of("c"), Wanted.of("b")));
        Map<String, List<PinnedPackage>> pinned =
                new DebianArchive(List.of(open()), List.of()).pin("amd64", sets, Set.of());
        assertThat(pinned.keySet()).containsExactly("one", "two");
        assertThat(pinned.get("one").get(0))
                .isEqualTo(new PinnedPackage(
                        "a",
                        "1:2-3",
                        "amd64",
                        "trixie",
                        "pool/main/a_1:2-3.deb",
                        1000,
                        Sha256.of("a1:2-3"),
                        Instant.parse("2026-03-01T10:20:30Z"),
                        "20260301T102030Z",
                        "src (2-1)",
                        List.of("b")));
        assertThat(pinned.get("one").get(1).source()).isEqualTo("other (1)");
        assertThat(pinned.get("two")).extracting(PinnedPackage::name).containsExactly("b", "c");
        assertThat(pinned.get("two").get(1).source()).isEqualTo("c (1)");
    }

    @Test
    void singleSuitesAreReadOnlyIfAsked() throws IOException {
        archive.suite(KEY, header("testing", "forky"), Map.of("amd64", stanza("a", "9", "Depends: b")));
        ArchiveSuite forky = ArchiveSuite.open(archive, "forky", KEY.asArchiveKeys(), FRESHNESS);
        DebianArchive debian = new DebianArchive(List.of(open()), List.of(forky));
        archive.fetched.clear();
        debian.pin("amd64", Map.of("x", List.of(Wanted.of("a"))), Set.of());
        assertThat(archive.fetched).hasSize(1).allMatch(path -> path.startsWith("dists/trixie/"));
        List<PinnedPackage> pinned = debian.pin("amd64", Map.of("x", List.of(Wanted.of("a", "forky"))), Set.of())
                .get("x");
        assertThat(pinned).extracting(PinnedPackage::suite).containsExactly("forky", "trixie");
    }

    @Test
    void listsComeByTheirHashAndElseByName() throws IOException {
        PackagesIndex index = open().packages("amd64");
        assertThat(index.size()).isEqualTo(3);
        assertThat(index.suite()).isEqualTo("trixie");
        assertThat(index.named("a").get(0).essential()).isTrue();
        assertThat(archive.fetched).last().asString().contains("/by-hash/SHA256/");
        archive.files.keySet().removeIf(path -> path.contains("by-hash"));
        assertThat(open().packages("amd64").size()).isEqualTo(3);
        assertThat(archive.fetched).last().isEqualTo(XZ);
        archive.files.remove(XZ);
        assertThatThrownBy(() -> open().packages("amd64"))
                .isInstanceOf(IOException.class)
                .hasMessage("no " + XZ);
    }

    @Test
    void aListInTheMiddleOfAnUpdateIsRefused() throws IOException {
        archive.files.keySet().removeIf(path -> path.contains("by-hash"));
        byte[] good = archive.files.get(XZ);
        byte[] other = TestArchive.xz(stanza("z", "1").getBytes(StandardCharsets.UTF_8));
        archive.files.put(XZ, other);
        assertThatThrownBy(() -> open().packages("amd64"))
                .hasMessage(
                        XZ + ": expected " + good.length + " bytes with " + Sha256.of(good) + ", got " + other.length
                                + " with " + Sha256.of(other)
                                + "; the mirror may be between two updates. Next: try again later,"
                                + " or use another mirror: -Dness.debian.mirror=URL");
        archive.files.put(XZ, Arrays.copyOf(good, good.length + 1000));
        assertThatThrownBy(() -> open().packages("amd64"))
                .hasMessageContaining(", got " + (good.length + 1) + " with ");
    }

    @Test
    void anArchitectureThatTheSuiteLacksIsNamed() throws IOException {
        assertThatThrownBy(() -> open().packages("arm64"))
                .hasMessage(
                        "dists/trixie/main/binary-arm64/Packages.xz: InRelease names no such file; its architectures"
                                + " are all amd64 armhf. Next: leave this platform out, or choose another suite");
    }

    @Test
    void aForgedInReleaseOpensNothing() {
        assertThatThrownBy(() ->
                        ArchiveSuite.open(archive, "trixie", TestKey.create().asArchiveKeys(), FRESHNESS))
                .hasMessage("dists/trixie/InRelease: no good signature (it says Origin: Debian): key " + KEY.keyId()
                        + ": none of the archive's keys" + NEXT);
        assertThatThrownBy(() -> ArchiveSuite.open(archive, "../x", KEY.asArchiveKeys(), FRESHNESS))
                .hasMessage("\"../x\" is no name of a suite");
    }

    @Test
    void whatIsUnpackedMustBeWhatInReleaseNames() {
        byte[] plain = PACKAGES.getBytes(StandardCharsets.UTF_8);
        byte[] xz = TestArchive.xz(plain);
        Sha256 hash = Sha256.of(plain);
        assertUnpacking(
                xz,
                plain.length - 1,
                hash,
                "P: more than the " + (plain.length - 1) + " bytes that InRelease names" + NEXT);
        assertUnpacking(xz, plain.length + 1, hash, "P: unpacked, it is not the file that InRelease names" + NEXT);
        assertUnpacking(
                xz, plain.length, Sha256.of("x"), "P: unpacked, it is not the file that InRelease names" + NEXT);
        assertUnpacking(xz, 1L << 40, hash, "P: 1099511627776 bytes; at most 536870912 are allowed" + NEXT);
        assertUnpacking(
                Arrays.copyOf(xz, xz.length - 4),
                plain.length,
                hash,
                "P: malformed xz data (java.io.EOFException)" + NEXT);
        assertUnpacking(
                new byte[40],
                plain.length,
                hash,
                "P: malformed xz data (org.tukaani.xz.XZFormatException: Input is not in the XZ format)" + NEXT);
    }

    @Test
    void randomChangesOfAListNeverBreakTheReader() {
        Fuzz.mutate(PACKAGES.getBytes(StandardCharsets.UTF_8), "\n :(),|=<>-", 1_500, bytes -> {
            PackagesIndex index = PackagesIndex.read(new java.io.ByteArrayInputStream(bytes), "trixie", "P");
            for (String name : List.of("a", "b", "c")) {
                index.named(name)
                        .forEach(candidate -> assertThat(candidate.name()).isEqualTo(name));
            }
        });
    }

    @Test
    void malformedPackagesAreNamed() {
        assertMalformed("Size: 1000", "Size: 0", "Size \"0\" is no number of bytes");
        assertMalformed(
                "Filename: pool/",
                "Filename: ../",
                "Filename \"../main/a_1:2-3.deb\": it must be relative," + " without empty parts, . and ..");
        assertMalformed(
                "Version: 1:2-3",
                "Version: x",
                "\"x\" is no Debian version: the upstream part must begin with a" + " digit");
        assertMalformed("Source: src (2-1)", "Source: src (2-1", "Source \"src (2-1\" is not \"name (version)\"");
        assertMalformed("Depends: b", "Depends: (b)", "dependency \"(b)\": the relation must be one of << <= = >= >>");
        assertMalformed("Architecture: amd64", "Arch: amd64", "\"\" is no architecture");
    }

    private ArchiveSuite open() throws IOException {
        return ArchiveSuite.open(archive, "trixie", KEY.asArchiveKeys(), FRESHNESS);
    }

    private static void assertMalformed(String from, String to, String what) {
        byte[] bytes =
                PACKAGES.replaceFirst(java.util.regex.Pattern.quote(from), to).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PackagesIndex.read(new java.io.ByteArrayInputStream(bytes), "trixie", "P")
                        .named("a"))
                .hasMessage("P, package a: " + what + NEXT);
    }

    private static void assertUnpacking(byte[] xz, long size, Sha256 hash, String message) {
        assertThatThrownBy(() -> PackagesIndex.readXz(xz, new InRelease.IndexFile(size, hash), "trixie", "P"))
                .hasMessage(message);
    }
}
