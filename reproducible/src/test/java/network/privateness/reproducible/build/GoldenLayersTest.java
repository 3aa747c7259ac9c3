package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes of layers, held still. When one of these digests changes, stores of users hold other bytes under the same
 * recipes, and so do the locks: raise {@code LayerStore.RULES} and, once there was a release, the layout version.
 */
class GoldenLayersTest {

    private static final String MOZILLA = "usr/share/ca-certificates/mozilla/";

    @TempDir
    Path folder;

    @Test
    void inputsAreTheseBytes() throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            fixture.debian(
                    "base-files",
                    new TestDeb()
                            .directory("etc", 0755)
                            .directory("etc/shut", 0750)
                            .directory("var", 0755)
                            .directory("var/run", 0755)
                            .directory("var/lock", 0755)
                            .directory("usr/share/doc", 0755)
                            .file("usr/share/doc/copyright", "free"),
                    "all");
            fixture.debian(
                    "ca-certificates",
                    new TestDeb().file(MOZILLA + "b.crt", "b\n").file(MOZILLA + "A.crt", "a"),
                    "all");
            fixture.debian(
                    "tool",
                    new TestDeb()
                            .file("bin/tool", 0755, "tool")
                            .hardLink("bin/also", "bin/tool")
                            .symlink("etc/shut/link", "/usr/bin/tool")
                            .md5sums("0 bin/tool\n"),
                    "all");
            fixture.target("base:low", "base-files", "ca-certificates");
            fixture.target("image:x", "tool");
            fixture.archive("coin", "coin.tar.gz", new TestDeb().file("coin/bin/coind", 0755, "coin").tarGz());
            fixture.write(
                    "bases.yaml",
                    """
                    low:
                      description: Files
                      install:
                        - debian: base-files
                          keep: [etc/shut, var/run, var/lock, usr/share/doc/**]
                        - debian: ca-certificates
                      users: [{name: root, uid: 0, home: /root}]
                      alternatives: {/usr/bin/t: tool}
                      effects: [run-folders, ca-certificates]
                      rootfs: own
                    """);
            fixture.write("own/etc/shut/conf", "conf");
            fixture.write(
                    "x/image.yaml",
                    """
                    description: x
                    version: 1
                    source: https://example.org
                    licenses: MIT
                    base: low
                    install:
                      - debian: tool
                      - archive: coin
                        files: {bin/coind: /usr/bin/coind}
                    user: "1:1"
                    entrypoint: [/usr/bin/tool]
                    platforms: [linux/amd64]
                    """);
            Workshop workshop = fixture.workshop();
            Map<LayerName, PinnedLayer> pins = new TreeMap<>(new ImagesBuilder(workshop, new PlainAssembler())
                    .pins(Selection.of(workshop.definitions(), Selection.ALL, List.of(), Set.of())));
            List<String> lines = new ArrayList<>();
            pins.forEach((name, layer) ->
                    lines.add(name.content() + " " + layer.diffId().hex()));
            assertThat(pins.keySet()).allMatch(name -> name.platform() == Platform.LINUX_AMD64);
            assertThat(lines).containsExactly(
                    "base 30af02caabc32d9e1033bee08a19885a0e7f8fac1d5e531eeb69d28dcd810ff8",
                    "archive coin c788c8bf1213d919168997c3e63ac9a6ab0aae8156bf42db0fbc6cac795f610a",
                    "debian adf96f5994da1e3390da32107e576c2975a69a314b0548f406ebf837bdaa73fa");
        }
    }
}
