package network.privateness.reproducible.update;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.store.Pending;

/** Pins release archives: by the addresses and the hash in image.yaml, or by an address of the command line. */
final class ArchivePins {

    private static final long LARGEST = 4L << 30;

    private final Wishes wishes;
    private final Optional<Lock> old;
    private final Surroundings around;

    ArchivePins(Wishes wishes, Optional<Lock> old, Surroundings around) {
        this.wishes = wishes;
        this.old = old;
        this.around = around;
    }

    /**
     * The pin of an archive.
     *
     * @param outside whether its image is outside the set, so that nothing is fetched for it unless it is asked for by name
     */
    Optional<PinnedArchive> pin(Install.Archive archive, boolean outside) throws IOException {
        Optional<List<URI>> wished = Optional.ofNullable(wishes.archives().get(archive.name()));
        if (wished.isPresent()) {
            if (!archive.urls().isEmpty()) {
                throw new Problem(
                        Wishes.ARCHIVE,
                        "where \"" + archive.name() + "\" is stands in image.yaml",
                        "change \"urls\" there, or redirect them with -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER");
            }
            return Optional.of(fetch(archive, wished.get()));
        }
        Optional<PinnedArchive> known = old.stream()
                .flatMap(lock -> lock.archives().stream())
                .filter(one -> one.name().equals(archive.name()))
                .filter(one ->
                        archive.sha256().isEmpty() || archive.sha256().get().equals(one.sha256()))
                .findFirst();
        if (known.isPresent()) {
            PinnedArchive pin = known.get();
            return Optional.of(
                    archive.urls().isEmpty()
                            ? pin
                            : new PinnedArchive(pin.name(), archive.urls(), pin.size(), pin.sha256()));
        }
        if (outside) {
            around.notes().accept(Outside.note("the archive " + archive.name()));
            return Optional.empty();
        }
        if (archive.urls().isEmpty()) {
            throw new Problem(
                    Lock.FILE,
                    "it has no archive \"" + archive.name() + "\"",
                    "run mvn ness:lock -Dness.archive=" + archive.name() + "=URL, review the change and commit it");
        }
        return Optional.of(fetch(archive, archive.urls()));
    }

    private PinnedArchive fetch(Install.Archive archive, List<URI> urls) throws IOException {
        try (Pending pending = around.store().begin()) {
            try {
                around.documents().copy(urls, LARGEST, pending);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                throw new Problem(
                        "input " + archive.name(),
                        "it can't be fetched (" + e.getMessage() + ")",
                        "check the network and the proxy (settings.xml or https_proxy), or redirect a source with"
                                + " -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER",
                        e);
            }
            Sha256 found = pending.digest();
            if (archive.sha256().isPresent() && !archive.sha256().get().equals(found)) {
                throw new Problem(
                        "input " + archive.name(),
                        "the file has " + found + ", image.yaml says "
                                + archive.sha256().get(),
                        "do not use this source; if its publisher has changed the file and says so, change \"sha256\"");
            }
            Path file = pending.commit();
            return new PinnedArchive(archive.name(), urls, Files.size(file), found);
        }
    }
}
