package network.privateness.it.cache;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import network.privateness.maven.image.JibImages;
import network.privateness.reproducible.build.BuildLog;
import network.privateness.reproducible.build.BuiltImage;
import network.privateness.reproducible.build.ImagesBuilder;
import network.privateness.reproducible.build.Inputs;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.build.Workshop;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Progress;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.oci.OciLayout;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.ContentStore;

/** What {@code ness:images} does for the image tiny on one platform, as a process that can be killed without a Maven around it. */
final class TinyBuild {

    static final Platform PLATFORM = Platform.LINUX_AMD64;

    private TinyBuild() {}

    /** @param arguments folder of the images, folder of the inputs, store, folder for the layout */
    public static void main(String[] arguments) throws Exception {
        Path images = Path.of(arguments[0]);
        Path from = Path.of(arguments[1]);
        Definitions definitions = Definitions.read(images);
        Lock lock = LockReader.read(images.resolve(Lock.FILE), Lock.FILE);
        Selection selection = Selection.of(definitions, Selection.REGISTRY, List.of("tiny"), EnumSet.of(PLATFORM));
        try (ContentStore store = ContentStore.open(Path.of(arguments[2]));
                Fetcher fetcher = new Fetcher(store, FetchSettings.defaults().withOffline(true), Progress.none())) {
            Inputs inputs = new Inputs(
                    store,
                    fetcher,
                    security -> List.of(InputFolders.debian(from)),
                    URI.create("https://snapshot.example.org/archive"),
                    () -> GoProxySetting.parse(InputFolders.goProxy(from)));
            Workshop workshop = new Workshop(
                    definitions,
                    lock,
                    store,
                    inputs,
                    (group, artifact) -> List.of(),
                    () -> {
                        throw new AssertionError("no JDK is needed");
                    },
                    GoToolchain.host(System.getProperty("os.name"), System.getProperty("os.arch")),
                    2,
                    BuildLog.none());
            for (BuiltImage image : new ImagesBuilder(workshop, new JibImages()).build(selection)) {
                new OciLayout("tiny:test", image.index()).write(Path.of(arguments[3]));
            }
        }
    }
}
