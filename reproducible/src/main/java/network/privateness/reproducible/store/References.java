package network.privateness.reproducible.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import network.privateness.reproducible.digest.Sha256;

/**
 * Small texts by namespace and key. A file holds a line with the digest of namespace, key and value, then the value: one
 * that is torn, changed or moved to another name does not count.
 */
record References(Path directory, Path pending, Clock clock) {

    static final int MAX_VALUE_BYTES = 64 << 10;

    private static final int GUARD_BYTES = 65;

    Optional<String> get(String namespace, String key) throws IOException {
        Path file = file(namespace, key);
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(GUARD_BYTES + MAX_VALUE_BYTES + 1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (bytes.length < GUARD_BYTES || bytes.length > GUARD_BYTES + MAX_VALUE_BYTES) {
            return Optional.empty();
        }
        String guard = new String(bytes, 0, GUARD_BYTES, StandardCharsets.ISO_8859_1);
        String value = new String(bytes, GUARD_BYTES, bytes.length - GUARD_BYTES, StandardCharsets.UTF_8);
        if (!guard.equals(guard(namespace, key, value))) {
            return Optional.empty();
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (NoSuchFileException e) {
            // Pruned since; the value is right all the same.
        }
        return Optional.of(value);
    }

    void put(String namespace, String key, String value, String freshName) throws IOException {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("a reference has at most " + MAX_VALUE_BYTES + " bytes");
        }
        Path file = file(namespace, key);
        Path beside = pending.resolve(freshName);
        try {
            // Not synced: after a power cut a torn one is no more than one that is absent.
            Files.writeString(beside, guard(namespace, key, value) + value, StandardOpenOption.CREATE_NEW);
            Files.setLastModifiedTime(beside, FileTime.from(clock.instant()));
            Files.createDirectories(file.getParent());
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    void remove(String namespace, String key) throws IOException {
        Files.deleteIfExists(file(namespace, key));
    }

    private Path file(String namespace, String key) {
        return directory.resolve(Names.check(namespace)).resolve(Sha256.of(key).hex());
    }

    private static String guard(String namespace, String key, String value) {
        return Sha256.of(namespace + "\0" + Sha256.of(key).hex() + "\0" + value).hex() + "\n";
    }
}
