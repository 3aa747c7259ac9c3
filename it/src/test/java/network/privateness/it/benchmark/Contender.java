package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One who does the work of a row as a process.
 *
 * @param name short, for tables
 * @param command program and arguments
 * @param before what has to be done first in each turn, and is not measured: clearing away, most of the time
 * @param result what the size of the result is taken from, a file or a folder
 */
record Contender(String name, List<String> command, Preparation before, Path result) {

    /** Work that is not measured. */
    @FunctionalInterface
    interface Preparation {
        void run() throws IOException, InterruptedException;
    }

    Contender {
        command = List.copyOf(command);
    }

    /** One who leaves no files to be counted. */
    static Contender of(String name, List<String> command) {
        return new Contender(name, command, () -> {}, Path.of("/dev/null"));
    }

    /** A line of the shell, which stops at its first failure. */
    static List<String> shell(String script) {
        return List.of("/bin/sh", "-ec", script);
    }
}
