package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A pinned toolchain whose Go command is a shell script of the test; also serves files as a store would. */
public final class FakeToolchain implements ModuleSource {

    private static final String VERSION = "go1.26.8";
    private static final String HOST = "linux-amd64";
    static final String PREFIX = PinnedToolchain.id(VERSION, HOST) + "/";

    private final Path folder;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final PinnedToolchain pin;

    /** @param script what {@code bin/go} does */
    public FakeToolchain(Path folder, String script) throws IOException {
        this(folder, script, Map.of());
    }

    /** @param others more files, by path below the root of Go */
    FakeToolchain(Path folder, String script, Map<String, String> others) throws IOException {
        this.folder = Files.createDirectories(folder);
        Map<String, String> content = new LinkedHashMap<>();
        content.put(PREFIX + "VERSION", VERSION + "\n");
        content.put(PREFIX + "bin/go", "#!/bin/sh\n" + script + "\n");
        content.put(PREFIX + "pkg/tool/linux_amd64/link", "#!/bin/sh\n");
        content.put(PREFIX + "src/_go.mod", "module std\n");
        content.put(PREFIX + "src/fmt/print.go", "package fmt\n");
        others.forEach((path, text) -> content.put(PREFIX + path, text));
        this.pin = PinnedToolchain.of(VERSION, HOST, Zips.write(zip(), content));
    }

    public Path zip() {
        return folder.resolve("toolchain.zip");
    }

    public PinnedToolchain pin() {
        return pin;
    }

    GoToolchain unpack() throws IOException {
        return GoToolchain.unpack(pin, this, folder.resolve("unpacked"));
    }

    /** Adds a module whose zip holds these files, by path below its root; go.mod must be one of them. */
    public PinnedModule add(String module, String version, Map<String, String> content) throws IOException {
        ModuleVersion id = new ModuleVersion(module, version);
        Map<String, String> named = new LinkedHashMap<>();
        content.forEach((path, text) -> named.put(id.zipPrefix() + path, text));
        Path goMod = folder.resolve("store").resolve(id.proxyPath(".mod"));
        Path zip = Zips.write(folder.resolve("store").resolve(id.proxyPath(".zip")), named);
        Files.writeString(goMod, content.get("go.mod"));
        files.put(id + ".zip", zip);
        files.put(id + ".mod", goMod);
        return PinnedModule.of(id, zip, goMod);
    }

    /** A folder as a module proxy serves it, with all modules that were added. */
    public Path store() {
        return folder.resolve("store");
    }

    /** Puts the toolchain there too. */
    public FakeToolchain serve() throws IOException {
        Path served = store().resolve(pin.id().proxyPath(".zip"));
        Files.createDirectories(served.getParent());
        Files.copy(zip(), served);
        return this;
    }

    @Override
    public Path zip(PinnedModule module) {
        return files.get(module + ".zip");
    }

    @Override
    public Path goMod(PinnedModule module) {
        return files.get(module + ".mod");
    }

    @Override
    public Path toolchain(PinnedToolchain toolchain) {
        return zip();
    }
}
