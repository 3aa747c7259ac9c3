package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Downloads a module whose hash nobody knows yet, when a lock is written: a main module or a toolchain, which no go.sum
 * covers. Go holds it against the public checksum database, an append-only log whose signature and proofs it checks,
 * unless the machine's settings (GOSUMDB, GONOSUMDB, GOPRIVATE) say otherwise.
 */
public final class GoDownload {

    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    /** Whom this machine believes: which checksum database, and what it is not asked about. */
    private static final List<String> CHECKSUMS = List.of("GOSUMDB", "GONOSUMDB", "GOPRIVATE");

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
        Path folder = Files.createTempDirectory(scratch, "download").toRealPath();
        GoCommand.Result result = new GoCommand(toolchain.command(), folder, environment(folder), TIMEOUT)
                .run(List.of("mod", "download", "-modcacherw", id.toString()));
        if (result.exit() != 0) {
            throw GoFailure.ofDownload(id.toString(), "mod download", result);
        }
        Path downloads = folder.resolve("modcache/cache/download");
        Path zip = downloads.resolve(id.proxyPath(".zip"));
        Path goMod = downloads.resolve(id.proxyPath(".mod"));
        return new GoResolution.Found(PinnedModule.of(id, zip, goMod), goMod, Optional.of(zip));
    }

    private Map<String, String> environment(Path folder) throws IOException {
        Map<String, String> environment = new TreeMap<>(MachineNetwork.of(machine));
        for (String name : CHECKSUMS) {
            if (machine.containsKey(name)) {
                environment.put(name, machine.get(name));
            }
        }
        environment.put("PATH", toolchain.root().resolve("bin").toString());
        environment.put("HOME", GoWorkspace.home(folder).toString());
        environment.put("GOPATH", folder.resolve("gopath").toString());
        environment.put("GOMODCACHE", folder.resolve("modcache").toString());
        environment.put("GOCACHE", folder.resolve("gocache").toString());
        environment.put("GOPROXY", proxies.value());
        environment.put("GONOPROXY", "none"); // else GOPRIVATE would make Go run version control tools
        environment.put("GOENV", "off");
        environment.put("GOFLAGS", "");
        environment.put("GOTELEMETRY", "off");
        environment.put("GOTOOLCHAIN", "local");
        environment.put("GOWORK", "off");
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return environment;
    }
}
