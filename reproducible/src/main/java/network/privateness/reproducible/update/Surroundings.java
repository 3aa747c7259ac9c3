package network.privateness.reproducible.update;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import network.privateness.reproducible.build.DebianMirrors;
import network.privateness.reproducible.build.Inputs;
import network.privateness.reproducible.build.JarSource;
import network.privateness.reproducible.debian.ArchiveKeys;
import network.privateness.reproducible.debian.Freshness;
import network.privateness.reproducible.debian.IndexSource;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.store.ContentStore;

/**
 * What a lock is written from besides definitions.
 *
 * @param mirrors of Debian's archives
 * @param archive opens the archive at a base address
 * @param keys that may sign an archive's InRelease
 * @param freshness how old an InRelease may be
 * @param withoutSuites suites that are left out, as {@code SUITE} or {@code SUITE/ARCHITECTURE}
 * @param goProxy the machine's module proxies
 * @param goHost the build host as Go toolchains are named
 * @param jars resolves Java programs
 * @param store where everything goes that is downloaded
 * @param inputs what is pinned already
 * @param documents reads what has no pin yet
 * @param environment of this process
 * @param scratch a folder for the time of the update, removed by the caller
 * @param notes told what a user should know
 */
public record Surroundings(
        DebianMirrors mirrors,
        Function<URI, IndexSource> archive,
        ArchiveKeys keys,
        Freshness freshness,
        Set<String> withoutSuites,
        Supplier<GoProxySetting> goProxy,
        String goHost,
        JarSource jars,
        ContentStore store,
        Inputs inputs,
        Documents documents,
        Map<String, String> environment,
        Path scratch,
        Consumer<String> notes) {}
