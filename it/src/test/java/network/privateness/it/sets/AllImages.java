package network.privateness.it.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.privateness.it.Checkout;
import network.privateness.it.goals.Maven;
import network.privateness.it.goals.Trees;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.lock.LockWriter;

/**
 * A project of its own with the images of the set all that stand-ins can make, and one of the set registry, for one
 * platform. It is locked and built once for all tests.
 */
public final class AllImages {

    static final List<String> IMAGES =
            List.of("amneziawg", "emercoin-core", "skywire", "skywire-amneziawg", "yggdrasil");

    /** The address of Emercoin's releases, which mirrors redirect. */
    static final String RELEASES = "https://github.com/emercoin/emercoin/releases/download";

    private static final Path HOME = Checkout.ROOT.resolve("it/target/sets");

    private static AllImages built;

    private final Path folder = HOME.resolve("images");
    private final StandIns standIns;
    private final Maven maven;

    private AllImages() throws IOException {
        Trees.delete(HOME);
        standIns = StandIns.make(HOME.resolve("stand-ins"));
        maven = new Maven(HOME.resolve("maven"))
                .with("GONOSUMDB", StandIns.SKYWIRE)
                .with("GOPROXY", standIns.proxy() + machineProxies());
        for (String name : IMAGES) {
            copy(Checkout.ROOT.resolve("images").resolve(name), folder.resolve(name));
        }
        copy(Checkout.ROOT.resolve("images/bases"), folder.resolve("bases"));
        Files.copy(Checkout.ROOT.resolve("images/bases.yaml"), folder.resolve("bases.yaml"));
        for (String name : IMAGES) {
            Path file = folder.resolve(name).resolve("image.yaml");
            Files.writeString(
                    file, Files.readString(file).replaceAll("(?m)^platforms: .*$", "platforms: [linux/amd64]"));
        }
        Files.createDirectories(folder.resolve(".mvn"));
        Files.writeString(folder.resolve("pom.xml"), POM.formatted(System.getProperty("ness.version")));
        Files.writeString(folder.resolve(Lock.FILE), LockWriter.write(oneHost()));
    }

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>it.sets</groupId>
              <artifactId>images</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <build><plugins><plugin>
                <groupId>network.privateness</groupId>
                <artifactId>ness-maven-plugin</artifactId>
                <version>%s</version>
                <executions><execution><goals><goal>images</goal></goals></execution></executions>
              </plugin></plugins></build>
            </project>
            """;

    /** The layouts of the images, locked and built when first asked for. */
    public static synchronized Path layouts() throws IOException, InterruptedException {
        return get().folder.resolve("target/ness/oci");
    }

    static synchronized AllImages get() throws IOException, InterruptedException {
        if (built == null) {
            AllImages made = new AllImages();
            made.lock();
            made.succeed(made.run("-Dness.set=all", "-Dness.prefix=ness-it-sets", "package"));
            built = made;
        }
        return built;
    }

    /** Emercoin's hash is that of the real archive, which must be refused before it is that of the stand-in. */
    private void lock() throws IOException, InterruptedException {
        Path file = folder.resolve("emercoin-core/image.yaml");
        String real = Files.readString(file);
        String sha256 = real.replaceAll("(?s).*sha256: ([0-9a-f]{64}).*", "$1");
        byte[] before = Files.readAllBytes(folder.resolve(Lock.FILE));
        Maven.Result refused = run("ness:lock", "-Dness.set=all");
        assertThat(refused.failures())
                .as(refused.text())
                .isEqualTo(Map.of(
                        "images",
                        "input emercoin: the file has " + standIns.archiveDigest() + ", image.yaml says sha256:"
                                + sha256
                                + ". Next: do not use this source; if its publisher has changed the file and says so,"
                                + " change \"sha256\""));
        assertThat(folder.resolve(Lock.FILE)).hasBinaryContent(before);
        Files.writeString(file, real.replace(sha256, standIns.archiveDigest().hex()));
        succeed(run("ness:lock", "-Dness.set=all"));
    }

    /** Runs goals with the stand-ins as mirrors and the store of this machine, which has everything else. */
    Maven.Result run(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("-Dness.mirror.emercoin=" + RELEASES + "=" + standIns.archives()));
        line.addAll(Arrays.asList(arguments));
        return maven.run(folder, line.toArray(String[]::new));
    }

    /**
     * Runs goals with a store of their own, where nothing can be reached but what the arguments name: all proxies lead
     * nowhere.
     */
    Maven.Result runCut(String store, String goProxy, String... arguments) throws IOException, InterruptedException {
        Maven cut = new Maven(Files.createTempDirectory(HOME, "cut"))
                .with("GOPROXY", goProxy)
                .with("https_proxy", nowhere())
                .with("http_proxy", nowhere())
                .with("no_proxy", "");
        List<String> line = new ArrayList<>(
                List.of("-Dness.store=" + HOME.resolve(store), "-Dness.set=all", "-Dness.output=" + output(store)));
        line.addAll(Arrays.asList(arguments));
        return cut.run(folder, line.toArray(String[]::new));
    }

    /** Where {@link #runCut} puts its layouts and report. */
    Path output(String store) {
        return HOME.resolve(store + "-output");
    }

    Path folder() {
        return folder;
    }

    Path home() {
        return HOME;
    }

    Lock pinned() throws IOException {
        return LockReader.read(folder.resolve(Lock.FILE), Lock.FILE);
    }

    void succeed(Maven.Result result) {
        assertThat(result.exit()).as(result.text()).isZero();
    }

    /** An address of this machine where nothing listens. */
    static String nowhere() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static String machineProxies() {
        return ","
                + GoProxySetting.find(System.getenv()).proxies().stream()
                        .map(proxy -> proxy.address().toString())
                        .reduce((one, other) -> one + "," + other)
                        .orElseThrow();
    }

    /** The lock of the release, of which only the toolchain of this machine is needed: the others are large. */
    private static Lock oneHost() throws IOException {
        Lock lock = LockReader.read(Checkout.ROOT.resolve("images").resolve(Lock.FILE), Lock.FILE);
        String host = GoToolchain.host(System.getProperty("os.name"), System.getProperty("os.arch"));
        return new Lock(
                lock.layoutVersion(),
                lock.epoch(),
                lock.definitions(),
                lock.suites(),
                lock.packages(),
                lock.targets(),
                List.of(lock.toolchain(host)),
                lock.programs(),
                lock.modules(),
                lock.artifacts(),
                lock.archives(),
                lock.layers());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(
                            file,
                            copy,
                            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES,
                            java.nio.file.LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }
}
