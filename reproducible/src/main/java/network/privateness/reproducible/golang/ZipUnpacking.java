package network.privateness.reproducible.golang;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import network.privateness.reproducible.Problem;

/** Writes the files of a module zip into a new folder. */
final class ZipUnpacking implements ModuleZip.Sink {

    private final Path folder;
    private final UnaryOperator<String> place;
    private final Predicate<String> program;
    private final Set<Path> made = new HashSet<>();

    /**
     * @param folder must not exist
     * @param place the path of a file below the folder, from that in the zip
     * @param program whether a file is made executable
     */
    ZipUnpacking(Path folder, UnaryOperator<String> place, Predicate<String> program) throws IOException {
        this.folder = Files.createDirectory(folder);
        this.place = place;
        this.program = program;
    }

    @Override
    public OutputStream open(String path) throws IOException {
        Path file = file(path);
        Path parent = file.getParent();
        if (made.add(parent)) {
            Files.createDirectories(parent);
        }
        OutputStream out = create(path, file);
        if (program.test(path)) {
            // Whatever the umask: another user of the same cache may run it.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new BufferedOutputStream(out, 1 << 16);
    }

    private Path file(String path) {
        try {
            return folder.resolve(place.apply(path));
        } catch (InvalidPathException e) {
            throw new Problem(
                    path, "can't be the name of a file under this locale", "set LC_ALL=C.UTF-8 and run again", e);
        }
    }

    private static OutputStream create(String path, Path file) throws IOException {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new Problem(path, "would overwrite another file of the same zip", "check the module proxy", e);
        }
    }
}
