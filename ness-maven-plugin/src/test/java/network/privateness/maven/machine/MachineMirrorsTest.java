package network.privateness.maven.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.fetch.FetchSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMirrorsTest {

    private static final String NEXT = "\\. Next: name a Debian mirror: -Dness\\.debian\\.mirror=URL";

    @TempDir
    Path root;

    private final List<String> notes = new ArrayList<>();

    @Test
    void settingsComeBeforeTheMachine() throws Exception {
        MachineMirrors mirrors = mirrors("https://example.org/debian, /srv/debian", "https://example.org/security");
        assertThat(mirrors.bases(false))
                .containsExactly(URI.create("https://example.org/debian"), URI.create("file:///srv/debian"));
        assertThat(mirrors.bases(true)).containsExactly(URI.create("https://example.org/security"));
        assertThat(mirrors("/srv/debian", null).bases(true)).isEmpty();
    }

    @Test
    void aSettingThatIsNoAddressIsRefused() {
        assertThatThrownBy(() -> mirrors("debian", null).bases(false))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "ness.debian.mirror: \"debian\" is neither an http, https or file URL nor an absolute folder."
                                + " Next: set it as -Dness.debian.mirror=URL");
    }

    @Test
    void everyBrokenAddressIsRefusedInOneLine() {
        for (String text : List.of("http:///x", "http://[x", "https://a/%zz", "ftp://a/b", "file:x", "file://host/x", "http:x")) {
            assertThatThrownBy(() -> MachineMirrors.address("ness.debian.snapshot", text))
                    .as(text)
                    .isInstanceOf(Problem.class)
                    .hasMessage("ness.debian.snapshot: \"" + text + "\" is neither an http, https or file URL nor an"
                            + " absolute folder. Next: set it as -Dness.debian.snapshot=URL");
        }
        assertThatThrownBy(() -> mirrors(" , ", null).bases(false))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.debian.mirror: it is empty. Next: set it as -Dness.debian.mirror=URL, or leave it out");
    }

    @Test
    void aMachineWithoutAptIsTold() {
        assertThatThrownBy(() -> mirrors(null, null).bases(false))
                .isInstanceOf(Problem.class)
                .hasMessageMatching(
                        "/etc/apt: no Debian archive among this machine's apt sources; there are none" + NEXT);
    }

    /** What calls itself Debian but is signed by others, or not at all, is not used. */
    @Test
    void aptSourcesOfAnotherDistributionAreNotUsed() throws Exception {
        Path archive = Files.createDirectories(root.resolve("ubuntu/dists/noble"))
                .getParent()
                .getParent();
        Files.writeString(
                archive.resolve("dists/noble/InRelease"),
                "Origin: Ubuntu\nLabel: Ubuntu\nSuite: noble\nCodename: noble\n"
                        + "Date: Thu, 25 Apr 2024 15:11:17 UTC\nArchitectures: amd64\nComponents: main\nSHA256:\n");
        sources("deb file:" + archive + " noble main\ndeb file:" + root.resolve("gone") + " noble main\n");
        assertThatThrownBy(() -> mirrors(null, null).bases(false))
                .isInstanceOf(Problem.class)
                .hasMessageMatching(
                        "/etc/apt: no Debian archive among this machine's apt sources: file:\\S+/ubuntu \\S+"
                                + "/ubuntu/dists/noble/InRelease:1: a signed document begins with -+BEGIN PGP SIGNED MESSAGE-+; file:\\S+/gone noble: file:\\S+ is not there"
                                + NEXT);
    }

    private void sources(String text) throws Exception {
        Files.createDirectories(root.resolve("etc/apt"));
        Files.writeString(root.resolve("etc/apt/sources.list"), text);
    }

    private MachineMirrors mirrors(String main, String security) {
        return new MachineMirrors(
                Optional.ofNullable(main),
                Optional.ofNullable(security),
                root,
                new Documents(FetchSettings.defaults()),
                notes::add);
    }
}
