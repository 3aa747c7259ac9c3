package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import network.privateness.it.Go;
import network.privateness.it.Tool;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.archive.TarReader;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.BaseDefinition;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.definition.Software;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.LayerBlob;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What scanners of vulnerabilities and licences read in an image: the system, its packages, their files, Go's modules. */
final class ScannerIT {

    private static final String STATUS = "var/lib/dpkg/status.d/";

    @TempDir
    Path folder;

    static List<PlatformImage> images() throws IOException {
        return BuiltImage.onAllPlatforms();
    }

    @ParameterizedTest
    @MethodSource("images")
    void systemIsDebian13(PlatformImage one) throws IOException {
        List<String> release =
                ImageRoot.of(one.image()).text("etc/os-release").lines().toList();
        assertThat(release).contains("ID=debian", "VERSION_ID=\"13\"");
    }

    @ParameterizedTest
    @MethodSource("images")
    void packagesAreThoseOfTheLock(PlatformImage one) throws IOException {
        ImageRoot root = ImageRoot.of(one.image());
        List<String> found = new ArrayList<>();
        for (String path : statusFiles(root)) {
            Stanza stanza = Stanza.parse(root.text(path));
            // Scanners go by the field, people by the file's name.
            assertThat(path).isEqualTo(STATUS + stanza.get("Package"));
            found.add(stanza.get("Package") + " " + stanza.get("Version") + " " + stanza.get("Architecture") + " of "
                    + stanza.source());
        }
        assertThat(found).isNotEmpty();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(packages(one).keySet().stream()
                        .map(pinned -> pinned.name() + " " + pinned.version() + " " + pinned.architecture() + " of "
                                + pinned.source())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("images")
    void everyPackageComesWithItsLicence(PlatformImage one) throws IOException {
        ImageRoot root = ImageRoot.of(one.image());
        assertThat(packages(one).keySet())
                .map(PinnedPackage::name)
                .allSatisfy(name -> assertThat(root.find("usr/share/doc/" + name + "/copyright"))
                        .as(name)
                        .map(file -> file.member().kind())
                        .contains(Kind.FILE));
    }

    /** What a filter takes is there as the package's sums say, and what it drops is not. */
    @ParameterizedTest
    @MethodSource("images")
    void filesHaveTheSumsOfTheirPackages(PlatformImage one) throws IOException {
        ImageRoot root = ImageRoot.of(one.image());
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<PinnedPackage, Predicate<String>> entry : packages(one).entrySet()) {
            String name = entry.getKey().name();
            for (String line : root.text(STATUS + name + ".md5sums").split("\n")) {
                assertThat(line).matches("[0-9a-f]{32}  [^/].*");
                String path = line.substring(34);
                Optional<String> md5 = root.find(path).map(LayerFile::md5);
                if (!entry.getValue().test(path)) {
                    continue;
                }
                compared++;
                if (!md5.equals(Optional.of(line.substring(0, 32)))) {
                    wrong.add(name + " " + path + ": " + line.substring(0, 32) + ", found " + md5.orElse("nothing"));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("images")
    void goProgramsTellTheirModules(PlatformImage one) throws IOException {
        ImageDefinition definition = one.built().definition();
        List<Install.Go> programs = definition.software().install().stream()
                .filter(install -> install.platforms().contains(one.platform()))
                .filter(Install.Go.class::isInstance)
                .map(Install.Go.class::cast)
                .filter(program -> !program.local())
                .toList();
        Lock lock = one.built().lock();
        for (Install.Go program : programs) {
            Path file = folder.resolve(program.target().replace('/', '_'));
            extract(one, program.to().substring(1), file);
            Tool go = Go.need().tool();
            List<String> said =
                    go.text("version", "-m", file).lines().map(String::strip).toList();
            PinnedProgram pinned = lock.program(program.target());
            assertThat(said).contains("path\t" + pinned.program());
            List<String> modules = said.stream()
                    .filter(line -> line.startsWith("mod\t") || line.startsWith("dep\t") || line.startsWith("=>\t"))
                    .toList();
            // Go calls what it builds in the module's own tree a development version; the label has the true one.
            assertThat(modules)
                    .filteredOn(line -> line.startsWith("mod\t"))
                    .containsExactly("mod\t" + pinned.module() + "\t(devel)");
            if (programs.size() == 1) {
                assertThat("v" + definition.version()).isEqualTo(pinned.version());
            }
            // With a hash wherever the lock has one: what was compiled is what was pinned.
            Map<String, String> hashes = new HashMap<>();
            lock.modules(pinned)
                    .forEach(module -> module.zip()
                            .ifPresent(h1 -> hashes.put(module.module() + "\t" + module.version(), h1.text())));
            String licences = ImageRoot.of(one.image())
                    .text("usr/share/doc" + program.to().substring(program.to().lastIndexOf('/')) + "/copyright");
            assertThat(modules)
                    .filteredOn(line -> line.startsWith("dep\t"))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        String[] fields = line.split("\t");
                        if (fields.length > 3) {
                            assertThat(licences).contains("\n" + fields[1] + "@" + fields[2]);
                            assertThat(hashes.get(fields[1] + "\t" + fields[2]))
                                    .as(line)
                                    .isEqualTo(fields[3]);
                        }
                    });
            assertThat(said)
                    .contains(
                            "build\tGOARCH=" + one.platform().architecture(),
                            "build\tGOOS=linux",
                            "build\tCGO_ENABLED=0",
                            "build\t-trimpath=true");
            if (one.platform() == Platform.LINUX_ARM_V7) {
                assertThat(said).anyMatch(line -> line.matches("build\tGOARM=7.*"));
            }
            // No state of a checkout: it would differ from machine to machine.
            assertThat(said).noneMatch(line -> line.startsWith("build\tvcs"));
        }
    }

    private static List<String> statusFiles(ImageRoot root) {
        return root.files().subMap(STATUS, STATUS + '\uffff').keySet().stream()
                .filter(path -> !path.endsWith(".md5sums"))
                .toList();
    }

    /** The packages of an image and of its bases, each with what the definitions take of it. */
    private static Map<PinnedPackage, Predicate<String>> packages(PlatformImage one) throws IOException {
        Definitions definitions = one.built().definitions();
        ImageDefinition image = definitions.images().get(one.built().name());
        Lock lock = one.built().lock();
        Map<PinnedPackage, Predicate<String>> packages = new HashMap<>();
        for (BaseDefinition base : definitions.chain(image.software())) {
            collect(lock, PinnedTarget.base(base.name()), base.software(), one.platform(), packages);
        }
        collect(lock, PinnedTarget.image(image.name()), image.software(), one.platform(), packages);
        return packages;
    }

    private static void collect(
            Lock lock,
            String target,
            Software software,
            Platform platform,
            Map<PinnedPackage, Predicate<String>> into) {
        for (PinnedPackage pinned : lock.packages(target, platform)) {
            List<Install> named = software.install().stream()
                    .filter(install -> install.name().equals(pinned.name())
                            && install.platforms().contains(platform))
                    .toList();
            // A package of module files serves the linker and leaves nothing in the image.
            if (named.stream().noneMatch(Install.Jlink.class::isInstance)) {
                Predicate<String> taken = named.stream()
                        .filter(Install.Debian.class::isInstance)
                        .map(install -> ((Install.Debian) install).files().compile())
                        .findFirst()
                        .orElse(path -> true);
                into.put(pinned, taken);
            }
        }
    }

    private static void extract(PlatformImage one, String path, Path to) throws IOException {
        for (LayerBlob layer : one.image().layers()) {
            if (LayerFile.of(layer).stream()
                    .noneMatch(file -> file.member().path().equals(path))) {
                continue;
            }
            try (TarReader tar = LayerFile.open(layer)) {
                for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
                    if (next.get().path().equals(path)) {
                        try (InputStream in = tar.content()) {
                            Files.copy(in, to);
                            return;
                        }
                    }
                }
            }
        }
        throw new AssertionError(path + " is not in " + one);
    }
}
