package network.privateness.it.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.it.goals.Maven;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.oci.OciLayoutReader;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;

/** The set all, on stand-ins of those inputs that not every network reaches. */
final class SetAllIT {

    private static final String NEXT_CUT =
            "Next: check the network and the proxy (settings.xml or https_proxy), or redirect"
                    + " a source with -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER";

    private static final String NEXT_OFFLINE = "Next: run once without -o, or redirect a source to a folder with"
            + " -Dness.mirror.NAME=URL-PREFIX=FOLDER";

    @Test
    void allImagesAreLockedAndBuilt() throws Exception {
        AllImages images = AllImages.get();
        Lock lock = images.pinned();
        assertThat(lock.archives()).extracting(PinnedArchive::name).containsExactly("emercoin");
        assertThat(lock.archives().get(0).urls())
                .allMatch(url -> url.toString().startsWith(AllImages.RELEASES + "/v0.8.5emc/"));
        PinnedProgram skywire = lock.program(StandIns.SKYWIRE + "/cmd/skywire");
        assertThat(skywire.version()).isEqualTo("v1.3.28");
        assertThat(skywire.modules())
                .containsExactly("github.com/ersonp/gotop/v4@v4.2.1", StandIns.SKYWIRE + "@v1.3.28");
        assertThat(digests(AllImages.layouts()).keySet()).containsExactlyElementsOf(AllImages.IMAGES);
        assertThat(Files.readString(images.folder().resolve("target/ness/images.json")))
                .contains("\"developmentBuild\" : false");
    }

    @Test
    void closedNetworkIsToldByOneLinePerInput() throws Exception {
        AllImages images = AllImages.get();
        String nowhere = AllImages.nowhere();
        String[] closed = {
            "-Dness.debian.mirror=" + nowhere + "/debian",
            "-Dness.debian.security=" + nowhere + "/debian-security",
            "-Dness.debian.snapshot=" + nowhere + "/snapshot",
            "package"
        };
        Maven.Result result = images.runCut("closed", nowhere + "/go", closed);
        assertToldAll(images, result, NEXT_CUT, "it can't be fetched (");
        assertThat(result.text()).contains("input emercoin: it can't be fetched (github.com: ");
        List<String> offline = new ArrayList<>(List.of("-o"));
        offline.addAll(List.of(closed));
        assertToldAll(
                images,
                images.runCut("closed", nowhere + "/go", offline.toArray(String[]::new)),
                NEXT_OFFLINE,
                "it is not in the store " + images.home().resolve("closed") + ", and Maven is offline (-o)");
        assertThat(images.output("closed")).doesNotExist();
    }

    private static void assertToldAll(AllImages images, Maven.Result result, String next, String why)
            throws IOException {
        Lock lock = images.pinned();
        List<String> expected = new ArrayList<>();
        lock.packages().forEach(p -> expected.add(p.name() + " " + p.version() + " " + p.architecture()));
        lock.archives().forEach(archive -> expected.add(archive.name()));
        lock.toolchains().forEach(toolchain -> expected.add("Go toolchain " + toolchain));
        lock.modules().forEach(module -> expected.add(module + (module.zip().isPresent() ? ".zip" : ".mod")));
        assertThat(result.exit()).isNotZero();
        assertThat(result.traces()).isEmpty();
        List<String> told = result.output().stream()
                .filter(line -> line.startsWith("[ERROR]   input "))
                .toList();
        assertThat(told).as(result.text()).allMatch(line -> line.contains(": " + why));
        assertThat(told.stream().map(line -> line.substring("[ERROR]   input ".length(), line.indexOf(": it "))))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(result.output())
                .anyMatch(line -> line.endsWith(": ness.lock: " + expected.size() + " of its inputs can't be had:"))
                .anyMatch(line -> line.startsWith("[ERROR] " + next));
    }

    @Test
    void exportedInputsBuildTheSameWithoutAnyNetwork() throws Exception {
        AllImages images = AllImages.get();
        Path exported = images.home().resolve("exported");
        images.succeed(images.run(
                "ness:package",
                "-Dness.set=all",
                "-Dness.inputs.export=" + exported,
                // LockIT shows these; some mirrors lack some of them.
                "-Dness.inputs.sources=false"));
        assertThat(exported.resolve("go/github.com/skycoin/skywire/@v/v1.3.28.zip"))
                .isRegularFile();
        assertThat(exported.resolve("go/github.com/skycoin/skywire/@v/v1.3.28.info"))
                .hasContent("{\"Version\":\"v1.3.28\"}");

        // The command stands in the folder.
        String command = Files.readAllLines(exported.resolve("settings")).stream()
                .filter(line -> line.contains(" mvn -o package"))
                .findFirst()
                .orElseThrow()
                .replace("DIR", exported.toString());
        String proxy = command.replaceAll(".*GOPROXY=(\\S+) mvn.*", "$1");
        String[] arguments = command.substring(command.indexOf(" mvn ") + 5).split(" ");
        images.succeed(images.runCut("cut", proxy, arguments));
        assertThat(digests(images.output("cut").resolve("oci"))).isEqualTo(digests(AllImages.layouts()));
    }

    private static Map<String, String> digests(Path layouts) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (var children = Files.list(layouts)) {
            for (Path layout : children.toList()) {
                digests.put(
                        layout.getFileName().toString(),
                        OciLayoutReader.read(layout)
                                .index()
                                .require(layout.toString(), Platform.LINUX_AMD64)
                                .descriptor()
                                .digest()
                                .toString());
            }
        }
        return digests;
    }
}
