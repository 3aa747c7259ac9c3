package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.Platform;

/**
 * Finds out, at lock time, exactly which files a build without network needs: Go lists the packages of each program and
 * platform with an empty module cache, and what it then has is what it needed.
 */
public final class GoResolution {

    private final GoWorkspace workspace;
    private final GoProxySetting proxies;
    private final Map<String, String> machine;
    private final Duration timeout;

    private GoResolution(GoWorkspace workspace, GoProxySetting proxies, Map<String, String> machine, Duration timeout) {
        this.workspace = workspace;
        this.proxies = proxies;
        this.machine = machine;
        this.timeout = timeout;
    }

    /**
     * @param source must have the main module's zip, if it is a published one
     * @param machine usually {@link System#getenv()}; the settings of HTTP proxies count
     * @param scratch a folder of the caller's, empty or absent; the caller removes it when it has stored the files
     * @param timeout of each Go command
     */
    public static GoResolution prepare(
            GoToolchain toolchain,
            GoMain main,
            ModuleSource source,
            GoProxySetting proxies,
            Map<String, String> machine,
            Path scratch,
            Duration timeout)
            throws IOException {
        return new GoResolution(GoWorkspace.create(toolchain, main, source, scratch), proxies, machine, timeout);
    }

    /**
     * Downloads what these programs need on these platforms, and pins it.
     *
     * @param packages relative to the main module's root: {@code .}, {@code ./cmd/ipfs}
     * @return sorted, without the main module, together with what earlier calls found
     * @throws Problem if a program can't be resolved; Go's message is told
     */
    public List<Found> resolve(Collection<Platform> platforms, Collection<String> packages) throws IOException {
        SortedSet<String> patterns = new TreeSet<>();
        packages.forEach(pattern -> patterns.add(GoPackage.check(pattern)));
        for (Platform platform : new TreeSet<>(platforms)) {
            Map<String, String> environment = workspace.environment(platform, workspace.ownCache(), proxies.value());
            environment.putAll(MachineNetwork.of(machine));
            List<String> arguments = new ArrayList<>(
                    List.of("list", "-deps", "-trimpath", "-buildvcs=false", "-mod=readonly", "-modcacherw"));
            arguments.addAll(patterns);
            GoCommand.Result result = workspace.command(environment, timeout).run(arguments);
            if (result.exit() != 0) {
                throw GoFailure.ofDownload(workspace.name(), String.join(" ", patterns) + " for " + platform, result);
            }
        }
        return found();
    }

    private List<Found> found() throws IOException {
        List<Found> found = new ArrayList<>();
        for (ModuleVersion id : DownloadedModules.list(workspace.downloads())) {
            Path goMod = workspace.downloads().resolve(id.proxyPath(".mod"));
            Path zip = workspace.downloads().resolve(id.proxyPath(".zip"));
            Found one = Files.isRegularFile(zip)
                    ? new Found(PinnedModule.of(id, zip, goMod), goMod, Optional.of(zip))
                    : new Found(PinnedModule.ofGoMod(id, goMod), goMod, Optional.empty());
            workspace.sum().check(one.module());
            found.add(one);
        }
        return List.copyOf(found);
    }

    /**
     * One pinned module and its files, which the caller takes into its store.
     *
     * @param zip present exactly when the pin has one
     */
    public record Found(PinnedModule module, Path goMod, Optional<Path> zip) {}
}
