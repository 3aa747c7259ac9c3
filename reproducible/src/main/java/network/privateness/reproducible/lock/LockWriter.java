package network.privateness.reproducible.lock;

import java.util.Collection;
import java.util.List;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.golang.PinnedModule;

/** Writes {@code ness.lock}: one block per entry, so that changes are easy to review and to merge. */
public final class LockWriter {

    private final StringBuilder out = new StringBuilder();

    private LockWriter() {}

    /** The file's text. */
    public static String write(Lock lock) {
        return new LockWriter().lock(lock);
    }

    private String lock(Lock lock) {
        out.append("# Every input by hash, every input-only layer by diffID. Written by mvn ness:lock.\n");
        field("", "lock-version", Integer.toString(Lock.LOCK_VERSION));
        field("", "layout-version", Integer.toString(lock.layoutVersion()));
        field("", "epoch", Long.toString(lock.epoch()));
        field("", "definitions", lock.definitions().hex());
        section("suites", lock.suites());
        lock.suites().forEach(this::suite);
        section("debian", lock.packages());
        lock.packages().forEach(this::debian);
        section("targets", lock.targets());
        lock.targets().forEach(this::target);
        section("go-toolchains", lock.toolchains());
        lock.toolchains().forEach(toolchain -> {
            first("version", toolchain.version());
            next("host", toolchain.host());
            next("h1", toolchain.zip().toString());
            next("size", Long.toString(toolchain.size()));
        });
        section("go-programs", lock.programs());
        lock.programs().forEach(this::program);
        section("go-modules", lock.modules());
        lock.modules().forEach(this::module);
        section("maven", lock.artifacts());
        lock.artifacts().forEach(artifact -> {
            first("artifact", artifact.coordinates());
            next("size", Long.toString(artifact.size()));
            next("sha256", artifact.sha256().hex());
        });
        section("archives", lock.archives());
        lock.archives().forEach(archive -> {
            first("archive", archive.name());
            list("urls", archive.urls().stream().map(Object::toString).toList());
            next("size", Long.toString(archive.size()));
            next("sha256", archive.sha256().hex());
        });
        section("layers", lock.layers().keySet());
        lock.layers().forEach((name, layer) -> {
            first("target", name.target());
            next("content", name.content());
            next("platform", name.platform().toString());
            next("diff-id", layer.diffId().toString());
            next("inputs", layer.inputs());
            next("rules", layer.rules());
        });
        return out.toString();
    }

    private void suite(PinnedSuite suite) {
        first("suite", suite.suite());
        next("date", suite.date().toString());
        next("in-release", suite.inRelease().hex());
        list("signed-by", suite.signedBy());
    }

    private void debian(PinnedPackage pinned) {
        first("package", pinned.name());
        next("version", pinned.version());
        next("architecture", pinned.architecture());
        next("suite", pinned.suite());
        next("path", pinned.path());
        next("size", Long.toString(pinned.size()));
        next("sha256", pinned.sha256().hex());
        next("date", pinned.inReleaseDate().toString());
        next("snapshot", pinned.snapshot());
        next("source", pinned.source());
        list("depends", pinned.depends());
    }

    private void target(PinnedTarget target) {
        first("target", target.name());
        next("platform", target.platform().toString());
        list("wanted", target.wanted());
        list("packages", target.packages());
    }

    private void program(PinnedProgram program) {
        first("program", program.program());
        next("module", program.module());
        if (!program.version().isEmpty()) {
            next("version", program.version());
        }
        list("modules", program.modules());
    }

    private void module(PinnedModule module) {
        first("module", module.module());
        next("version", module.version());
        module.zip().ifPresent(zip -> next("zip", zip.toString()));
        next("mod", module.mod().toString());
        if (module.zip().isPresent()) {
            next("size", Long.toString(module.size()));
        }
    }

    private void section(String name, Collection<?> entries) {
        out.append('\n').append(name).append(entries.isEmpty() ? ": []\n" : ":\n");
    }

    private void first(String key, String value) {
        field("  - ", key, value);
    }

    private void next(String key, String value) {
        field("    ", key, value);
    }

    private void list(String key, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        out.append("    ").append(key).append(":\n");
        values.forEach(value -> out.append("      - ").append(quoted(value)).append('\n'));
    }

    private void field(String indent, String key, String value) {
        out.append(indent).append(key).append(": ").append(quoted(value)).append('\n');
    }

    /** Everything that YAML might read as something else stands in double quotes. */
    private static String quoted(String value) {
        if (value.matches("[A-Za-z0-9/][A-Za-z0-9/._+~=@:-]*") && !value.contains(": ") && !value.endsWith(":")) {
            return value;
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
