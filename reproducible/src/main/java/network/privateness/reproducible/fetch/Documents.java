package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.store.Pending;

/**
 * Reads documents whose content nobody knows before: an archive's InRelease, a proxy's list of versions. Nothing of them
 * is trusted by having been read.
 */
public final class Documents {

    private final FetchSettings settings;

    /** Made when it is first needed: it reads all trust anchors, and most builds need no document. */
    private HttpClient client;

    public Documents(FetchSettings settings) {
        this.settings = settings;
    }

    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(settings.connectTimeout())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .proxy(settings.proxies().selector());
            settings.proxies().authenticator().ifPresent(builder::authenticator);
            client = builder.build();
        }
        return client;
    }

    /**
     * The whole document.
     *
     * @param maxBytes a longer one is refused
     * @throws IOException if it is not there; the message says where and why, without passwords
     */
    public byte[] read(URI source, long maxBytes) throws IOException {
        return with(source, (in, shown) -> bounded(in, maxBytes, shown));
    }

    /** Takes what a document is read into. */
    private interface Reader {
        byte[] read(InputStream in, String shown) throws IOException;
    }

    private byte[] with(URI source, Reader reader) throws IOException {
        URI redirected = settings.mirrors().redirect(source);
        String shown = redirected.getRawUserInfo() == null
                ? redirected.toString()
                : redirected.toString().replace(redirected.getRawUserInfo() + "@", "...@");
        if (LocalSource.isLocal(redirected)) {
            return local(redirected, shown, reader);
        }
        if (settings.offline()) {
            throw new IOException(shown + " can't be read: Maven is offline (-o)");
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(redirected)
                    .timeout(settings.idleTimeout())
                    .header("User-Agent", "ness")
                    .GET()
                    .build();
            HttpResponse<InputStream> response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = new IdleGuard(response.body(), settings.idleTimeout())) {
                if (response.statusCode() != 200) {
                    throw new IOException(shown + " answers " + response.statusCode());
                }
                return reader.read(in, shown);
            } catch (HttpTimeoutException e) {
                throw new IOException(shown + ": " + e.getMessage(), e);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(shown + " is no address of a document", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + shown);
        }
    }

    private static byte[] local(URI source, String shown, Reader reader) throws IOException {
        Path file;
        try {
            file = source.getScheme() == null ? Path.of(source.getPath()) : Path.of(source);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException(shown + " is no path of a file", e);
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(shown + " is not there");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(in, shown);
        }
    }

    /** The document from the first source that has it. */
    public byte[] read(List<URI> sources, long maxBytes) throws IOException {
        return first(sources, (in, shown) -> bounded(in, maxBytes, shown));
    }

    /**
     * Copies a document from the first source that has it; for those that are too large for the memory.
     *
     * @param out begins again with each source, so that nothing stays of one that failed
     */
    public void copy(List<URI> sources, long maxBytes, Pending out) throws IOException {
        first(sources, (in, shown) -> {
            out.restart();
            return copy(in, maxBytes, out, shown);
        });
    }

    private byte[] first(List<URI> sources, Reader reader) throws IOException {
        List<String> failures = new ArrayList<>();
        for (URI source : sources) {
            try {
                return with(source, reader);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IOException(failures.isEmpty() ? "there is no source" : String.join("; ", failures));
    }

    private static byte[] copy(InputStream in, long maxBytes, OutputStream out, String shown) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = maxBytes;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw new IOException(shown + " is longer than " + maxBytes + " bytes");
            }
            out.write(buffer, 0, read);
        }
        return new byte[0];
    }

    private static byte[] bounded(InputStream in, long maxBytes, String shown) throws IOException {
        int limit = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
        byte[] bytes = in.readNBytes(limit);
        if (bytes.length == limit && in.read() >= 0) {
            throw new IOException(shown + " is longer than " + maxBytes + " bytes");
        }
        return bytes;
    }
}
