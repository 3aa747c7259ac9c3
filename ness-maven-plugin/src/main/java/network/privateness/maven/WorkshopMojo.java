package network.privateness.maven;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.inject.Inject;
import network.privateness.maven.machine.JdkSearch;
import network.privateness.maven.machine.MachineMirrors;
import network.privateness.maven.machine.Terminal;
import network.privateness.maven.report.BuildLines;
import network.privateness.maven.resolution.MavenArtifacts;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.BuildLog;
import network.privateness.reproducible.build.DebianRelease;
import network.privateness.reproducible.build.Inputs;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.build.Workshop;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.fetch.ConsoleProgress;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Mirrors;
import network.privateness.reproducible.fetch.ProxySettings;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.jvm.JavaHome;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.ContentStore;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/** Goals that make layers: what they read from settings and machine. */
abstract class WorkshopMojo extends StoreMojo {

    /** The JDK that compiles this build and links Java runtimes. */
    private static final int JDK = 25;

    /** Each holds buffers of its own. */
    private static final int MOST_THREADS = 64;

    @Inject
    private RepositorySystem repositorySystem;

    @Inject
    private ToolchainManager toolchains;

    @Inject
    private SettingsDecrypter decrypter;

    /**
     * Folder that holds bases.yaml, ness.lock and the folders of the images. Default: the project's folder, or
     * {@code images} in it.
     */
    @Parameter(property = "ness.folder")
    private File folder;

    /** Only these images, parted by commas. Makes a development build, which is never published. */
    @Parameter(property = "ness.images")
    private String images;

    /**
     * Only these platforms ({@code linux/amd64}, {@code linux/arm64}, {@code linux/arm/v7}), parted by commas. Makes a
     * development build, which is never published.
     */
    @Parameter(property = "ness.platforms")
    private String platforms;

    /** Which images: {@code registry}, whose inputs all come from package registries, or {@code all}. */
    @Parameter(property = "ness.set", defaultValue = Selection.REGISTRY)
    private String set;

    /**
     * Mirrors of the Debian archive, URLs or folders, parted by commas. Default: those apt sources of this machine that
     * Debian has signed.
     */
    @Parameter(property = "ness.debian.mirror")
    private String debianMirror;

    /** Mirrors of Debian's security archive, as {@code ness.debian.mirror}. */
    @Parameter(property = "ness.debian.security")
    private String debianSecurity;

    /** Root of an archive of old Debian packages, tried after the mirrors. */
    @Parameter(property = DebianRelease.SNAPSHOT_SETTING, defaultValue = "https://snapshot.debian.org/archive")
    private String debianSnapshot;

    /** How many threads compress. Has no effect on the bytes. Default: one per core. */
    @Parameter(property = "ness.threads", defaultValue = "0")
    private int threads;

    final Path folder() {
        if (folder != null) {
            return folder.toPath();
        }
        Path base = session.getCurrentProject().getBasedir() == null
                ? Path.of("").toAbsolutePath()
                : session.getCurrentProject().getBasedir().toPath();
        boolean here = Files.exists(base.resolve(Definitions.BASES_FILE)) || Files.exists(base.resolve(Lock.FILE));
        return here || !Files.isDirectory(base.resolve("images")) ? base : base.resolve("images");
    }

    final Selection selection(Definitions definitions) {
        Set<Platform> wanted = EnumSet.noneOf(Platform.class);
        for (String name : items(platforms)) {
            try {
                wanted.add(Platform.parse(name));
            } catch (IllegalArgumentException e) {
                throw new Problem("ness.platforms", e.getMessage(), "correct the name");
            }
        }
        return Selection.of(definitions, set, items(images), wanted);
    }

    /** Work with everything at hand; all is closed and removed afterwards. */
    interface Work {
        void run(Machine machine) throws IOException, InterruptedException;
    }

    /** What the settings and the machine offer. */
    record Machine(
            ContentStore store,
            Documents documents,
            MachineMirrors mirrors,
            Inputs inputs,
            Supplier<GoProxySetting> goProxy,
            Supplier<JavaHome> jdk,
            String goHost,
            int threads,
            BuildLog log,
            Path scratch) {

        Workshop workshop(Definitions definitions, Lock lock, JarResolver jars) {
            return new Workshop(definitions, lock, store, inputs, jars, jdk, goHost, threads, log);
        }
    }

    final void work(Work work) throws IOException, InterruptedException {
        int workers = threads();
        URI snapshot = MachineMirrors.address(DebianRelease.SNAPSHOT_SETTING, debianSnapshot);
        ProxySettings proxies = MavenProxies.of(proxies(), System.getenv());
        MavenProxies.allowLogin(proxies, System.getProperties());
        FetchSettings settings = FetchSettings.defaults()
                .withMirrors(Mirrors.fromProperties(properties()))
                .withProxies(proxies)
                .withOffline(session.isOffline());
        try (ContentStore store = openStore();
                ConsoleProgress progress = progress();
                Fetcher fetcher = new Fetcher(store, settings, progress);
                var scratch = store.scratch("build")) {
            Documents documents = new Documents(settings);
            MachineMirrors mirrors = new MachineMirrors(
                    Optional.ofNullable(debianMirror),
                    Optional.ofNullable(debianSecurity),
                    Path.of("/"),
                    documents,
                    note -> getLog().debug(note));
            Supplier<GoProxySetting> goProxy = () -> GoProxySetting.find(System.getenv());
            work.run(new Machine(
                    store,
                    documents,
                    mirrors,
                    new Inputs(store, fetcher, mirrors, snapshot, goProxy),
                    goProxy,
                    this::jdk,
                    GoToolchain.host(System.getProperty("os.name"), System.getProperty("os.arch")),
                    workers,
                    new BuildLines(getLog()::info, getLog()::debug, Clock.systemUTC()),
                    scratch.path()));
        }
    }

    private int threads() {
        if (threads < 0 || threads > MOST_THREADS) {
            throw new Problem(
                    "ness.threads",
                    threads + " is not a number from 0 to " + MOST_THREADS,
                    "leave it out, or choose one");
        }
        return threads > 0 ? threads : Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    }

    /** Maven leaves the passwords of its settings as they stand in the file. */
    private List<Proxy> proxies() {
        var request = new DefaultSettingsDecryptionRequest();
        request.setProxies(session.getSettings().getProxies());
        return decrypter.decrypt(request).getProxies();
    }

    final JarResolver jars(boolean packaged) {
        return new JarResolver(MavenArtifacts.of(repositorySystem, session), packaged);
    }

    private JavaHome jdk() {
        Toolchain selected = toolchains.getToolchainFromBuildContext("jdk", session);
        Optional<Path> home = Optional.ofNullable(selected)
                .map(toolchain -> toolchain.findTool("java"))
                .map(java -> Path.of(java).getParent().getParent());
        return new JdkSearch(
                        home,
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        Path.of(System.getProperty("java.home")))
                .find(JDK);
    }

    private ConsoleProgress progress() {
        if (Terminal.isThere() && session.getRequest().isInteractiveMode()) {
            return ConsoleProgress.terminal(System.out::print, Clock.systemUTC(), 100);
        }
        return ConsoleProgress.plain(line -> getLog().info(line), Clock.systemUTC(), Duration.ofSeconds(5));
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        session.getUserProperties().forEach((key, value) -> properties.put(key.toString(), value.toString()));
        return properties;
    }

    static List<String> items(String setting) {
        return setting == null
                ? List.of()
                : Arrays.stream(setting.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }
}
