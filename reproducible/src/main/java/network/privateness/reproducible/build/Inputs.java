package network.privateness.reproducible.build;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import network.privateness.reproducible.debian.DebFile;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.fetch.Check;
import network.privateness.reproducible.fetch.Download;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.golang.GoBuild;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.H1;
import network.privateness.reproducible.golang.ModuleSource;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.store.ContentStore;

/**
 * Brings pinned inputs, checked, as files of the store.
 *
 * <p>Settings of the machine (mirrors, GOPROXY) are asked for only when something has to be fetched, so a build from a
 * full store needs none of them.
 */
public final class Inputs implements ModuleSource {

    /** golang.org/x/mod/zip allows no larger go.mod: 16 MiB. */
    private static final long LARGEST_GO_MOD = 16L << 20;

    /** Versions of modules never change, so there is nothing to update. */
    private static final String OTHER_PROXY =
            "a version of a module never changes, so don't use this proxy: set GOPROXY to another one";

    private final ContentStore store;
    private final Fetcher fetcher;
    private final DebianMirrors mirrors;
    private final URI snapshot;
    private final Supplier<GoProxySetting> goProxy;

    /** Decoding a package can take 65 MiB: all threads of a build at once would need more than it has. */
    private final Semaphore unpackings = new Semaphore(2);

    /**
     * @param snapshot root of a snapshot archive, which holds packages that mirrors have dropped
     * @param goProxy throws a Problem if the machine names no proxy
     */
    public Inputs(
            ContentStore store,
            Fetcher fetcher,
            DebianMirrors mirrors,
            URI snapshot,
            Supplier<GoProxySetting> goProxy) {
        this.store = store;
        this.fetcher = fetcher;
        this.mirrors = mirrors;
        this.snapshot = snapshot;
        this.goProxy = goProxy;
    }

    /** The .deb files, in the order of the packages. */
    public List<Path> debian(List<PinnedPackage> packages) throws IOException {
        Map<PinnedPackage, Path> files = new HashMap<>();
        Map<PinnedPackage, Download> missing = new LinkedHashMap<>();
        for (PinnedPackage pinned : packages) {
            Optional<Path> known = store.find(pinned.sha256());
            if (known.isPresent()) {
                files.put(pinned, known.get());
            } else {
                missing.put(pinned, download(pinned));
            }
        }
        Map<Download, Path> fetched = fetcher.fetchAll(missing.values());
        missing.forEach((pinned, download) -> files.put(pinned, fetched.get(download)));
        return packages.stream().map(files::get).toList();
    }

    /** Files of source packages, in their order; they come from where the binaries come from. */
    List<Path> sources(List<DebianSource> sources) throws IOException {
        Map<DebianSource, Download> downloads = new LinkedHashMap<>();
        for (DebianSource source : sources) {
            List<URI> places = new ArrayList<>();
            mirrors.bases(DebianRelease.isSecurity(source.suite()))
                    .forEach(base ->
                            places.add(DebianRelease.below(base, source.file().path())));
            places.add(DebianRelease.snapshot(
                    snapshot,
                    source.suite(),
                    source.inReleaseDate(),
                    source.file().path()));
            String name = source.file().path();
            downloads.put(
                    source,
                    Download.of(
                            name.substring(name.lastIndexOf('/') + 1),
                            places,
                            source.file().size(),
                            source.file().sha256()));
        }
        Map<Download, Path> fetched = fetcher.fetchAll(downloads.values());
        return sources.stream()
                .map(source -> fetched.get(downloads.get(source)))
                .toList();
    }

    /**
     * A package and its files.
     *
     * @param file as {@link #debian} brings it
     * @param spool where its files are unpacked; removed by the caller
     */
    DebFile unpack(PinnedPackage pinned, Path file, Path spool) throws IOException, InterruptedException {
        unpackings.acquire();
        try {
            return DebFile.open(file, pinned.name(), spool);
        } finally {
            unpackings.release();
        }
    }

    /** A package, brought and unpacked. */
    DebFile unpack(PinnedPackage pinned, Path spool) throws IOException, InterruptedException {
        return unpack(pinned, debian(List.of(pinned)).get(0), spool);
    }

    /** A release archive. */
    public Path archive(PinnedArchive archive) throws IOException {
        return fetcher.fetch(download(archive));
    }

    /** What the store lacks of these, in an order of its own; a Problem if this machine names no source of it. */
    List<Download> missing(
            Collection<PinnedPackage> packages,
            Collection<PinnedArchive> archives,
            Collection<PinnedToolchain> toolchains,
            Collection<PinnedModule> modules)
            throws IOException {
        Map<String, Download> missing = new TreeMap<>();
        for (PinnedPackage pinned : packages) {
            if (store.find(pinned.sha256()).isEmpty()) {
                add(missing, download(pinned));
            }
        }
        for (PinnedArchive archive : archives) {
            if (store.find(archive.sha256()).isEmpty()) {
                add(missing, download(archive));
            }
        }
        for (PinnedToolchain toolchain : toolchains) {
            if (known(toolchain.zip()).isEmpty()) {
                add(missing, download(toolchain));
            }
        }
        for (PinnedModule module : modules) {
            if (known(module.mod()).isEmpty()) {
                add(missing, goModDownload(module));
            }
            if (module.zip().isPresent() && known(module.zip().get()).isEmpty()) {
                add(missing, zipDownload(module));
            }
        }
        return List.copyOf(missing.values());
    }

    private static void add(Map<String, Download> missing, Download download) {
        missing.put(download.name(), download);
    }

    /** Tries to bring them, one attempt each; for a report of all that can't be had. */
    Fetcher.Trial tryAll(Collection<Download> downloads, Duration limit) throws IOException {
        return fetcher.tryAll(downloads, limit);
    }

    /** Brings everything that a Go build needs, in parallel; afterwards the single look-ups find it in the store. */
    void prefetch(PinnedToolchain toolchain, List<PinnedModule> modules) throws IOException {
        List<Download> missing = new ArrayList<>();
        if (known(toolchain.zip()).isEmpty()) {
            missing.add(download(toolchain));
        }
        for (PinnedModule module : modules) {
            if (known(module.mod()).isEmpty()) {
                missing.add(goModDownload(module));
            }
            if (module.zip().isPresent() && known(module.zip().get()).isEmpty()) {
                missing.add(zipDownload(module));
            }
        }
        fetcher.fetchAll(missing);
    }

    @Override
    public Path zip(PinnedModule module) throws IOException {
        Optional<Path> known = known(module.zip().orElseThrow());
        return known.isPresent() ? known.get() : fetcher.fetch(zipDownload(module));
    }

    @Override
    public Path goMod(PinnedModule module) throws IOException {
        Optional<Path> known = known(module.mod());
        return known.isPresent() ? known.get() : fetcher.fetch(goModDownload(module));
    }

    @Override
    public Path toolchain(PinnedToolchain toolchain) throws IOException {
        Optional<Path> known = known(toolchain.zip());
        return known.isPresent() ? known.get() : fetcher.fetch(download(toolchain));
    }

    private Optional<Path> known(H1 hash) throws IOException {
        Optional<String> sha256 = store.reference("h1", hash.toString());
        return sha256.isPresent() ? store.find(Sha256.parse(sha256.get())) : Optional.empty();
    }

    private static Download download(PinnedArchive archive) {
        return Download.of(archive.name(), archive.urls(), archive.size(), archive.sha256())
                .withWrongHint("if the change is meant, run mvn ness:lock -Dness.archive=" + archive.name() + "=URL");
    }

    private Download download(PinnedPackage pinned) throws IOException {
        List<URI> bases = mirrors.bases(DebianRelease.isSecurity(pinned.suite()));
        List<URI> sources = new ArrayList<>();
        bases.forEach(base -> sources.add(DebianRelease.below(base, pinned.path())));
        sources.add(DebianRelease.snapshot(snapshot, pinned.suite(), pinned.inReleaseDate(), pinned.path()));
        return Download.of(
                        pinned.name() + " " + pinned.version() + " " + pinned.architecture(),
                        sources,
                        pinned.size(),
                        pinned.sha256())
                .withVanishedHint(
                        bases.isEmpty()
                                ? "the package is from " + pinned.suite()
                                        + ": name a mirror of the security archive (-Dness.debian.security=URL)"
                                : "the package is superseded: run mvn ness:lock -Dness.update=" + pinned.name()
                                        + ", or set a snapshot archive (-D" + DebianRelease.SNAPSHOT_SETTING + "=URL)")
                .withWrongHint("use another mirror (-Dness.debian.mirror=URL), or run mvn ness:lock -Dness.update="
                        + pinned.name());
    }

    /** The hash is over the content: another proxy may pack the same to another size. */
    private Download zipDownload(PinnedModule module) {
        return new Download(
                        module.id() + ".zip",
                        goProxy.get().zip(module.id()),
                        OptionalLong.empty(),
                        GoBuild.LARGEST_ZIP,
                        new Check.ByDigest(
                                module.zip().orElseThrow().toString(),
                                file -> H1.ofZip(file, module.id()).toString()))
                .withWrongHint(OTHER_PROXY);
    }

    private Download goModDownload(PinnedModule module) {
        return new Download(
                        module.id() + ".mod",
                        goProxy.get().goMod(module.id()),
                        OptionalLong.empty(),
                        LARGEST_GO_MOD,
                        new Check.ByDigest(
                                module.mod().toString(),
                                file -> H1.ofGoMod(file).toString()))
                .withWrongHint(OTHER_PROXY);
    }

    private Download download(PinnedToolchain toolchain) {
        return new Download(
                        "Go toolchain " + toolchain.version() + " for " + toolchain.host(),
                        goProxy.get().zip(toolchain.id()),
                        OptionalLong.empty(),
                        GoBuild.LARGEST_ZIP,
                        new Check.ByDigest(
                                toolchain.zip().toString(),
                                file -> H1.ofZip(file, toolchain.id()).toString()))
                .withWrongHint(OTHER_PROXY);
    }
}
