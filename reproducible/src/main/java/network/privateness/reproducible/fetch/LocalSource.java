package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import network.privateness.reproducible.store.Pending;

/** A file of this machine, by {@code file:} URI or plain path. */
final class LocalSource {

    private static final int BUFFER_BYTES = 1 << 16;

    private LocalSource() {}

    static boolean isLocal(URI source) {
        return source.getScheme() == null || source.getScheme().equals("file");
    }

    static Answer attempt(URI source, Pending target, long limit, LongConsumer advanced) throws IOException {
        Path file;
        try {
            file = Path.of(source.getPath());
        } catch (RuntimeException e) {
            return new Answer.Refused("not a path");
        }
        if (!Files.exists(file)) {
            return new Answer.Gone("no such file");
        }
        if (!Files.isRegularFile(file)) {
            return new Answer.Refused("not a file");
        }
        if (target.size() > 0) {
            advanced.accept(-target.size());
        }
        target.restart();
        InputStream opened;
        try {
            opened = Files.newInputStream(file);
        } catch (IOException e) {
            return new Answer.Refused("can't be read");
        }
        try (InputStream in = opened) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (n > limit - target.size()) {
                    throw new Body.TooLong();
                }
                target.write(buffer, 0, n);
                advanced.accept(n);
            }
        }
        return new Answer.Complete(true, false);
    }
}
