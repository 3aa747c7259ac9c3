package network.privateness.it.cache;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import network.privateness.it.Requirement;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.store.ContentStore;

/** The inputs of the image tiny as folders, a Debian archive and a Go module proxy, taken from the store of this build. */
final class InputFolders {

    private InputFolders() {}

    /** Links what the store holds; without the build that fills it the tests are skipped. */
    static void fill(Path folder, Lock lock, String goHost) throws IOException {
        String setting = System.getProperty("ness.store", "");
        Path used = setting.isEmpty()
                ? ContentStore.defaultFolder(System.getenv(), System.getProperty("user.home"))
                : Path.of(setting);
        try (ContentStore store = ContentStore.open(used)) {
            for (String target : new String[] {"base:shell", "image:tiny"}) {
                for (PinnedPackage pinned : lock.packages(target, TinyBuild.PLATFORM)) {
                    link(folder.resolve("debian").resolve(pinned.path()), store.find(pinned.sha256()));
                }
            }
            PinnedToolchain go = lock.toolchain(goHost);
            Optional<String> digest = store.reference("h1", go.zip().toString());
            link(
                    folder.resolve("go/golang.org/toolchain/@v").resolve(go.id().version() + ".zip"),
                    digest.isEmpty() ? Optional.empty() : store.find(Sha256.parse(digest.get())));
        }
    }

    static URI debian(Path folder) {
        return folder.resolve("debian").toUri();
    }

    static String goProxy(Path folder) {
        return "file://" + folder.resolve("go").toAbsolutePath();
    }

    private static void link(Path link, Optional<Path> file) throws IOException {
        Requirement.need(file.isPresent(), "the inputs of it/images in the store: build them first");
        if (Files.notExists(link)) {
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, file.get());
        }
    }
}
