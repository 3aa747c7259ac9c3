package network.privateness.it.goals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.privateness.it.Checkout;
import network.privateness.it.Requirement;
import network.privateness.maven.machine.MachineMirrors;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.DebianRelease;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.ProxySettings;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.lock.LockWriter;
import network.privateness.reproducible.lock.PinnedTarget;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code ness:lock} on Debian's current archives, as this machine's apt sources reach them: one lock's life. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LockIT {

    private static final Path HOME = Checkout.ROOT.resolve("it/target/goals/lock");
    private static final String PLATFORM = "platforms: [linux/amd64]\n";
    private static final String ONE = PLATFORM + "install:\n  - {debian: netbase, dependencies: false}\n";
    private static final String TWO = ONE + "  - {debian: tini, dependencies: false}\n";
    private static final String MAIN_ALONE = "-Dness.debian.without=trixie-updates,trixie-security";
    private static final String OLD = "0~old";
    private static final String INRELEASE = "dists/trixie/InRelease";

    private Maven maven;
    private Reactor reactor;
    private Reactor.Module module;
    private Path file;
    private byte[] inRelease;
    private Lock first;

    @BeforeAll
    void prepare() throws Exception {
        inRelease = inRelease().orElse(new byte[0]);
        Requirement.need(inRelease.length > 0, "a Debian archive among its apt sources");
        Trees.delete(HOME);
        maven = new Maven(HOME.resolve("maven"));
        reactor = new Reactor(HOME.resolve("projects"));
        module = reactor.add("tiny", "images").set("store", HOME.resolve("store"));
        file = module.folder().resolve(Lock.FILE);
        module.image("tiny", ONE);
        reactor.write();
    }

    private static Optional<byte[]> inRelease() {
        Documents documents =
                new Documents(FetchSettings.defaults().withProxies(ProxySettings.fromEnvironment(System.getenv())));
        try {
            MachineMirrors mirrors =
                    new MachineMirrors(Optional.empty(), Optional.empty(), Path.of("/"), documents, note -> {});
            List<URI> places = mirrors.bases(false).stream()
                    .map(base -> DebianRelease.below(base, INRELEASE))
                    .toList();
            return Optional.of(documents.read(places, 1 << 20));
        } catch (IOException | Problem e) {
            System.out.println(e.getMessage());
            return Optional.empty();
        }
    }

    @Test
    @Order(1)
    void aLockIsMade() throws Exception {
        Maven.Result result = lock();
        Lock lock = read();
        first = lock;
        assertThat(names(lock)).containsExactly("netbase");
        assertThat(lock.suites()).extracting(suite -> suite.suite()).containsExactly("trixie");
        assertThat(lock.suites().get(0).signedBy()).isNotEmpty();
        assertThat(lock.layers()).containsOnlyKeys(Locks.DEBIAN_LAYER);
        assertThat(result.text())
                .containsPattern("debian +netbase all +- +\\S+ [0-9a-f]{12}\n")
                .containsPattern("layer +image:tiny debian linux/amd64 +- +[0-9a-f]{12} of inputs")
                .contains("review and commit ness.lock");
        assertThat(maven.run(module.folder(), "-o", "package").exit()).isZero();
    }

    /** What is pinned already stays, even if the archive has something newer by now. */
    @Test
    @Order(2)
    void aPackageIsAdded() throws Exception {
        Files.writeString(file, LockWriter.write(older(read())));
        String before = Files.readString(file);
        module.image("tiny", TWO);
        Maven.Result result = lock(MAIN_ALONE);
        assertThat(names(read())).containsExactly("netbase", "tini");
        assertThat(result.text()).containsPattern("debian +tini amd64 +- +\\S+ [0-9a-f]{12}\n");
        assertThat(result.text()).doesNotContainPattern("debian +netbase");
        assertThat(entry(Files.readString(file), "netbase")).isEqualTo(entry(before, "netbase"));
    }

    @Test
    @Order(3)
    void aPackageMovesByItsName() throws Exception {
        String before = Files.readString(file);
        Maven.Result result = lock(MAIN_ALONE, "-Dness.update=netbase");
        assertThat(result.text()).containsPattern("debian +netbase all +0~old [0-9a-f]{12} +\\S+ [0-9a-f]{12}\n");
        assertThat(result.text()).doesNotContainPattern("debian +tini");
        // The same files under another version make the same layer.
        assertThat(result.text())
                .containsPattern(
                        "layer +image:tiny debian linux/amd64 +(\\w{12}) of inputs \\w{16} by rules (\\w{16}) +"
                                + "\\1 of inputs \\w{16} by rules \\2\n");
        String after = Files.readString(file);
        assertThat(entry(after, "tini")).isEqualTo(entry(before, "tini"));
        assertThat(entry(after, "netbase")).isEqualTo(entry(LockWriter.write(first), "netbase"));
    }

    @Test
    @Order(4)
    void aPackageIsRemoved() throws Exception {
        String before = Files.readString(file);
        module.image("tiny", ONE);
        // Nothing has to be read for that.
        Maven.Result result = lock("-o");
        assertThat(names(read())).containsExactly("netbase");
        assertThat(result.text()).containsPattern("debian +tini amd64 +\\S+ [0-9a-f]{12} +-\n");
        assertThat(Files.readString(file)).contains(entry(before, "netbase"));
        assertThat(lock("-o").text()).contains("nothing changed");
    }

    @Test
    @Order(5)
    void aTamperedInReleaseIsRefused() throws Exception {
        String text = new String(inRelease, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("Codename: trixie");
        assertThat(at).isPositive();
        byte[] tampered = inRelease.clone();
        tampered[text.indexOf("\n ", at) + 1 + 5] ^= 1;
        Path mirror = mirror("tampered", tampered);
        refused(mirror, "the signature does not fit the text");
    }

    @Test
    @Order(6)
    void aPackageListThatInReleaseDoesNotNameIsRefused() throws Exception {
        Path mirror = mirror("other-list", inRelease);
        Path list = mirror.resolve("dists/trixie/main/binary-amd64/Packages.xz");
        Files.createDirectories(list.getParent());
        Files.writeString(list, "not what was signed");
        refused(mirror, "Packages.xz: expected \\d+ bytes with sha256:[0-9a-f]{64}, got 19 with sha256:");
    }

    @Test
    @Order(7)
    void inputsAndSourcesAreExportedAndABuildFromThemNeedsNoNetwork() throws Exception {
        Path exported = HOME.resolve("exported");
        Maven.Result result = maven.run(module.folder(), "ness:package", "-Dness.inputs.export=" + exported);
        assertThat(result.exit()).as(result.text()).isZero();
        PinnedPackage netbase = read().packages().get(0);
        Path pool = exported.resolve("debian").resolve(netbase.path()).getParent();
        assertThat(exported.resolve("debian").resolve(netbase.path())).hasSize(netbase.size());
        assertThat(exported.resolve("settings")).content().contains("-Dness.debian.mirror=DIR/debian");
        try (Stream<Path> files = Files.list(pool)) {
            assertThat(files.map(source -> source.getFileName().toString()))
                    .as("netbase is under the GPL")
                    .contains("netbase_" + netbase.version() + ".dsc", "netbase_" + netbase.version() + ".tar.xz");
        }
        byte[] report = Files.readAllBytes(module.folder().resolve("target/ness/images.json"));
        Trees.delete(HOME.resolve("store"));
        Trees.delete(module.folder().resolve("target"));
        Maven.Result alone =
                maven.run(module.folder(), "-o", "package", "-Dness.debian.mirror=" + exported.resolve("debian"));
        assertThat(alone.exit()).as(alone.text()).isZero();
        assertThat(module.folder().resolve("target/ness/images.json")).hasBinaryContent(report);
    }

    private void refused(Path mirror, String why) throws Exception {
        byte[] before = Files.readAllBytes(file);
        module.image("tiny", TWO);
        Maven.Result result = maven.run(
                module.folder(), "ness:lock", "-Dness.debian.mirror=" + mirror, "-Dness.debian.without=trixie-updates");
        assertThat(result.exit()).isNotZero();
        assertThat(result.traces()).isEmpty();
        assertThat(result.failures())
                .hasEntrySatisfying(
                        "tiny",
                        message -> assertThat(message)
                                .startsWith("file://" + mirror + "/dists/trixie/")
                                .containsPattern(why)
                                .containsPattern("\\. Next: (try again later, or )?use another mirror"));
        assertThat(file).hasBinaryContent(before);
        assertThat(file.resolveSibling("ness.lock.new")).doesNotExist();
        module.image("tiny", ONE);
    }

    private static Path mirror(String name, byte[] inRelease) throws IOException {
        Path mirror = HOME.resolve(name);
        Files.createDirectories(mirror.resolve(INRELEASE).getParent());
        Files.write(mirror.resolve(INRELEASE), inRelease);
        return mirror;
    }

    private Maven.Result lock(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("ness:lock"));
        line.addAll(List.of(arguments));
        Maven.Result result = maven.run(module.folder(), line.toArray(String[]::new));
        assertThat(result.exit()).as(result.text()).isZero();
        return result;
    }

    private Lock read() throws IOException {
        return LockReader.read(file, Lock.FILE);
    }

    private static List<String> names(Lock lock) {
        return lock.packages().stream().map(PinnedPackage::name).toList();
    }

    /** The block of a package, with all its lines. */
    private static String entry(String lock, String name) {
        int start = lock.indexOf("  - package: " + name + "\n");
        assertThat(start).isPositive();
        int next = lock.indexOf("\n  - ", start);
        int end = lock.indexOf("\n\n", start);
        return lock.substring(start, next < 0 || end < next ? end : next);
    }

    /** The same packages under an older version. */
    private static Lock older(Lock lock) {
        List<PinnedPackage> packages = lock.packages().stream()
                .map(p -> new PinnedPackage(
                        p.name(),
                        OLD,
                        p.architecture(),
                        p.suite(),
                        p.path(),
                        p.size(),
                        p.sha256(),
                        p.inReleaseDate(),
                        p.snapshot(),
                        p.source(),
                        p.depends()))
                .toList();
        List<PinnedTarget> targets = lock.targets().stream()
                .map(target -> new PinnedTarget(
                        target.name(),
                        target.platform(),
                        target.wanted(),
                        target.wanted().stream()
                                .map(wanted -> wanted.substring(1) + "=" + OLD)
                                .toList()))
                .toList();
        return new Lock(
                lock.layoutVersion(),
                lock.epoch(),
                lock.definitions(),
                lock.suites(),
                packages,
                targets,
                lock.toolchains(),
                lock.programs(),
                lock.modules(),
                lock.artifacts(),
                lock.archives(),
                lock.layers());
    }
}
