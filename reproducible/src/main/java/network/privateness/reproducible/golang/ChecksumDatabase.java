package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;

/**
 * Go's public, append-only log of module hashes, asked at lock time about what no go.sum covers: main modules and
 * toolchains. Go itself checks the log's signature and the proof that the hash is in it.
 *
 * @param toolchain that asks; for a new toolchain, the one that the lock has so far
 * @param proxies through which the log is reached, if they pass it on; else it is asked directly
 * @param machine usually {@link System#getenv()}; GOSUMDB and the settings of HTTP proxies count
 * @param timeout of the Go command
 */
public record ChecksumDatabase(
        GoToolchain toolchain, GoProxySetting proxies, Map<String, String> machine, Duration timeout) {

    /**
     * Asks whether everybody gets these files for this module.
     *
     * @param scratch a folder of the caller's, empty or absent; the caller removes it
     * @return false if the machine's GOSUMDB is {@code off}, so that nothing was asked
     * @throws Problem if the log has another hash, or can't be asked
     */
    public boolean check(PinnedModule module, Path zip, Path goMod, Path scratch) throws IOException {
        if (machine.getOrDefault("GOSUMDB", "").equals("off")) {
            return false;
        }
        Path real = Files.createDirectories(scratch).toRealPath();
        Path proxy = real.resolve("proxy");
        serve(module, zip, goMod, proxy);
        GoCommand.Result result = new GoCommand(
                        toolchain.command(),
                        Files.createDirectory(real.resolve("work")),
                        environment(real, proxy),
                        timeout)
                .run(List.of("mod", "download", "-modcacherw", "-json", module.toString()));
        if (result.exit() != 0) {
            // The message is a string in JSON.
            String output = result.output().replace("\\n", "\n").replace("\\t", "\t");
            throw GoFailure.ofDownload(
                    module.toString(), "checksum database", new GoCommand.Result(result.exit(), output));
        }
        String zipHash = module.zip().map(H1::text).orElse("");
        if (!result.output().contains("\"Sum\": \"" + zipHash + "\"")
                || !result.output().contains("\"GoModSum\": \"" + module.mod() + "\"")) {
            throw new Problem(
                    module.toString(),
                    "the pins " + zipHash + " and " + module.mod() + " are not what Go found: "
                            + result.output().strip(),
                    "run mvn ness:lock again");
        }
        return true;
    }

    private static void serve(PinnedModule module, Path zip, Path goMod, Path proxy) throws IOException {
        Path info = proxy.resolve(module.id().proxyPath(".info"));
        Files.createDirectories(info.getParent());
        Files.writeString(info, "{\"Version\":\"" + module.version() + "\"}");
        Files.createSymbolicLink(proxy.resolve(module.id().proxyPath(".zip")), zip.toRealPath());
        Files.createSymbolicLink(proxy.resolve(module.id().proxyPath(".mod")), goMod.toRealPath());
    }

    private Map<String, String> environment(Path scratch, Path proxy) throws IOException {
        Map<String, String> environment = new TreeMap<>(MachineNetwork.of(machine));
        environment.put("PATH", toolchain.root().resolve("bin").toString());
        environment.put("HOME", GoWorkspace.home(scratch).toString());
        environment.put("GOPATH", scratch.resolve("gopath").toString());
        environment.put("GOMODCACHE", scratch.resolve("modcache").toString());
        environment.put("GOCACHE", scratch.resolve("gocache").toString());
        // The files are those that were pinned; the log is reached through the proxies behind.
        environment.put("GOPROXY", proxy.toUri() + "," + proxies.value());
        environment.put("GOENV", "off");
        environment.put("GOFLAGS", "");
        environment.put("GOTOOLCHAIN", "local");
        environment.put("GOWORK", "off");
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        if (machine.containsKey("GOSUMDB")) {
            environment.put("GOSUMDB", machine.get("GOSUMDB"));
        }
        return environment;
    }
}
