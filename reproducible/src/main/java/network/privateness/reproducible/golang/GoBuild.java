package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import network.privateness.reproducible.oci.Platform;

/**
 * Builds programs of one main module without network, from pinned modules alone.
 *
 * <p>The bytes depend on toolchain, main module, modules, platform, package and values; not on folders, user, clock,
 * number of cores or what the build cache holds. Go itself checks every module against the main module's go.sum, which
 * the main module's own hash covers; that the pins say the same is checked here.
 */
public final class GoBuild {

    /** How long one Go command may take. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    /** Go allows no larger module zip: 500 MiB. */
    public static final long LARGEST_ZIP = ModuleZip.MAX_TOTAL;

    private final GoWorkspace workspace;
    private final Path cache;
    private final Duration timeout;

    private GoBuild(GoWorkspace workspace, Path cache, Duration timeout) {
        this.workspace = workspace;
        this.cache = cache;
        this.timeout = timeout;
    }

    /**
     * Makes the working copy, which serves all platforms and packages.
     *
     * @param modules everything the build may use, without the main module
     * @param scratch a folder of the caller's, empty or absent, on a disk with room (kubo: 700 MB); the caller removes it
     * @param cache for Go's build caches, one folder per toolchain; shared between programs, platforms and builds, also
     *     those that run at the same time
     * @param timeout of each Go command
     * @throws network.privateness.reproducible.Problem if the main module or a pin is not what the hashes say
     */
    public static GoBuild prepare(
            GoToolchain toolchain,
            GoMain main,
            Collection<PinnedModule> modules,
            ModuleSource source,
            Path scratch,
            Path cache,
            Duration timeout)
            throws IOException {
        GoWorkspace workspace = GoWorkspace.create(toolchain, main, source, scratch);
        for (PinnedModule module : modules) {
            workspace.sum().check(module);
            link(workspace, module, ".mod", source.goMod(module));
            if (module.zip().isPresent()) {
                link(workspace, module, ".zip", source.zip(module));
            }
        }
        return new GoBuild(workspace, workspace.sharedCache(cache), timeout);
    }

    /**
     * Builds one program; several may run at the same time.
     *
     * @param packagePattern relative to the main module's root: {@code .} or {@code ./cmd/ipfs}
     * @param values of string variables, by {@code import/path.name}: Go's {@code -X}
     * @param output the program's file; its folder must exist
     * @throws network.privateness.reproducible.Problem if it can't be built; Go's message is told
     */
    public void build(Platform platform, String packagePattern, SortedMap<String, String> values, Path output)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "build",
                "-trimpath",
                "-buildvcs=false",
                "-mod=readonly",
                "-modcacherw",
                "-ldflags=" + linkerFlags(values)));
        arguments.add("-o");
        arguments.add(output.toAbsolutePath().toString());
        arguments.add(GoPackage.check(packagePattern));
        String proxy = workspace.proxyFolder().toUri().toString();
        GoCommand.Result result = workspace
                .command(workspace.environment(platform, cache, proxy), timeout)
                .run(arguments);
        if (result.exit() != 0) {
            Files.deleteIfExists(output);
            throw GoFailure.of(workspace.name(), packagePattern + " for " + platform, result);
        }
        ElfHeader.check(output, platform, workspace.name() + " (" + packagePattern + " for " + platform + ")");
    }

    /** {@code -buildid=} alone would do for equal bytes; {@code -s -w} leaves out symbols and debug data. */
    private static String linkerFlags(SortedMap<String, String> values) {
        StringBuilder flags = new StringBuilder("-buildid= -s -w");
        values.forEach((name, value) -> flags.append(" -X '")
                .append(GoPackage.checkVariable(name))
                .append('=')
                .append(GoPackage.checkValue(name, value))
                .append('\''));
        return flags.toString();
    }

    /**
     * Checks one of the values of {@link #build}, so that it can be told where it was written.
     *
     * @throws IllegalArgumentException if Go or its command line would not take it
     */
    public static void checkVariable(String name, String value) {
        GoPackage.checkVariable(name);
        GoPackage.checkValue(name, value);
    }

    private static void link(GoWorkspace workspace, PinnedModule module, String suffix, Path file) throws IOException {
        Path link = workspace.proxyFolder().resolve(module.id().proxyPath(suffix));
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, file.toRealPath());
    }
}
