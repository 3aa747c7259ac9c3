package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two services of the test images under one supervisor: {@code tiny}, and after it {@code teller}. */
final class CompositionIT extends EngineTest {

    /** Emptied through the engine: its files belong to other users. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void membersStartInOrderBehindTheirNamesAndEndInReverse() {
        Engine.Container container = healthy(Platform.LINUX_AMD64, engine.volume());
        assertStarted(container);
        assertThat(container.inspect("{{json .Config.ExposedPorts}}")).isEqualTo("{\"8081/tcp\":{}}");
        assertThat(container.stop(10)).as(container.logs()).isZero();
        assertThat(container.logs()).endsWith("teller | hello stays\n");
    }

    /**
     * The end is not tested here, and arm/v7 not at all: under QEMU's emulation s6-svscan now and then starts again what it
     * was told to end, and with 32 bits s6-supervise starts nothing.
     */
    @Test
    void startsOnArm64() {
        assertStarted(healthy(Platform.LINUX_ARM64, engine.volume()));
    }

    private static void assertStarted(Engine.Container container) {
        assertThat(container.logs())
                .isEqualTo("tiny | Hello, world: version 1, start 1\nteller | pair in /data/teller\n");
        assertThat(container.text("cat", "/data/tiny/starts")).isEqualTo("1");
    }

    @Test
    void readyWhenAllAreAndWhoIsNotIsNamed() {
        Engine.Container container = healthy(Platform.LINUX_AMD64, engine.volume());
        assertThat(container.exec(CompositionContract.READY).output()).isEqualTo("no ready of: teller\n");
        container.text("touch", "/data/teller/ready");
        assertThat(container.exec(CompositionContract.READY).exit()).isZero();
    }

    @Test
    void killedMemberStartsAgainAlone() {
        Engine.Container container = healthy(Platform.LINUX_AMD64, engine.volume());
        String teller = pid(container, "teller");
        container.text("rm", "/data/tiny/starts");
        kill(container, "tiny");
        container.awaits("health", CompositionContract.HEALTH);
        assertThat(container.text("cat", "/data/tiny/starts")).isEqualTo("1");
        assertThat(pid(container, "teller")).isEqualTo(teller);
    }

    @Test
    void memberThatNeverStaysIsNotHealthy() {
        Engine.Container container = healthy(Platform.LINUX_AMD64, engine.volume());
        for (int i = 0; i < 3; i++) {
            kill(container, "tiny");
        }
        Engine.await(
                "fourth start", () -> container.text("cat", "/data/tiny/starts").equals("4"));
        assertThat(container.exec(CompositionContract.HEALTH).output()).isEqualTo("no health of: tiny\n");
    }

    @Test
    void mistakeInConfigurationEndsTheStartAsItWouldAlone() {
        Engine.Container container =
                start(Platform.LINUX_AMD64, engine.volume() + ":/data", "-e", "TELLER_WORD=two words");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs())
                .isEqualTo("tiny | Hello, world: version 1, start 1\n"
                        + "teller | teller: TELLER_WORD: \"two words\" is more than one word\n");
    }

    @Test
    void runsAsAnyUserOnAFolderOfTheirs() {
        engine.give(folder, "1000:1000", image(Platform.LINUX_AMD64));
        Engine.Container container = healthy(Platform.LINUX_AMD64, folder.toString(), "--user", "1000:1000");
        assertThat(container.text("stat", "-c", "%u:%g", "/data/tiny/starts")).isEqualTo("1000:1000");
        assertThat(container.stop(10)).isZero();
    }

    @Test
    void saysWhatItCannotWrite() {
        Engine.Container container = start(Platform.LINUX_AMD64, engine.volume() + ":/data:ro");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs())
                .isEqualTo(
                        "pair: uid 10001 can't write /data/teller: give /data to 10001:10001, or start as its owner\n");
    }

    private Engine.Container healthy(Platform platform, String volume, String... options) {
        return start(platform, volume + ":/data", options).awaits("health", CompositionContract.HEALTH);
    }

    private Engine.Container start(Platform platform, String mount, String... more) {
        List<String> options = new ArrayList<>(FixtureImage.platform(platform));
        options.addAll(ContainerContract.HARDENED);
        options.addAll(List.of("--tmpfs", "/run", "--network", "none", "-v", mount));
        options.addAll(List.of(more));
        return engine.start(image(platform), options);
    }

    private static String image(Platform platform) {
        return FixtureImage.load("pair", platform);
    }

    /** Kills a member, and waits until it runs again. */
    private static void kill(Engine.Container container, String member) {
        String pid = pid(container, member);
        container.text("sh", "-c", "kill -9 " + pid);
        Engine.await(member + " runs again", () -> {
            String now = pid(container, member);
            return !now.equals("-1") && !now.equals(pid);
        });
        Engine.await(
                member + " is alive",
                () -> container
                                .exec("/usr/lib/ness/supervised/member", member, "health")
                                .exit()
                        == 0);
    }

    private static String pid(Engine.Container container, String member) {
        return container.text("s6-svstat", "-o", "pid", "/run/members/" + member);
    }
}
