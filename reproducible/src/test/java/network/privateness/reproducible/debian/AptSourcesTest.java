package network.privateness.reproducible.debian;

import static network.privateness.reproducible.debian.TestArchive.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {

    private static final TestKey KEY = TestKey.create();
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String NEXT = ". Next: name a Debian mirror: -Dness.debian.mirror=URL";

    @TempDir
    Path root;

    @Test
    void oneLineFormat() throws IOException {
        write(
                "sources.list",
                "# comment\n\ndeb http://m.example.org/debian/ trixie main contrib # more\n"
                        + "deb-src http://m.example.org/debian trixie main\n"
                        + "deb [arch=amd64 signed-by=/k.gpg] https://s.example.org/x/ trixie-security main\n"
                        + "deb [ arch=amd64 ]\tfile:/srv/debian  trixie\tmain\n"
                        + "deb http://m.example.org/debian trixie main contrib\n");
        AptSources sources = AptSources.read(root);
        assertThat(sources.entries())
                .containsExactly(
                        entry("http://m.example.org/debian", List.of("trixie"), "main", "contrib"),
                        entry("https://s.example.org/x", List.of("trixie-security"), "main"),
                        entry("file:/srv/debian", List.of("trixie"), "main"));
        assertThat(sources.notes()).isEmpty();
    }

    @Test
    void stanzaFormat() throws IOException {
        write(
                "sources.list.d/debian.sources",
                "Types: deb deb-src\n# a comment\nURIs: http://a.example.org/debian\n http://b.example.org/debian/\n"
                        + "Suites: trixie trixie-updates\nComponents: main\n\n"
                        + "Types: deb\nURIs: http://c.example.org\nSuites: trixie\nEnabled: No\n\n"
                        + "Types: deb-src\nURIs: http://d.example.org\nSuites: trixie\n");
        AptSources sources = AptSources.read(root);
        assertThat(sources.entries())
                .containsExactly(
                        entry("http://a.example.org/debian", List.of("trixie", "trixie-updates"), "main"),
                        entry("http://b.example.org/debian", List.of("trixie", "trixie-updates"), "main"));
        assertThat(sources.notes()).isEmpty();
    }

    @Test
    void filesAreReadInAptsOrder() throws IOException {
        write("sources.list.d/b.list", "deb http://b.example.org x main\n");
        write("sources.list.d/a.sources", "Types: deb\nURIs: http://a.example.org\nSuites: x\n");
        write("sources.list", "deb http://z.example.org x main\n");
        write("sources.list.d/c.list.save", "deb http://c.example.org x main\n");
        write("sources.list.d/with space.list", "deb http://d.example.org x main\n");
        assertThat(AptSources.read(root).entries())
                .extracting(entry -> entry.uri().getHost())
                .containsExactly("z.example.org", "a.example.org", "b.example.org");
    }

    @Test
    void whatCannotBeUsedIsNoted() throws IOException {
        write(
                "sources.list",
                "deb cdrom:[Debian 13 _Trixie_]/ trixie main\n"
                        + "deb mirror+file:/etc/apt/mirrors trixie main\n"
                        + "deb https://user:secret@[ trixie main\n"
                        + "deb http://flat.example.org ./\n"
                        + "deb http://only.example.org\n"
                        + "dep http://x.example.org trixie main\n"
                        + "deb http://$(ARCH).example.org trixie main\n");
        write("sources.list.d/a.sources", "Types: deb\nURIs: http://a.example.org\n\nTypes: deb\n");
        write("sources.list.d/b.sources", "nothing\n");
        write("sources.list.d/c.list", "x".repeat((1 << 20) + 1));
        AptSources sources = AptSources.read(root);
        assertThat(sources.entries()).isEmpty();
        assertThat(sources.notes())
                .containsExactly(
                        "/etc/apt/sources.list:1: \"cdrom:[Debian\" is no http, https or file URI, passed over",
                        "/etc/apt/sources.list:2: \"mirror+file:/etc/apt/mirrors\" is no http, https or file URI, passed"
                                + " over",
                        "/etc/apt/sources.list:3: \"https://...@[\" is no http, https or file URI, passed over",
                        "/etc/apt/sources.list:4: \"./\" is no name of a suite with packages below dists/, passed over",
                        "/etc/apt/sources.list:5: no suite, passed over",
                        "/etc/apt/sources.list:6: not \"deb URI suite components\", passed over",
                        "/etc/apt/sources.list:7: \"http://$(ARCH).example.org\" is no http, https or file URI, passed"
                                + " over",
                        "/etc/apt/sources.list.d/a.sources:1: no field \"Suites\", the rest of the file is passed over",
                        "/etc/apt/sources.list.d/b.sources:1: \"nothing\" is not \"field: value\", the rest of the file is"
                                + " passed over",
                        "/etc/apt/sources.list.d/c.list: more than 1048576 bytes, passed over");
    }

    @Test
    void archivesThatDebianSignedAreKept() throws IOException {
        write(
                "sources.list",
                "deb http://foreign.example.org/ubuntu noble main\n"
                        + "deb http://m.example.org/debian trixie main\n"
                        + "deb http://user:secret@down.example.org/debian trixie main\n"
                        + "deb http://s.example.org/security trixie-security main\n"
                        + "deb http://m.example.org/debian trixie-updates main\n");
        TestKey theirs = TestKey.create();
        Map<String, TestArchive> archives = Map.of(
                "foreign.example.org",
                archive(theirs, header("noble", "noble").replace("Origin: Debian", "Origin: Ubuntu")),
                "m.example.org",
                archive(KEY, header("stable", "trixie") + "Valid-Until: Mon, 02 Mar 2026 00:00:00 UTC\n"),
                "s.example.org",
                archive(
                        KEY,
                        header("stable-security", "trixie-security")
                                .replace("Label: Debian", "Label: Debian-Security")),
                "down.example.org",
                new TestArchive());
        AptSources.Mirrors mirrors =
                AptSources.read(root).trustedMirrors(uri -> archives.get(uri.getHost()), KEY.asArchiveKeys(), NOW);
        assertThat(mirrors.main()).containsExactly(URI.create("http://m.example.org/debian"));
        assertThat(mirrors.security()).containsExactly(URI.create("http://s.example.org/security"));
        assertThat(mirrors.notes())
                .containsExactly(
                        "http://foreign.example.org/ubuntu dists/noble/InRelease: no good signature (it says Origin:"
                                + " Ubuntu): key " + theirs.keyId() + ": none of the archive's keys",
                        "http://...@down.example.org/debian trixie: no dists/trixie/InRelease");
    }

    @Test
    void withoutADebianArchiveTheSettingIsNamed() throws IOException {
        assertThatThrownBy(() -> AptSources.read(root).trustedMirrors(uri -> null, KEY.asArchiveKeys(), NOW))
                .hasMessage("/etc/apt: no Debian archive among this machine's apt sources; there are none" + NEXT);
        write("sources.list", "deb http://foreign.example.org/ubuntu noble main\n");
        TestArchive foreign = archive(KEY, header("noble", "noble").replace("Origin: Debian", "Origin: Ubuntu"));
        assertThatThrownBy(() -> AptSources.read(root).trustedMirrors(uri -> foreign, KEY.asArchiveKeys(), NOW))
                .hasMessage("/etc/apt: no Debian archive among this machine's apt sources:"
                        + " http://foreign.example.org/ubuntu dists/noble/InRelease: Origin is \"Ubuntu\", not Debian"
                        + NEXT);
    }

    @Test
    void randomChangesNeverBreakTheReader() {
        byte[] lines = "deb [arch=amd64] http://m.example.org/debian trixie main # x\ndeb file:/srv a b\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] stanzas = "Types: deb\nURIs: http://a.example.org\nSuites: trixie\nComponents: main\n\nTypes: deb\n"
                .getBytes(StandardCharsets.UTF_8);
        for (String name : List.of("/x.list", "/x.sources")) {
            Fuzz.mutate(name.endsWith("list") ? lines : stanzas, "\n []:#/@% $", 3_000, bytes -> {
                Set<AptSources.Entry> entries = new LinkedHashSet<>();
                new AptSourcesFile(name, entries, new ArrayList<>()).read(bytes);
                assertThat(entries)
                        .allSatisfy(entry -> assertThat(entry.suites()).isNotEmpty());
            });
        }
    }

    private static TestArchive archive(TestKey key, String header) {
        return new TestArchive().suite(key, header, Map.of("amd64", "\n"));
    }

    private static AptSources.Entry entry(String uri, List<String> suites, String... components) {
        return new AptSources.Entry(URI.create(uri), suites, List.of(components));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve("etc/apt").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
