package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.store.ContentStore;

/**
 * Remembers, in the store, which representation a partial file is a part of: the source and the validator (RFC 9110,
 * 8.8) that the server gave. Only with both is a rest asked for.
 */
record Resumption(ContentStore store, String identity) {

    private static final String NAMESPACE = "partial";
    private static final int LONGEST = 1000;

    /** The validator for If-Range, if the partial file came from this source. */
    Optional<String> validator(URI source) throws IOException {
        String prefix = prefix(source);
        return store.reference(NAMESPACE, identity)
                .filter(text -> text.startsWith(prefix))
                .map(text -> text.substring(prefix.length()));
    }

    /** Notes what the server says about what it is going to send from the beginning on. */
    void note(URI source, HttpHeaders headers) throws IOException {
        Optional<String> validator = headers.firstValue("ETag")
                .filter(tag -> tag.startsWith("\""))
                .or(() -> headers.firstValue("Last-Modified"))
                .filter(text -> text.length() <= LONGEST && text.matches("[\\x20-\\x7e]+"));
        if (validator.isPresent()) {
            store.putReference(NAMESPACE, identity, prefix(source) + validator.get());
        } else {
            forget();
        }
    }

    void forget() throws IOException {
        store.removeReference(NAMESPACE, identity);
    }

    /** Hashed, as the source may hold credentials. */
    private static String prefix(URI source) {
        return Sha256.of(source.toString()).hex() + "\n";
    }
}
