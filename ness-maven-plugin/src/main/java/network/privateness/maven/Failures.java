package network.privateness.maven;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import network.privateness.reproducible.Problem;

/** Turns failures of the machine into problems that a user can act on. */
final class Failures {

    private Failures() {}

    static Problem describe(IOException e) {
        String where = e instanceof FileSystemException failed && failed.getFile() != null
                ? failed.getFile()
                : "input or output";
        String reason = e.getMessage() == null || e.getMessage().equals(where)
                ? e.getClass().getSimpleName()
                : e.getMessage();
        if (reason.contains("No space left on device")) {
            return new Problem(
                    where,
                    "the disk is full",
                    "free some space (mvn ness:prune shrinks the store) or move the store with -Dness.store=DIR",
                    e);
        }
        if (e instanceof AccessDeniedException || reason.contains("Read-only file system")) {
            return new Problem(
                    where, "the file can't be written or read", "correct its permissions, or set -Dness.store=DIR", e);
        }
        if (e instanceof NoSuchFileException) {
            return new Problem(where, "the file is missing", "restore it and run the command again", e);
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return new Problem(
                    where, "something else is in its place", "remove it, or choose another folder for the goal", e);
        }
        if (e instanceof InterruptedIOException) {
            return new Problem(where, reason, "run the command again", e);
        }
        return new Problem(where, reason, "run the command again with -X for the details", e);
    }
}
