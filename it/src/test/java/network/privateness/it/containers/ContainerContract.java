package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What every image promises: it starts anywhere with its needs and no more, keeps its identity, ends when asked. */
abstract class ContainerContract extends EngineTest {

    /** What an image with an interface of its own is given; CapEff 1000 is NET_ADMIN. */
    static final List<String> INTERFACE = List.of(
            "--cap-add",
            "NET_ADMIN",
            "--cap-add",
            "SETGID",
            "--cap-add",
            "SETPCAP",
            "--cap-add",
            "SETUID",
            "--device",
            "/dev/net/tun",
            "--sysctl",
            "net.ipv6.conf.all.disable_ipv6=0",
            "--tmpfs",
            "/run");

    static final List<String> HARDENED =
            List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only");

    /** Emptied through the engine: its files belong to other users. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final String name;
    private String image;
    private final List<String> needs;
    private final long capabilities;

    /** @param capabilities the effective set of the service, as /proc shows it */
    ContainerContract(String name, List<String> needs, long capabilities) {
        this.name = name;
        this.needs = Stream.concat(HARDENED.stream(), needs.stream()).toList();
        this.capabilities = capabilities;
    }

    /** What stays the same for the life of a volume. */
    abstract String identity(Engine.Container container);

    /** Files that nobody but the service may read. */
    abstract List<String> secrets();

    String health() {
        return "/usr/lib/ness/" + name + "/health";
    }

    String ready() {
        return "/usr/lib/ness/" + name + "/ready";
    }

    /** How long it may take after SIGTERM. */
    int secondsToEnd() {
        return 5;
    }

    final String image() {
        return image;
    }

    /** An image with busybox, for looking at containers and folders; another one, where this one has no shell. */
    String tools() {
        return image;
    }

    /** Where the image's layout is; asked for once there is an engine. */
    Path layouts() throws IOException, InterruptedException {
        return ReleaseImage.LAYOUTS;
    }

    @BeforeEach
    final void load() throws IOException, InterruptedException {
        image = ReleaseImage.load(layouts().resolve(name));
    }

    /** Started with its needs, hardened, and alive. */
    final Engine.Container healthy(String volume, String... options) {
        return start(volume, options).awaits("health", health());
    }

    final Engine.Container start(String volume, String... options) {
        List<String> all = new ArrayList<>(needs);
        all.addAll(List.of("-v", volume + ":/data"));
        all.addAll(List.of(options));
        return engine.start(image, all).lookedAtWith(tools());
    }

    @Test
    void startsWithoutNetworkAndKeepsItsIdentity() {
        String volume = engine.volume();
        Engine.Container first = healthy(volume, "--network", "none");
        String identity = identity(first);
        assertThat(identity).isNotBlank();
        for (String secret : secrets()) {
            assertThat(first.look("10001:10001", "stat", "-c", "%a %u:%g", secret)
                            .output()
                            .strip())
                    .as(secret)
                    .isEqualTo("600 10001:10001");
        }
        assertThat(first.exec(ready()).exit()).as("ready without a network").isNotZero();
        assertThat(first.stop(secondsToEnd())).as(first.logs()).isIn(0, 143);

        Engine.Container second = healthy(volume, "--network", "none");
        assertThat(identity(second)).isEqualTo(identity);
        assertThat(identity(healthy(engine.volume(), "--network", "none")))
                .as("another volume")
                .isNotEqualTo(identity);
    }

    @Test
    void startsInFolderOfAnotherUser() {
        engine.give(folder, "1000:1000", tools());
        Engine.Container container = healthy(folder.toString(), asOwner());
        assertThat(container.status("Uid")).matches("1000\\s+1000\\s+1000\\s+1000");
        assertThat(container.status("Gid")).matches("1000\\s+1000\\s+1000\\s+1000");
        String identity = identity(container);
        assertThat(container.stop(secondsToEnd())).isIn(0, 143);
        assertThat(identity(healthy(folder.toString(), asOwner()))).isEqualTo(identity);
    }

    @Test
    void refusesFolderThatItCannotWrite() {
        engine.give(folder, "0:0", tools());
        Engine.Container container = start(folder.toString(), "--network", "none");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs().strip().lines()).hasSize(1).allMatch(line -> line.contains("can't write /data"));
    }

    @Test
    void holdsNoPrivilegeBeyondItsNeeds() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        for (String set : List.of("CapEff", "CapPrm", "CapBnd")) {
            assertThat(Long.parseLong(container.status(set), 16)).as(set).isEqualTo(capabilities);
        }
        assertThat(container.status("NoNewPrivs")).isEqualTo("1");
        assertThat(container.status("Groups")).isIn("", "10001");
    }

    @Test
    void survivesItsOwnHealthChecks() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        for (int i = 0; i < 5; i++) {
            assertThat(container.exec(health()).exit()).isZero();
            container.exec(ready());
        }
        assertThat(container.states()).doesNotContain("Z");
        assertThat(container.inspect("{{json .Config.Healthcheck.Test}}")).isEqualTo("[\"CMD\",\"" + health() + "\"]");
    }

    @Test
    void comesBackAfterBeingKilled() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        String identity = identity(container);
        for (int i = 0; i < 2; i++) {
            container.kill();
            container.again().awaits("health", health());
            assertThat(identity(container)).isEqualTo(identity);
        }
    }

    /** Options that make the container run as the owner of a folder, where it does not find out by itself. */
    String[] asOwner() {
        return new String[] {"--network", "none"};
    }
}
