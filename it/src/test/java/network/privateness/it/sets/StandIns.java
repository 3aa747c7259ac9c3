package network.privateness.it.sets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import network.privateness.it.Checkout;
import network.privateness.it.Go;
import network.privateness.it.Tool;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.ModuleVersion;
import network.privateness.reproducible.golang.PinnedModule;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/**
 * Small programs in place of those that not every network reaches, in the form of the real ones: a folder of release
 * archives, and a folder that serves as a module proxy.
 */
final class StandIns {

    static final String SKYWIRE = "github.com/skycoin/skywire";

    /** As the real archive: flat below one folder. */
    private static final String ARCHIVE = "v0.8.5emc/emercoin-0.8.5-x86_64-linux-gnu.tar.xz";

    private static final Path SOURCES = Checkout.ROOT.resolve("it/src/test/resources/stand-ins");

    private static final ModuleVersion PROGRAM = new ModuleVersion(SKYWIRE, "v1.3.28");

    /** As in the real go.mod, one module is replaced by another. */
    private static final ModuleVersion REPLACED = new ModuleVersion("github.com/xxxserxxx/gotop/v4", "v4.2.0");

    private static final ModuleVersion REPLACEMENT = new ModuleVersion("github.com/ersonp/gotop/v4", "v4.2.1");

    private final Path folder;

    private StandIns(Path folder) {
        this.folder = folder;
    }

    static StandIns make(Path folder) throws IOException {
        StandIns made = new StandIns(folder);
        made.archive();
        made.modules();
        return made;
    }

    /** What stands below the address of Emercoin's releases. */
    Path archives() {
        return folder.resolve("archives");
    }

    Sha256 archiveDigest() throws IOException {
        return Sha256.of(archives().resolve(ARCHIVE));
    }

    /** A value for GOPROXY, alone or before others. */
    String proxy() {
        return "file://" + folder.resolve("go");
    }

    private void archive() throws IOException {
        Path program = folder.resolve("emercoin");
        Tool go = Go.need().tool().with("CGO_ENABLED", "0").with("GOTOOLCHAIN", "local");
        go.with("GOFLAGS", "")
                .in(SOURCES.resolve("emercoin"))
                .text("build", "-trimpath", "-buildvcs=false", "-o", program);
        byte[] content = Files.readAllBytes(program);
        Path file = archives().resolve(ARCHIVE);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(out))) {
            for (String name : List.of("emercoind", "emercoin-cli")) {
                var entry = new TarArchiveEntry("emercoin-0.8.5/" + name);
                entry.setMode(0755);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
    }

    private void modules() throws IOException {
        Map<String, byte[]> library = new TreeMap<>(files("gotop"));
        library.put("go.mod", bytes("module " + REPLACED.module() + "\n\ngo 1.21\n"));
        PinnedModule pinned = publish(REPLACEMENT, library);
        Map<String, byte[]> program = new TreeMap<>(files("skywire"));
        program.put("go.mod", bytes("""
                module %s

                go 1.21

                toolchain go1.21.12

                require %s

                replace %s => %s
                """.formatted(SKYWIRE, spaced(REPLACED), REPLACED.module(), spaced(REPLACEMENT))));
        program.put(
                "go.sum", bytes("""
                %1$s %2$s
                %1$s/go.mod %3$s
                """.formatted(spaced(REPLACEMENT), pinned.zip().orElseThrow(), pinned.mod())));
        publish(PROGRAM, program);
    }

    private static String spaced(ModuleVersion id) {
        return id.module() + " " + id.version();
    }

    /** go.dev/ref/mod#goproxy-protocol. */
    private PinnedModule publish(ModuleVersion id, Map<String, byte[]> files) throws IOException {
        Path zip = folder.resolve("go").resolve(id.proxyPath(".zip"));
        Files.createDirectories(zip.getParent());
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(id + "/" + file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        Path goMod = Files.write(folder.resolve("go").resolve(id.proxyPath(".mod")), files.get("go.mod"));
        Files.writeString(
                folder.resolve("go").resolve(id.proxyPath(".info")), "{\"Version\":\"" + id.version() + "\"}\n");
        Files.writeString(zip.resolveSibling("list"), id.version() + "\n");
        return PinnedModule.of(id, zip, goMod);
    }

    private static Map<String, byte[]> files(String name) throws IOException {
        Path source = SOURCES.resolve(name);
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(source.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        files.put("LICENSE", bytes("Of the project that this stand-in is a part of.\n"));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
