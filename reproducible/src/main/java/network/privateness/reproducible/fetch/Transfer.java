package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;

/** Gets one download from the first of its sources that has it. */
final class Transfer {

    /** A server that asks for more is left alone. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** An attempt that got this much further does not count as failed. */
    private static final long REAL_PROGRESS = 1 << 20;

    private final ContentStore store;
    private final Line line;
    private final FetchSettings settings;
    private final Progress progress;
    private final Download download;
    private final boolean once;
    private final Pending target;
    private final Resumption resumption;
    private final List<String> reasons = new ArrayList<>();
    private boolean gone = true;
    private boolean startedOver;

    /** @param once whether each source is asked once only, and not at all if its host is known to be out of reach */
    Transfer(
            ContentStore store,
            Line line,
            FetchSettings settings,
            Progress progress,
            Download download,
            boolean once,
            Pending target) {
        this.store = store;
        this.line = line;
        this.settings = settings;
        this.progress = progress;
        this.download = download;
        this.once = once;
        this.target = target;
        this.resumption = new Resumption(store, download.check().identity());
    }

    /** Fills the pending file and puts it into the store. */
    Path run(List<URI> sources) throws IOException, InterruptedException {
        for (URI source : sources) {
            Optional<Path> blob = from(source);
            if (blob.isPresent()) {
                resumption.forget();
                return blob.get();
            }
        }
        throw gone ? vanished() : unreachable();
    }

    private Optional<Path> from(URI source) throws IOException, InterruptedException {
        String host = Texts.host(source);
        if (once && line.isDead(host)) {
            gone = false;
            reasons.add(host + ": " + line.whyDead(host).orElse("out of reach"));
            return Optional.empty();
        }
        Tries tries = new Tries(once || line.isDead(host) ? 1 : settings.attempts(), target.size());
        while (true) {
            Answer answer = attempt(source);
            if (answer instanceof Answer.Complete complete && isWhole(complete)) {
                Optional<Path> blob = accept(source, complete.resumed());
                if (blob.isPresent()) {
                    return blob;
                }
                continue;
            }
            gone &= answer instanceof Answer.Gone;
            Optional<String> end = end(answer, tries, host);
            if (end.isPresent()) {
                reasons.add(host + ": " + end.get());
                return Optional.empty();
            }
            line.pause(tries.failures, asked(answer), settings.pause());
        }
    }

    /** Without a declared length, a cut connection looks like the end. */
    private boolean isWhole(Answer.Complete complete) {
        return complete.lengthDeclared() || target.size() == download.size().orElse(target.size());
    }

    /** Why the source is given up; empty if it is to be tried again. */
    private Optional<String> end(Answer answer, Tries tries, String host) {
        if (answer instanceof Answer.Gone no) {
            return Optional.of(no.reason());
        }
        if (answer instanceof Answer.Refused no) {
            return Optional.of(no.reason());
        }
        String reason = answer instanceof Answer.Failed failed ? failed.reason() : "the connection was closed early";
        if (asked(answer).compareTo(LONGEST_WAIT) > 0) {
            return Optional.of(reason + ", asks to wait " + Texts.seconds(asked(answer)));
        }
        if (tries.mayGoOn(target.size())) {
            return Optional.empty();
        }
        if (answer instanceof Answer.Failed failed && !failed.answered()) {
            line.noteDead(host, reason);
        }
        return Optional.of(reason + (tries.allowed > 1 ? " (" + tries.allowed + " attempts)" : ""));
    }

    private static Duration asked(Answer answer) {
        return answer instanceof Answer.Failed failed ? failed.after().orElse(Duration.ZERO) : Duration.ZERO;
    }

    /** Counts failures, and forgets them when the file grew. */
    private static final class Tries {
        private final int allowed;
        private long reached;
        private int failures;

        Tries(int allowed, long reached) {
            this.allowed = allowed;
            this.reached = reached;
        }

        boolean mayGoOn(long size) {
            failures = size - reached >= REAL_PROGRESS ? 1 : failures + 1;
            reached = Math.max(reached, size);
            return failures < allowed;
        }
    }

    private Answer attempt(URI source) throws IOException, InterruptedException {
        long limit = download.limit();
        if (target.size() > limit) {
            startOver();
        }
        boolean resumed = target.size() > 0;
        try {
            if (LocalSource.isLocal(source)) {
                return LocalSource.attempt(source, target, limit, this::advanced);
            }
            if (!List.of("http", "https").contains(source.getScheme()) || source.getHost() == null) {
                return new Answer.Refused("not an http, https or file URL");
            }
            return line.http(source, resumption).attempt(target, limit, this::advanced);
        } catch (Body.DiskFailure e) {
            throw (IOException) e.getCause();
        } catch (Body.TooLong e) {
            if (!mayStartOver(resumed)) {
                throw wrong(source, "has more than the expected " + limit + " bytes");
            }
            return Answer.Failed.answered("more bytes than expected");
        }
    }

    private void advanced(long bytes) {
        progress.advanced(download.name(), bytes);
    }

    /** The blob, if it is the right content; empty when all is to be fetched once more. */
    private Optional<Path> accept(URI source, boolean resumed) throws IOException {
        long size = target.size();
        if (size != download.size().orElse(size)) {
            if (mayStartOver(resumed)) {
                return Optional.empty();
            }
            throw wrong(
                    source,
                    "has " + size + " bytes instead of " + download.size().getAsLong());
        }
        String expected = download.check().identity();
        String found = found();
        if (!found.equals(expected)) {
            if (mayStartOver(resumed)) {
                return Optional.empty();
            }
            throw wrong(source, "has " + found + " instead of " + expected);
        }
        Path blob = target.commit();
        if (download.check() instanceof Check.ByDigest byDigest) {
            // After the blob, so that no reference points to what isn't there.
            store.putReference(byDigest.namespace(), expected, target.digest().toString());
        }
        return Optional.of(blob);
    }

    private String found() throws IOException {
        String sha256 = target.digest().toString();
        if (download.check() instanceof Check.ByDigest byDigest) {
            try {
                return byDigest.digest().of(target.file());
            } catch (Problem e) {
                return sha256 + " (" + Texts.printable(e.what()) + ")";
            }
        }
        return sha256;
    }

    /** A part that an earlier process left may be damaged: then everything is fetched once more, but only once. */
    private boolean mayStartOver(boolean resumed) throws IOException {
        if (!resumed || startedOver) {
            return false;
        }
        startedOver = true;
        startOver();
        return true;
    }

    private void startOver() throws IOException {
        advanced(-target.size());
        target.restart();
        resumption.forget();
    }

    private Problem wrong(URI source, String what) throws IOException {
        target.discard();
        resumption.forget();
        return new Problem(
                "input " + download.name(),
                Texts.source(source) + " " + what,
                "a pin never moves on the fly: "
                        + download.wrongHint().orElse("look for a source that has the pinned content"));
    }

    private Problem vanished() {
        return new Unavailable(
                "input " + download.name(),
                "it is gone from all its sources (" + String.join("; ", reasons) + ")",
                download.vanishedHint()
                        .orElse("look for a source that still has it and add it, or redirect one with"
                                + " -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER"));
    }

    private Problem unreachable() {
        return new Unavailable(
                "input " + download.name(),
                "it can't be fetched (" + String.join("; ", reasons) + ")",
                "check the network and the proxy (settings.xml or https_proxy), or redirect a source with"
                        + " -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER");
    }
}
