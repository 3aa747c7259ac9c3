package network.privateness.maven.machine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.DebianMirrors;
import network.privateness.reproducible.build.DebianRelease;
import network.privateness.reproducible.debian.AptSources;
import network.privateness.reproducible.debian.ArchiveKeys;
import network.privateness.reproducible.debian.IndexSource;
import network.privateness.reproducible.fetch.Documents;

/** The Debian mirrors of the settings, or else those apt sources of the machine that Debian has signed. */
public final class MachineMirrors implements DebianMirrors {

    private static final String MAIN = "ness.debian.mirror";
    private static final String SECURITY = "ness.debian.security";

    private final Optional<String> main;
    private final Optional<String> security;
    private final Path root;
    private final Documents documents;
    private final Consumer<String> notes;
    private AptSources.Mirrors machine;

    /**
     * @param main the setting, URLs or folders parted by commas
     * @param security the same for the security archive
     * @param root where {@code etc/apt} is, {@code /}
     * @param notes told what was passed over
     */
    public MachineMirrors(
            Optional<String> main, Optional<String> security, Path root, Documents documents, Consumer<String> notes) {
        this.main = main;
        this.security = security;
        this.root = root;
        this.documents = documents;
        this.notes = notes;
    }

    @Override
    public synchronized List<URI> bases(boolean wantSecurity) throws IOException {
        Optional<String> setting = wantSecurity ? security : main;
        if (setting.isPresent()) {
            return parse(wantSecurity ? SECURITY : MAIN, setting.get());
        }
        if (wantSecurity && main.isPresent()) {
            return List.of();
        }
        if (machine == null) {
            machine = AptSources.read(root)
                    .trustedMirrors(this::open, ArchiveKeys.debian(), Clock.systemUTC().instant());
            machine.notes().forEach(note -> notes.accept("apt source not used: " + note));
        }
        return wantSecurity ? machine.security() : machine.main();
    }

    /** Opens the archive at a base address. */
    public IndexSource open(URI base) {
        return new IndexSource() {
            @Override
            public InputStream fetch(String path, long maxBytes) throws IOException {
                return new ByteArrayInputStream(documents.read(DebianRelease.below(base, path), maxBytes));
            }

            @Override
            public String where(String path) {
                return DebianRelease.below(base, path).toString();
            }
        };
    }

    private static List<URI> parse(String setting, String value) {
        List<URI> addresses = Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> address(setting, text))
                .toList();
        if (addresses.isEmpty()) {
            throw new Problem(setting, "it is empty", "set it as -D" + setting + "=URL, or leave it out");
        }
        return addresses;
    }

    /**
     * An archive's address as users write it.
     *
     * @param setting where it was written
     * @throws Problem if it is neither an http, https or file URL nor an absolute folder
     */
    public static URI address(String setting, String text) {
        try {
            if (text.startsWith("/")) {
                return Path.of(text).toUri();
            }
            URI address = new URI(text);
            boolean web = List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null;
            if (web || "file".equals(address.getScheme()) && Path.of(address).isAbsolute()) {
                return address;
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Said below.
        }
        throw new Problem(
                setting,
                "\"" + text + "\" is neither an http, https or file URL nor an absolute folder",
                "set it as -D" + setting + "=URL");
    }
}
