package network.privateness.it.goals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import network.privateness.it.Checkout;
import network.privateness.it.Requirement;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.H1;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.lock.LockWriter;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedArtifact;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.lock.PinnedProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.tukaani.xz.XZOutputStream;

/**
 * Whatever is wrong is told in one line, which names what is wrong and the next step; no trace is shown, and neither a lock
 * nor a part of an image is written. One Maven runs all cases, each a project of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final Path HOME = Checkout.ROOT.resolve("it/target/goals/bad-input");
    private static final String PROGRAM =
            "platforms: [linux/amd64]\ninstall:\n  - {go: example.org/prog, to: /usr/bin/prog}\n";
    private static final String OTHER_PROXY =
            ". Next: a pin never moves on the fly: a version of a module never changes, so"
                    + " don't use this proxy: set GOPROXY to another one";
    private static final String RUN_LOCK = ". Next: run mvn ness:lock, review the change and commit it";
    private static final H1 OTHER = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");

    private static final String ARCHIVE =
            "platforms: [linux/amd64]\ninstall:\n  - {archive: coin, files: {bin/coind: /usr/bin/coind}}\n";
    private static final Sha256 WRONG = Sha256.of("wrong");
    private static final TinyDeb HELLO = TinyImage.HELLO;
    private static final String FULL = "full-disk";
    private static final String READ_ONLY = "read-only-store";

    /** In an expected message: digests and numbers that the test does not know. */
    private static final String ANY = "…";

    private static final String OTHER_STORE = " Next: choose a folder that can be written with -Dness.store=DIR";
    private static final String NO_JDK =
            "Cannot find matching toolchain definitions for the following toolchain types:{version=[25,26)}";

    private final List<Path> mounts = new ArrayList<>();
    private Site site;
    private Reactor reactor;
    private Maven.Result result;

    @BeforeAll
    void runAll() throws Exception {
        Trees.delete(HOME);
        site = new Site();
        reactor = new Reactor(HOME.resolve("projects"));
        Maven maven = new Maven(HOME.resolve("maven")).with("GOPROXY", site.url("/go"));
        Lock good = lockWithLayers(maven);
        debianAndArchives();
        jars();
        go();
        locks(good);
        definitions();
        settings();
        stores();
        updates(good);
        engines();
        jdk();
        reactor.write();
        result = maven.run(reactor.folder(), "-fae", "-T4", "package");
        Files.write(HOME.resolve("output.txt"), result.output());
    }

    @AfterAll
    void close() throws Exception {
        for (Path mount : mounts) {
            new ProcessBuilder("umount", mount.toString()).start().waitFor();
        }
        site.close();
    }

    @TestFactory
    List<DynamicTest> isRefused() {
        return reactor.modules().stream()
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> check(module)))
                .toList();
    }

    /** They are among the cases above where the machine allows it. */
    @TestFactory
    List<DynamicTest> needsTmpfs() {
        return List.of(FULL, READ_ONLY).stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> Requirement.need(
                                mounts.contains(HOME.resolve(name)), "the right to mount a tmpfs for " + name)))
                .toList();
    }

    @Test
    void theReadmeExplainsTheMessageThatIsNotOurs() throws IOException {
        assertThat(Files.readString(Checkout.ROOT.resolve("README.md")).replaceAll("\\s+", " "))
                .contains(NO_JDK);
    }

    private void check(Reactor.Module module) throws IOException {
        assertThat(result.exit()).isNotZero();
        assertThat(result.traces()).isEmpty();
        if (module.expected().isEmpty()) {
            assertThat(result.failures()).doesNotContainKey(module.name());
            return;
        }
        String expected = Pattern.quote(module.expected()).replace(ANY, "\\E\\S+\\Q");
        assertThat(result.failures().getOrDefault(module.name(), "no failure")).matches(expected);
        assertThat(module.folder().resolve("target/ness")).doesNotExist();
        assertThat(module.lockIsUntouched()).as("the lock is as it was").isTrue();
        assertThat(module.folder().resolve("ness.lock.new")).doesNotExist();
        for (String folder : List.of("pending", "scratch")) {
            Path left = HOME.resolve("stores").resolve(module.name()).resolve(folder);
            assertThat(left)
                    .satisfiesAnyOf(
                            path -> assertThat(path).doesNotExist(),
                            path -> assertThat(path).isEmptyDirectory());
        }
    }

    /** The goal that writes layers into a lock works, and so what is refused below is refused for its own reason. */
    private Lock lockWithLayers(Maven maven) throws Exception {
        site.file("/debian/" + HELLO.path(), HELLO.bytes());
        Reactor first = new Reactor(HOME.resolve("first"));
        Reactor.Module module = TinyImage.in(images(first.add("good", "lock"))).set("layers", true);
        first.write();
        Maven.Result written = maven.run(first.folder(), "package");
        assertThat(written.exit()).as(written.text()).isZero();
        Lock lock = LockReader.read(module.folder().resolve(Lock.FILE), Lock.FILE);
        assertThat(lock.layers()).containsOnlyKeys(Locks.DEBIAN_LAYER);
        TinyImage.in(add("good")).lock(lock);
        TinyImage.in(add("skipped")).lock("nonsense").set("skip", true);
        return lock;
    }

    /** A project that builds images from a store of its own. */
    private Reactor.Module add(String name) {
        return images(reactor.add(name, "images"));
    }

    private Reactor.Module images(Reactor.Module module) {
        return module.set("store", HOME.resolve("stores").resolve(module.name()))
                .set("debianMirror", site.url("/debian"))
                .set("debianSnapshot", site.url("/snapshot"));
    }

    private void debianAndArchives() throws Exception {
        byte[] other = HELLO.bytes();
        other[other.length - 1] ^= 1;
        wrongDeb(
                "wrong-deb",
                other,
                "has " + Sha256.of(other) + " instead of " + HELLO.pin().sha256());
        wrongDeb(
                "short-deb",
                new byte[10],
                "has 10 bytes instead of " + HELLO.pin().size());
        String gone = site.host() + ": HTTP 404";
        TinyImage.in(add("vanished-deb"))
                .set("debianMirror", site.url("/gone1") + "," + site.url("/gone2"))
                .refuses("input hello 1.0 all: it is gone from all its sources (" + gone + "; " + gone + "; " + gone
                        + "). Next: the package is superseded: run mvn ness:lock -Dness.update=hello, or set a snapshot"
                        + " archive (-Dness.debian.snapshot=URL)");
        String dead = "127.0.0.1:" + closedPort();
        TinyImage.in(add("unreachable-deb"))
                .set("debianMirror", "http://" + dead)
                .set("debianSnapshot", "http://" + dead)
                .refuses("input hello 1.0 all: it can't be fetched (" + dead + ": connection refused (5 attempts); "
                        + dead
                        + ": connection refused). Next: check the network and the proxy (settings.xml or https_proxy), or"
                        + " redirect a source with -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER");
        byte[] coin = TinyDeb.tar("coin-1/bin/coind", "coin\n".getBytes(StandardCharsets.UTF_8));
        site.file("/coin.tar.gz", coin);
        URI url = URI.create(site.url("/coin.tar.gz"));
        Reactor.Module archive = add("wrong-archive").image("tiny", ARCHIVE);
        archive.lock(new Locks(archive)
                        .archive(new PinnedArchive("coin", List.of(url), coin.length, WRONG))
                        .lock())
                .refuses("input coin: " + url + " has " + Sha256.of(coin) + " instead of " + WRONG
                        + ". Next: a pin never moves on the fly: if the change is meant, run mvn ness:lock"
                        + " -Dness.archive=coin=URL");
    }

    private void wrongDeb(String name, byte[] served, String what) throws IOException {
        site.file("/" + name + "/" + HELLO.path(), served);
        TinyImage.in(add(name))
                .set("debianMirror", site.url("/" + name))
                .refuses("input hello 1.0 all: " + site.url("/" + name + "/" + HELLO.path()) + " " + what
                        + ". Next: a pin never moves on the fly: use another mirror (-Dness.debian.mirror=URL), or run mvn"
                        + " ness:lock -Dness.update=hello");
    }

    /** A module of this build that needs a jar of others, as the plugin itself does. */
    private void jars() throws Exception {
        String version = System.getProperty("ness.version");
        reactor.add("service", "").pom("""
                        <project xmlns="http://maven.apache.org/POM/4.0.0">
                          <modelVersion>4.0.0</modelVersion>
                          <parent>
                            <groupId>network.privateness</groupId><artifactId>privateness</artifactId>
                            <version>%s</version><relativePath/>
                          </parent>
                          <groupId>it.goals</groupId>
                          <artifactId>service</artifactId>
                          <version>1</version>
                          <dependencies>
                            <dependency><groupId>org.tukaani</groupId><artifactId>xz</artifactId></dependency>
                          </dependencies>
                        </project>
                        """.formatted(version));
        Path jar = Path.of(XZOutputStream.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String coordinates = "org.tukaani:xz:" + jar.getParent().getFileName();
        String lines = "platforms: [linux/amd64]\ninstall:\n  - maven: it.goals:service\n";
        String order =
                "<dependencies><dependency><groupId>it.goals</groupId><artifactId>service</artifactId><version>1</version>"
                        + "</dependency></dependencies>";
        Reactor.Module wrong = add("wrong-jar").image("tiny", lines).more(order);
        wrong.lock(new Locks(wrong)
                        .artifact(new PinnedArtifact(coordinates, Files.size(jar), WRONG))
                        .lock())
                .refuses(
                        coordinates + " of it.goals:service: the jar has " + Sha256.of(jar) + ", the lock says " + WRONG
                                + ". Next: remove it from the local repository and build again; if the change is meant, run mvn"
                                + " ness:lock -Dness.update=" + coordinates);
        Reactor.Module missing = add("missing-jar").image("tiny", lines).more(order);
        missing.lock(new Locks(missing).lock())
                .refuses("ness.lock: it does not hold the jar " + coordinates + RUN_LOCK);
    }

    private void go() throws IOException {
        GoSite go = new GoSite(site, HOME.resolve("go"));
        PinnedToolchain toolchain = go.toolchain("go1.26.8");
        PinnedModule lib = go.module("example.org/lib");
        PinnedModule program = go.module("example.org/prog");
        PinnedProgram pinned = new PinnedProgram(
                "example.org/prog", "example.org/prog", "v1.0.0", List.of(lib.toString(), program.toString()));
        String file = "/go/example.org/lib/@v/v1.0.0";
        H1 zip = lib.zip().orElseThrow();
        add(
                        "wrong-go-zip",
                        new PinnedModule(lib.module(), lib.version(), Optional.of(OTHER), lib.mod(), lib.size()),
                        toolchain,
                        pinned,
                        program)
                .refuses("input example.org/lib@v1.0.0.zip: " + site.url(file + ".zip") + " has " + zip + " instead of "
                        + OTHER + OTHER_PROXY);
        add(
                        "wrong-go-mod",
                        new PinnedModule(lib.module(), lib.version(), lib.zip(), OTHER, lib.size()),
                        toolchain,
                        pinned,
                        program)
                .refuses("input example.org/lib@v1.0.0.mod: " + site.url(file + ".mod") + " has " + lib.mod()
                        + " instead of " + OTHER + OTHER_PROXY);
        PinnedToolchain other = new PinnedToolchain(toolchain.version(), toolchain.host(), OTHER, toolchain.size());
        add("wrong-go-toolchain", lib, other, pinned, program)
                .refuses("input Go toolchain " + toolchain + ": "
                        + site.url("/go/golang.org/toolchain/@v/v0.0.1-go1.26.8." + toolchain.host() + ".zip") + " has "
                        + toolchain.zip() + " instead of " + OTHER + OTHER_PROXY);
        Reactor.Module missing = add("missing-go-module").image("tiny", PROGRAM);
        missing.lock(new Locks(missing).go(toolchain, pinned, program).lock())
                .refuses("ness.lock: it does not hold the Go module example.org/lib@v1.0.0" + RUN_LOCK);
        String foreign = toolchain.host().equals("darwin-arm64") ? "linux-arm64" : "darwin-arm64";
        PinnedToolchain elsewhere = new PinnedToolchain("go1.26.8", foreign, toolchain.zip(), toolchain.size());
        add("missing-go-toolchain", lib, elsewhere, pinned, program)
                .refuses("ness.lock: it does not hold the Go toolchain for build host " + toolchain.host() + RUN_LOCK);
    }

    private Reactor.Module add(
            String name, PinnedModule lib, PinnedToolchain toolchain, PinnedProgram pinned, PinnedModule program)
            throws IOException {
        Reactor.Module module = add(name).image("tiny", PROGRAM);
        return module.lock(new Locks(module).go(toolchain, pinned, lib, program).lock());
    }

    private void locks(Lock good) throws IOException {
        PinnedLayer pinned = good.layers().get(Locks.DEBIAN_LAYER);
        add("missing-lock")
                .image("tiny", TinyImage.LINES)
                .refuses("ness.lock: the file is missing. Next: run mvn ness:lock, which writes it, and commit it");
        Reactor.Module stale = TinyImage.in(add("stale-lock"));
        stale.image("tiny", TinyImage.LINES + "stop-signal: SIGTERM\n")
                .refuses("ness.lock: it was written for other definitions (image.yaml and bases.yaml had the digest "
                        + good.definitions().hex() + ", now it is "
                        + stale.definitions().hex() + ")" + RUN_LOCK);
        TinyImage.in(add("newer-lock"))
                .lock(LockWriter.write(good).replace("lock-version: 1", "lock-version: 2"))
                .refuses("ness.lock:2:15: the lock has format 2, this plugin reads format 1."
                        + " Next: use the plugin version that wrote it");
        Reactor.Module missing = TinyImage.in(add("missing-package"));
        missing.lock(new Locks(missing).debian(HELLO.pin()).withoutPackages().lock())
                .refuses("ness.lock: it does not hold the Debian package hello=1.0 for linux/amd64" + RUN_LOCK);
        TinyImage.in(add("missing-layer"))
                .refuses("ness.lock: it does not hold the layer \"" + Locks.DEBIAN_LAYER + "\"" + RUN_LOCK);
        Reactor.Module archive = add("missing-archive").image("tiny", ARCHIVE);
        archive.lock(new Locks(archive).lock())
                .refuses("ness.lock: it has no archive \"coin\"."
                        + " Next: run mvn ness:lock -Dness.archive=coin=URL, review the change and commit it");

        String differs = "layer \"" + Locks.DEBIAN_LAYER + "\": its diffID is ";
        String meant =
                ". Next: if that was meant, run mvn ness:lock -Dness.layers, review and commit; otherwise restore"
                        + " ness.lock, the definitions or the plugin";
        Reactor.Module tools = TinyImage.in(add("layer-by-other-tools"));
        tools.lock(new Locks(tools)
                        .debian(HELLO.pin())
                        .layer(Locks.DEBIAN_LAYER, new PinnedLayer(WRONG, pinned.inputs(), pinned.rules()))
                        .lock())
                .refuses(differs + pinned.diffId() + ", the lock says " + WRONG
                        + ": its inputs and rules are those of the"
                        + " lock, so a tool of this machine makes other bytes of them (the jlink of its JDK, or another build"
                        + " of this plugin). Next: build with the plugin and a JDK that others use; if the bytes are meant to"
                        + " change, run mvn ness:lock -Dness.layers, review and commit");
        TinyDeb other = new TinyDeb("hello", TinyImage.VERSION, "hallo\n");
        site.file("/hallo/" + other.path(), other.bytes());
        Reactor.Module inputs = TinyImage.in(add("layer-of-other-inputs")).set("debianMirror", site.url("/hallo"));
        inputs.lock(new Locks(inputs)
                        .debian(other.pin())
                        .layer(Locks.DEBIAN_LAYER, pinned)
                        .lock())
                .refuses(differs + "sha256:…, the lock says " + pinned.diffId()
                        + ": an input of it is another one than when"
                        + " the layer was locked; its inputs are debian hello 1.0" + meant);
        Reactor.Module rules = add("layer-by-other-rules")
                .image("tiny", "platforms: [linux/amd64]\ninstall:\n  - {debian: hello, drop: [opt/**]}\n");
        rules.lock(new Locks(rules)
                        .debian(HELLO.pin())
                        .layer(Locks.DEBIAN_LAYER, pinned)
                        .lock())
                .refuses(differs + "sha256:…, the lock says " + pinned.diffId()
                        + ": a rule by which it is made is another"
                        + " one than when the layer was locked; its rules are layout version 1, epoch 1767225600, keep of hello, drop of hello"
                        + meant);
    }

    private void definitions() throws IOException {
        add("unknown-key")
                .image("tiny", "colour: blue\n" + TinyImage.LINES)
                .refuses(
                        "tiny/image.yaml:7:1: unknown key \"colour\"; known here: alternatives, base, command, description,"
                                + " entrypoint, env, expose, healthcheck, install, licenses, needs, platforms,"
                                + " platforms-reason, readiness, set, source, stop-signal, user, users, version, volumes, working-dir. Next: correct or remove the key");
        add("duplicate-key")
                .image("tiny", "user: \"2:2\"\n" + TinyImage.LINES)
                .refuses("tiny/image.yaml:7:1: duplicate key \"user\", first in line 5. Next: keep one of them");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        add("alias-bomb")
                .image("tiny", bomb.toString())
                .refuses(
                        "tiny/image.yaml:7:5: anchors and aliases (& and *) are not allowed. Next: write the value out");
        Reactor.Module none = add("no-images").file("readme.txt", "nothing");
        none.refuses(
                none.folder() + ": no folder here holds an image.yaml. Next: run this in the folder of the images");
        add("unknown-base")
                .image("tiny", "base: absent\n")
                .refuses(
                        "tiny/image.yaml: the base \"absent\" is not in bases.yaml; known: none. Next: correct the name");
    }

    private void settings() throws IOException {
        TinyImage.in(add("unknown-platform"))
                .set("platforms", "linux/riscv64")
                .refuses("ness.platforms: \"linux/riscv64\" is not one of linux/amd64, linux/arm64, linux/arm/v7."
                        + " Next: correct the name");
        TinyImage.in(add("missing-platform"))
                .set("platforms", "linux/arm64")
                .refuses("ness.platforms: asked for is linux/arm64, but tiny exists for linux/amd64 only."
                        + " Next: choose a platform that image.yaml lists");
        TinyImage.in(add("unknown-image"))
                .set("images", "tiny,large")
                .refuses("ness.images: there is no image \"large\"; known: tiny. Next: correct the name");
        TinyImage.in(add("unknown-set"))
                .set("set", "some")
                .refuses("ness.set: \"some\" is neither registry nor all. Next: choose one of them");
        TinyImage.in(add("wrong-mirror"))
                .set("debianMirror", "debian")
                .refuses("ness.debian.mirror: \"debian\" is neither an http, https or file URL nor an absolute folder."
                        + " Next: set it as -Dness.debian.mirror=URL");
        reactor.add("negative-prune", "prune")
                .set("store", HOME.resolve("stores/prune"))
                .set("keepGib", -1)
                .refuses("ness.prune.gib: -1 is negative. Next: give the size to keep in GiB, 0 for nothing");
        reactor.add("prune", "prune").set("store", HOME.resolve("stores/prune")).set("keepGib", 0);
    }

    private void stores() throws Exception {
        Path newer = Files.createDirectories(HOME.resolve("stores/newer-store"));
        Files.writeString(newer.resolve("version"), "ness store 2\n");
        TinyImage.in(add("newer-store"))
                .refuses(newer.resolve("version")
                        + ": the store was written by a newer version (\"ness store 2\", this one"
                        + " knows 1). Next: use that newer version, or choose another folder with -Dness.store=DIR");
        Path file = Files.writeString(HOME.resolve("stores/file-as-store"), "a file");
        TinyImage.in(add("file-as-store"))
                .refuses(file + ": the store needs a folder here, but something else is in the way (" + file + ")."
                        + OTHER_STORE);
        if (mount(HOME.resolve(FULL), "size=512k")) {
            byte[] noise = new byte[2 << 20];
            new Random(1).nextBytes(noise);
            TinyDeb large = new TinyDeb("hello", TinyImage.VERSION, noise);
            site.file("/large/" + large.path(), large.bytes());
            TinyImage.in(add(FULL), large.pin())
                    .set("store", HOME.resolve(FULL))
                    .set("debianMirror", site.url("/large"))
                    .refuses(HOME.resolve(FULL)
                            + ": the disk is full (… bytes free). Next: free some space, for example with"
                            + " `mvn ness:prune`, or choose another folder with -Dness.store=DIR");
        }
        if (mount(HOME.resolve(READ_ONLY), "ro")) {
            TinyImage.in(add(READ_ONLY))
                    .set("store", HOME.resolve(READ_ONLY))
                    .refuses(HOME.resolve(READ_ONLY) + ": the store's folder can't be written (Read-only file system)."
                            + OTHER_STORE);
        }
    }

    private boolean mount(Path folder, String options) throws Exception {
        Files.createDirectories(folder);
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        if (mounted) {
            mounts.add(folder);
        }
        return mounted;
    }

    private void updates(Lock good) throws IOException {
        Path archive = HOME.resolve("archive");
        Path suite = Files.createDirectories(archive.resolve("dists/trixie"));
        Files.writeString(suite.resolve("InRelease"), "Origin: Debian\nLabel: Debian\nCodename: trixie\n");
        lock("unsigned-inrelease")
                .set("debianMirror", archive)
                .refuses("file://" + suite.resolve("InRelease")
                        + ":1: a signed document begins with -----BEGIN PGP SIGNED"
                        + " MESSAGE-----. Next: use another mirror: -Dness.debian.mirror=URL");
        Path empty = Files.createDirectories(HOME.resolve("empty"));
        lock("mirror-without-suite")
                .set("debianMirror", empty)
                .refuses("Debian suite trixie: no mirror has it: file://" + empty.resolve("dists/trixie/InRelease")
                        + " is not there. Next: correct ness.debian.mirror, or the suite in the definition");
        lock("layers-without-lock")
                .set("layers", true)
                .refuses(
                        "ness.lock: the file is missing. Next: run mvn ness:lock without -Dness.layers, which writes it");
        Reactor.Module stale = TinyImage.in(lock("layers-of-stale-lock")).set("layers", true);
        stale.image("tiny", TinyImage.LINES + "stop-signal: SIGTERM\n")
                .refuses("ness.lock: it was written for other definitions, so its inputs may be others too."
                        + " Next: run mvn ness:lock without -Dness.layers");
        TinyImage.in(lock("unknown-wish"))
                .lock(good)
                .set("update", "libfoo")
                .refuses(
                        "ness.update: nothing in the lock is called \"libfoo\". Next: name a Debian package, a Go program or its"
                                + " module, a jar as groupId:artifactId:version, or go");
        TinyImage.in(lock("half-wish"))
                .lock(good)
                .set("update", "hello@")
                .refuses(
                        "ness.update: \"hello@\" is neither NAME, NAME@VERSION nor all. Next: write -Dness.update=NAME, or"
                                + " NAME@VERSION for a Go program or the Go toolchain");
        TinyImage.in(lock("unknown-archive"))
                .lock(good)
                .set("archive", "coin=" + site.url("/coin.tar.gz"))
                .refuses(
                        "ness.archive: no image installs an archive \"coin\". Next: correct the name, or add it to image.yaml");
    }

    private Reactor.Module lock(String name) throws IOException {
        return images(reactor.add(name, "lock")).image("tiny", TinyImage.LINES);
    }

    private void engines() throws IOException {
        Path none = HOME.resolve("none");
        Path one = Files.createDirectories(HOME.resolve("layouts/tiny")).getParent();
        Path engine = Files.writeString(HOME.resolve("docker"), """
                #!/bin/sh
                [ "$1" = --version ] && echo "Docker version 28.0.0, build 0" && exit 0
                echo "Cannot connect to the daemon at unix:///run/none.sock. Is it running?" >&2
                exit 1
                """);
        Files.setPosixFilePermissions(engine, PosixFilePermissions.fromString("rwxr-xr-x"));
        reactor.add("load-without-layouts", "load")
                .set("layouts", none)
                .refuses("ness.layouts: there is no folder " + none + ". Next: build the images first: mvn package");
        reactor.add("load-unknown-image", "load")
                .set("layouts", one)
                .set("images", "large")
                .refuses("ness.images: there is no built image \"large\"; built: tiny."
                        + " Next: correct the name, or build it: mvn package");
        reactor.add("load-without-engine", "load")
                .set("layouts", one)
                .set("engine", HOME.resolve("podman"))
                .refuses("ness.engine: no program " + HOME.resolve("podman")
                        + " is there. Next: install Docker or Podman, or set"
                        + " -Dness.engine= to docker, podman or the path of such a client");
        reactor.add("load-engine-down", "load")
                .set("layouts", one)
                .set("engine", engine)
                .refuses(
                        "docker version --format {{.Server.Os}}/{{.Server.Arch}}: ended with 1 and said: Cannot connect to the"
                                + " daemon at unix:///run/none.sock. Is it running?. Next: start the engine and see that you may use"
                                + " it, or choose another one with -Dness.engine");
    }

    /** What the README explains, since it is not our message. */
    private void jdk() throws IOException {
        reactor.add("no-jdk", "").pom("""
                        <project xmlns="http://maven.apache.org/POM/4.0.0">
                          <modelVersion>4.0.0</modelVersion>
                          <parent><groupId>it.goals</groupId><artifactId>all</artifactId><version>1</version></parent>
                          <artifactId>no-jdk</artifactId>
                          <packaging>pom</packaging>
                          <build><plugins><plugin>
                            <artifactId>maven-toolchains-plugin</artifactId>
                            <version>3.3.0</version>
                            <executions><execution>
                              <goals><goal>select-jdk-toolchain</goal></goals>
                              <configuration><version>[99,100)</version></configuration>
                            </execution></executions>
                          </plugin></plugins></build>
                        </project>
                        """).refuses(NO_JDK.replace("25,26", "99,100"));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
