package network.privateness.reproducible.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.golang.ModuleVersion;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.Zips;

/**
 * A module proxy in a folder. Its toolchains are shell scripts: what they download is copied from the proxy, what a program
 * needs stands in files {@code needs.GOARCH} of its main module, and each writes down its name and what it was asked.
 */
final class GoPrograms {

    private static final List<String> HOSTS = List.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64");

    private static final String SCRIPT = """
            #!/bin/sh
            echo "%1$s $*" >> "%2$s"
            proxy=${GOPROXY%%%%,*}
            proxy=${proxy#file://}
            get() {
                from=$proxy/${1%%@*}/@v/${1#*@}
                to=$GOMODCACHE/cache/download/${1%%@*}/@v
                if ! [ -f "$from.mod" ]; then
                    echo "go: $1: reading file://$from.mod: no such file or directory"
                    exit 1
                fi
                /bin/mkdir -p "$to"
                /bin/cp "$from.mod" "$to"
                [ "$2" = mod ] || /bin/cp "$from.zip" "$to"
            }
            case $1 in
            mod) for id; do :; done; get "$id" ;;
            list) while read -r id what; do get "$id" "$what"; done < "needs.$GOARCH" ;;
            *) exit 2 ;;
            esac
            """;

    private final Path folder;
    private final Map<String, PinnedModule> pins = new TreeMap<>();

    GoPrograms(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    String proxy() {
        return "file://" + folder;
    }

    /** What toolchains were asked, as {@code go1.26.8 mod download ...}. */
    List<String> asked() throws IOException {
        return World.text(folder.resolve("asked")).lines().toList();
    }

    /** Publishes a toolchain for all hosts. */
    GoPrograms toolchain(String version) throws IOException {
        for (String host : HOSTS) {
            String id = "v0.0.1-" + version + "." + host;
            String prefix = "golang.org/toolchain@" + id + "/";
            Map<String, String> content = new LinkedHashMap<>();
            content.put(prefix + "VERSION", version + "\n");
            content.put(prefix + "bin/go", SCRIPT.formatted(version, folder.resolve("asked")));
            Path place = Files.createDirectories(folder.resolve("golang.org/toolchain/@v"));
            Zips.write(place.resolve(id + ".zip"), content);
            Files.writeString(place.resolve(id + ".mod"), "module golang.org/toolchain\n");
            Files.writeString(place.resolve("list"), World.text(place.resolve("list")) + id + "\n");
        }
        return this;
    }

    /** Publishes a module without needs. */
    PinnedModule module(String module, String version, String content) throws IOException {
        return publish(module, version, Map.of("go.mod", "module " + module + "\n", "a.go", content));
    }

    /** Publishes a program as the newest version; a need ends with {@code mod} where its go.mod is enough. */
    PinnedModule program(String module, String version, Map<String, List<String>> needs) throws IOException {
        StringBuilder goMod = new StringBuilder("module " + module + "\n");
        StringBuilder goSum = new StringBuilder();
        Map<String, String> content = new TreeMap<>();
        needs.forEach((architecture, names) -> {
            content.put("needs." + architecture, String.join("\n", names) + "\n");
            for (String name : names) {
                PinnedModule pin = pins.get(name.split(" ")[0]);
                goSum.append(
                        pin.module() + " " + pin.version() + " " + pin.zip().orElseThrow() + "\n");
                goSum.append(pin.module() + " " + pin.version() + "/go.mod " + pin.mod() + "\n");
                if (goMod.indexOf(pin.module() + " ") < 0) {
                    goMod.append("require " + pin.module() + " " + pin.version() + "\n");
                }
            }
        });
        content.put("go.mod", goMod.toString());
        content.put("go.sum", goSum.toString());
        Files.createDirectories(folder.resolve(module));
        Files.writeString(folder.resolve(module).resolve("@latest"), "{\"Version\": \"" + version + "\"}");
        return publish(module, version, content);
    }

    private PinnedModule publish(String module, String version, Map<String, String> content) throws IOException {
        Path place = Files.createDirectories(folder.resolve(module).resolve("@v"));
        Map<String, String> named = new TreeMap<>();
        content.forEach((path, text) -> named.put(module + "@" + version + "/" + path, text));
        Path zip = Zips.write(place.resolve(version + ".zip"), named);
        Path goMod = Files.writeString(place.resolve(version + ".mod"), content.get("go.mod"));
        PinnedModule pin = PinnedModule.of(new ModuleVersion(module, version), zip, goMod);
        pins.put(pin.toString(), pin);
        return pin;
    }
}
