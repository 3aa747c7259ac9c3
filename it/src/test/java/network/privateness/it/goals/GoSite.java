package network.privateness.it.goals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.golang.ModuleVersion;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;

/** A Go module proxy below {@code /go}; its toolchain can't compile. */
final class GoSite {

    private static final String VERSION = "v1.0.0";

    private final Site site;
    private final Path folder;

    GoSite(Site site, Path folder) throws IOException {
        this.site = site;
        this.folder = Files.createDirectories(folder);
    }

    /** A toolchain for this machine. */
    PinnedToolchain toolchain(String version) throws IOException {
        String host = GoToolchain.host(System.getProperty("os.name"), System.getProperty("os.arch"));
        ModuleVersion id = PinnedToolchain.id(version, host);
        byte[] zip = zip(id, Map.of("VERSION", version + "\n", "bin/go", "#!/bin/sh\nexit 1\n"));
        site.file("/go/" + id.module() + "/@v/" + id.version() + ".zip", zip);
        return PinnedToolchain.of(version, host, Files.write(folder.resolve("toolchain.zip"), zip));
    }

    /** A module in version v1.0.0. */
    PinnedModule module(String module) throws IOException {
        ModuleVersion id = new ModuleVersion(module, VERSION);
        String goMod = "module " + module + "\n";
        byte[] zip = zip(id, Map.of("go.mod", goMod, "go.sum", "", "a.go", "package a\n"));
        site.file("/go/" + module + "/@v/" + VERSION + ".zip", zip);
        site.file("/go/" + module + "/@v/" + VERSION + ".mod", goMod.getBytes(StandardCharsets.UTF_8));
        return PinnedModule.of(
                id,
                Files.write(folder.resolve("module.zip"), zip),
                Files.writeString(folder.resolve("module.mod"), goMod));
    }

    private static byte[] zip(ModuleVersion id, Map<String, String> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(id + "/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
