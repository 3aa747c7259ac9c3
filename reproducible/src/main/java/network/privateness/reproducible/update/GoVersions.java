package network.privateness.reproducible.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.ModuleVersion;
import network.privateness.reproducible.golang.PinnedToolchain;

/** Which version of Go things is meant: what a user asked for, or the newest that module proxies know. */
final class GoVersions {

    private static final String TOOLCHAIN = "golang.org/toolchain";

    private static final String HOST = "linux-amd64";

    private static final Pattern RELEASE = Pattern.compile("v0\\.0\\.1-go1\\.(\\d{1,4})\\.(\\d{1,4})\\." + HOST);
    private static final Pattern VERSION = Pattern.compile("\"Version\"\\s*:\\s*\"([^\"]+)\"");

    /** A release by semantic versioning, without pre-release and build parts. */
    private static final Pattern TAGGED = Pattern.compile("v(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(\\+incompatible)?");

    private static final long LARGEST_LIST = 8L << 20;

    private final Wishes wishes;
    private final Documents documents;
    private final Supplier<GoProxySetting> proxies;

    GoVersions(Wishes wishes, Documents documents, Supplier<GoProxySetting> proxies) {
        this.wishes = wishes;
        this.documents = documents;
        this.proxies = proxies;
    }

    /** Of the toolchain, as {@code go1.26.8}. */
    String ofToolchain() throws IOException {
        Optional<String> asked = wishes.version(GoPins.TOOLCHAIN);
        String version = asked.isPresent() ? asked.get() : newestToolchain();
        check(version);
        return version;
    }

    private static void check(String version) {
        try {
            PinnedToolchain.id(version, HOST);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Wishes.UPDATE, e.getMessage(), "write -D" + Wishes.UPDATE + "=" + GoPins.TOOLCHAIN + "@go1.X.Y", e);
        }
    }

    private String newestToolchain() throws IOException {
        String list =
                new String(documents.read(proxies.get().versions(TOOLCHAIN), LARGEST_LIST), StandardCharsets.US_ASCII);
        return list.lines()
                .map(RELEASE::matcher)
                .filter(Matcher::matches)
                .max(Comparator.comparingInt((Matcher m) -> Integer.parseInt(m.group(1)))
                        .thenComparingInt(m -> Integer.parseInt(m.group(2))))
                .map(m -> "go1." + m.group(1) + "." + m.group(2))
                .orElseThrow(() -> new Problem(
                        TOOLCHAIN,
                        "the module proxy lists no release",
                        "name one: mvn ness:lock -Dness.update=go@go1.X.Y"));
    }

    /** The module is the longest part of the import path that a proxy knows. */
    ModuleVersion find(String program, String importPath, Optional<String> stated) throws IOException {
        String first = "";
        for (String module : ModuleVersion.modulesOf(importPath)) {
            try {
                return of(program, module, stated);
            } catch (IOException e) {
                // Not a module: a shorter part may be one.
                first = first.isEmpty() ? e.getMessage() : first;
            }
        }
        throw new Problem(
                program,
                "no module proxy knows a module of this import path"
                        + (first.isEmpty() ? "" : "; first answer: " + first),
                "correct \"go\" in image.yaml, or name a module proxy that has it in GOPROXY");
    }

    /**
     * The version that the definition states, else the one that is asked for by the name of the program or of its module,
     * else the newest.
     *
     * @throws IOException if no proxy knows the module
     */
    ModuleVersion of(String program, String module, Optional<String> stated) throws IOException {
        Optional<String> wished = wishes.version(program).or(() -> wishes.version(module));
        if (stated.isPresent() && wished.isPresent() && !wished.equals(stated)) {
            throw new Problem(
                    Wishes.UPDATE,
                    "\"" + wished.get() + "\" is asked for, but the \"version\" of " + program + " in image.yaml is "
                            + stated.get(),
                    "change it there, and run mvn ness:lock");
        }
        Optional<String> asked = stated.or(() -> wished);
        if (asked.isPresent()) {
            ModuleVersion id = id(module, asked.get(), Wishes.UPDATE);
            documents.read(proxies.get().goMod(id), LARGEST_LIST);
            return id;
        }
        try {
            String answer =
                    new String(documents.read(proxies.get().latest(module), LARGEST_LIST), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(answer);
            if (matcher.find()) {
                return id(module, matcher.group(1), module);
            }
        } catch (IOException e) {
            // Proxies need not know the newest one; most of those that don't have a list.
        }
        String list = new String(documents.read(proxies.get().versions(module), LARGEST_LIST), StandardCharsets.UTF_8);
        return list.lines()
                .map(TAGGED::matcher)
                .filter(Matcher::matches)
                .max(Comparator.comparingInt((Matcher m) -> Integer.parseInt(m.group(1)))
                        .thenComparingInt(m -> Integer.parseInt(m.group(2)))
                        .thenComparingInt(m -> Integer.parseInt(m.group(3))))
                .map(m -> id(module, m.group(), module))
                .orElseThrow(() -> new IOException("a module proxy lists no version of " + module));
    }

    /** @param where what named the version */
    private static ModuleVersion id(String module, String version, String where) {
        try {
            return new ModuleVersion(module, version);
        } catch (IllegalArgumentException e) {
            throw new Problem(where, e.getMessage(), "name a version such as v1.2.3", e);
        }
    }
}
