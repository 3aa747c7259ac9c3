package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.definition.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Modes, owners and links of every image, and that nothing is in it that no container needs. */
final class SaneFilesIT {

    /** Engines put a tmpfs with the same mode over them, so that any user can write there. */
    private static final Set<String> FOR_EVERYONE = Set.of("run", "run/lock", "tmp", "var/tmp");

    /** What packages ship for people, compilers, package managers and other systems. */
    private static final Pattern USELESS = Pattern.compile(
            "usr/(include|lib/debug|share/(man|info|lintian|bug|gdb|gcc|locale"
                    + "|bash-completion|zsh|fish|doc-base|applications|icons|pixmaps))/.*|usr/share/doc/.*\\.gz"
                    + "|usr/share/doc/.*changelog.*|.*\\.(a|la|o|pyc)|var/(cache|log)/.+|etc/(init\\.d|systemd|cron.*|apparmor\\.d"
                    + "|logrotate\\.d|default)/.+|usr/lib/systemd/.+|.*\\.(dpkg-(old|new|dist)|orig|rej)|.*~|usr/lib/[^/]+/lib(c_malloc_debug|memusage|pcprofile|thread_db)\\..*");

    static List<PlatformImage> images() throws IOException {
        return BuiltImage.onAllPlatforms();
    }

    /** Volumes are as the definition says, whatever it says. */
    @ParameterizedTest
    @MethodSource("images")
    void volumesAreThoseOfTheDefinition(PlatformImage one) throws IOException {
        ImageRoot root = ImageRoot.of(one.image());
        for (Volume volume : one.built().definition().start().volumes()) {
            TarMember member = root.files().get(volume.path().substring(1)).member();
            assertThat(member.kind()).as("%s", member).isEqualTo(Kind.DIRECTORY);
            assertThat(member.mode()).as("%s", member).isEqualTo(volume.mode());
            assertThat(member.uid()).as("%s", member).isEqualTo(volume.uid());
            assertThat(member.gid()).as("%s", member).isEqualTo(volume.gid());
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void nobodyGetsRightsByAFile(PlatformImage one) throws IOException {
        for (TarMember member : shipped(one)) {
            boolean shared = FOR_EVERYONE.contains(member.path());
            assertThat(member.mode() & 06000).as("setuid, setgid: %s", member).isZero();
            if (member.kind() == Kind.SYMLINK) {
                assertThat(member.mode()).as("%s", member).isEqualTo(0777);
            } else if (shared) {
                assertThat(member.kind()).as("%s", member).isEqualTo(Kind.DIRECTORY);
                assertThat(member.mode()).as("%s", member).isEqualTo(01777);
            } else {
                assertThat(member.mode() & 01022)
                        .as("written by others, or sticky: %s", member)
                        .isZero();
            }
        }
    }

    /** Images run under any user, so what is not the root user's home is readable, and what can be run by one can be by all. */
    @ParameterizedTest
    @MethodSource("images")
    void everyUserCanReadAndRunEverything(PlatformImage one) throws IOException {
        for (TarMember member : shipped(one)) {
            if (member.path().equals("root")) {
                assertThat(member.mode()).isEqualTo(0700);
            } else if (member.kind() == Kind.DIRECTORY) {
                assertThat(member.mode() & 0755).as("%s", member).isEqualTo(0755);
            } else if (member.kind() == Kind.FILE) {
                assertThat(member.mode()).as("%s", member).isIn(0644, 0755);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void rootOwnsAllButVolumes(PlatformImage one) throws IOException {
        ImageRoot root = ImageRoot.of(one.image());
        Set<Integer> users = ids(root.text("etc/passwd"));
        Set<Integer> groups = ids(root.text("etc/group"));
        assertThat(users).contains(0);
        assertThat(groups).contains(0);
        for (TarMember member : shipped(one)) {
            assertThat(member.uid() + ":" + member.gid()).as("%s", member).isEqualTo("0:0");
        }
        for (Volume volume : one.built().definition().start().volumes()) {
            assertThat(users).as("%s", volume).contains(volume.uid());
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void everyLinkLeadsSomewhere(PlatformImage one) throws IOException {
        ImageRoot root = ImageRoot.of(one.image());
        assertThat(root.files().keySet())
                .filteredOn(path -> root.files().get(path).member().kind() == Kind.SYMLINK)
                .allSatisfy(path -> assertThat(root.find(path))
                        .as("%s -> %s", path, root.files().get(path).member().linkTarget())
                        .isPresent());
    }

    @ParameterizedTest
    @MethodSource("images")
    void nothingUseless(PlatformImage one) throws IOException {
        assertThat(ImageRoot.of(one.image()).files().keySet())
                .filteredOn(path -> USELESS.matcher(path).matches())
                .isEmpty();
    }

    /** Everything but the volumes. */
    private static List<TarMember> shipped(PlatformImage one) throws IOException {
        Set<String> volumes = one.built().definition().start().volumes().stream()
                .map(volume -> volume.path().substring(1))
                .collect(Collectors.toSet());
        return ImageRoot.of(one.image()).files().values().stream()
                .map(LayerFile::member)
                .filter(member -> !volumes.contains(member.path()))
                .toList();
    }

    private static Set<Integer> ids(String table) {
        return table.lines().map(line -> Integer.valueOf(line.split(":")[2])).collect(Collectors.toSet());
    }
}
