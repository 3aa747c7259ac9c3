package network.privateness.reproducible.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import network.privateness.reproducible.Problem;

/** Tells failures of the disk that the user can do something about from those that stay I/O errors. */
record StoreErrors(Path folder) {

    /** The kernel's text may be in the user's language: with less than this left, a failed write means a full disk. */
    private static final long NEARLY_NOTHING = 1 << 16;

    private static final String OTHER_FOLDER = "choose a folder that can be written with -Dness.store=DIR";

    /** Throws a {@link Problem} for what the user can change, and gives back anything else to be thrown as it is. */
    IOException translate(IOException e) {
        Optional<Problem> problem = explain(e);
        if (problem.isPresent()) {
            throw problem.get();
        }
        return e;
    }

    Optional<Problem> explain(IOException e) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left on device") || lower.contains("quota exceeded") || free() < NEARLY_NOTHING) {
            return Optional.of(new Problem(
                    folder.toString(),
                    "the disk is full (" + Math.max(0, free()) + " bytes free)",
                    "free some space, for example with `mvn ness:prune`, or choose another folder with -Dness.store=DIR",
                    e));
        }
        if (e instanceof AccessDeniedException
                || lower.contains("read-only file system")
                || lower.contains("permission denied")) {
            return Optional.of(new Problem(
                    folder.toString(), "the store's folder can't be written (" + reason(e) + ")", OTHER_FOLDER, e));
        }
        if (e instanceof NotDirectoryException
                || e instanceof FileAlreadyExistsException
                || lower.contains("not a directory")) {
            return Optional.of(new Problem(
                    folder.toString(),
                    "the store needs a folder here, but something else is in the way (" + message + ")",
                    OTHER_FOLDER,
                    e));
        }
        return Optional.empty();
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "permission denied" : reason;
    }

    private long free() {
        try {
            Path existing = folder;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
