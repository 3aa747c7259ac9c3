package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Downloads a module whose hash nobody knows yet, when a lock is written. Go holds it against the public checksum
 * database that the machine's settings name, unless they say otherwise.
 */
public final class GoDownload {

    /** Settings of the machine that count: how it reaches the network, and whom it believes. */
    private static final Set<String> KEPT = Set.of(
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "GOSUMDB",
            "GONOSUMDB",
            "GOPRIVATE");

    private final GoToolchain toolchain;
    private final GoProxySetting proxies;
    private final Map<String, String> machine;
    private final Path scratch;

    /**
     * @param machine the environment of this process
     * @param scratch a folder of the caller's, who removes it
     */
    public GoDownload(GoToolchain toolchain, GoProxySetting proxies, Map<String, String> machine, Path scratch) {
        this.toolchain = toolchain;
        this.proxies = proxies;
        this.machine = Map.copyOf(machine);
        this.scratch = scratch;
    }

    /**
     * The module, and its files in the scratch folder.
     *
     * @throws network.privateness.reproducible.Problem if no proxy has it, or the checksum database knows another one
     */
    public GoResolution.Found module(ModuleVersion id) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "download");
        Map<String, String> environment = new TreeMap<>();
        machine.forEach((name, value) -> {
            if (KEPT.contains(name)) {
                environment.put(name, value);
            }
        });
        environment.put("PATH", toolchain.root().resolve("bin").toString());
        environment.put("HOME", folder.toString());
        environment.put("GOMODCACHE", folder.resolve("modcache").toString());
        environment.put("GOCACHE", folder.resolve("cache").toString());
        environment.put("GOPROXY", proxies.value());
        environment.put("GOENV", "off");
        environment.put("GOFLAGS", "-modcacherw");
        environment.put("GOTELEMETRY", "off");
        environment.put("GOTOOLCHAIN", "local");
        environment.put("GOWORK", "off");
        GoCommand.Result result = new GoCommand(toolchain.command(), folder, environment, Duration.ofMinutes(15))
                .run(List.of("mod", "download", id.toString()));
        if (result.exit() != 0) {
            throw GoFailure.of(id.toString(), "mod download", result);
        }
        Path downloads = folder.resolve("modcache/cache/download");
        Path zip = downloads.resolve(id.proxyPath(".zip"));
        Path goMod = downloads.resolve(id.proxyPath(".mod"));
        return new GoResolution.Found(PinnedModule.of(id, zip, goMod), goMod, Optional.of(zip));
    }
}
