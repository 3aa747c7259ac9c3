package network.privateness.reproducible.build;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.BaseDefinition;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.fetch.Unavailable;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.ImageAssembler;
import network.privateness.reproducible.oci.ImageConfig;
import network.privateness.reproducible.oci.ImageIndex;
import network.privateness.reproducible.oci.ImageLayer;
import network.privateness.reproducible.oci.Platform;

/** Builds the selected images; those of different platforms at the same time, shared bases once. */
public final class ImagesBuilder {

    /** Each waits for downloads, compilers or compression most of its time, which have limits of their own. */
    private static final int AT_ONCE = 6;

    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final Workshop workshop;
    private final ImageAssembler assembler;
    private final TargetLayers targets;
    private final Map<String, FutureTask<BuiltLayer>> bases = new ConcurrentHashMap<>();

    public ImagesBuilder(Workshop workshop, ImageAssembler assembler) {
        this.workshop = workshop;
        this.assembler = assembler;
        this.targets = new TargetLayers(workshop);
    }

    /**
     * All selected images, by name.
     *
     * @throws Problem for the first that fails; nothing of it is written then
     */
    public List<BuiltImage> build(Selection selection) throws IOException, InterruptedException {
        MissingPins.check(workshop, selection);
        // What definitions say wrong is told before hours of work, not after.
        selection
                .images()
                .forEach((name, platforms) -> platforms.forEach(
                        platform -> config(workshop.definitions().images().get(name), platform)));
        List<BuiltImage> images = new ArrayList<>();
        each(selection, this::layers)
                .forEach((name, layers) ->
                        images.add(image(workshop.definitions().images().get(name), layers)));
        return images;
    }

    private interface Work {
        List<BuiltLayer> layers(ImageDefinition image, Platform platform) throws IOException, InterruptedException;
    }

    /** The first failure ends all, unless it is a missing input: then all of these are told. */
    private Map<String, Map<Platform, List<BuiltLayer>>> each(Selection selection, Work work)
            throws IOException, InterruptedException {
        try {
            return all(selection, work);
        } catch (Unavailable first) {
            throw MissingInputs.describe(workshop, selection, first);
        }
    }

    private Map<String, Map<Platform, List<BuiltLayer>>> all(Selection selection, Work work)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, ImagesBuilder::thread);
        try {
            CompletionService<List<BuiltLayer>> completion = new ExecutorCompletionService<>(threads);
            Map<String, Map<Platform, Future<List<BuiltLayer>>>> futures = new TreeMap<>();
            int count = 0;
            for (Map.Entry<String, Set<Platform>> entry : selection.images().entrySet()) {
                ImageDefinition image = workshop.definitions().images().get(entry.getKey());
                Map<Platform, Future<List<BuiltLayer>>> byPlatform = new TreeMap<>();
                for (Platform platform : entry.getValue()) {
                    byPlatform.put(platform, completion.submit(() -> work.layers(image, platform)));
                    count++;
                }
                futures.put(entry.getKey(), byPlatform);
            }
            for (int i = 0; i < count; i++) {
                result(completion.take());
            }
            Map<String, Map<Platform, List<BuiltLayer>>> all = new TreeMap<>();
            for (Map.Entry<String, Map<Platform, Future<List<BuiltLayer>>>> entry : futures.entrySet()) {
                Map<Platform, List<BuiltLayer>> byPlatform = new TreeMap<>();
                for (Map.Entry<Platform, Future<List<BuiltLayer>>> future :
                        entry.getValue().entrySet()) {
                    byPlatform.put(future.getKey(), result(future.getValue()));
                }
                all.put(entry.getKey(), byPlatform);
            }
            return all;
        } finally {
            end(threads);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "ness-build");
        thread.setDaemon(true);
        return thread;
    }

    /** What others still do must not go on in folders that the caller removes: compilers are ended, and waited for. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All layers of the selected images that hold inputs only, for a lock that is being written. */
    public Map<LayerName, PinnedLayer> pins(Selection selection) throws IOException, InterruptedException {
        Map<LayerName, PinnedLayer> pins = new TreeMap<>();
        each(selection, (image, platform) -> targets.inputs(image, platform, bases(image, platform)))
                .values()
                .forEach(byPlatform -> byPlatform
                        .values()
                        .forEach(stack ->
                                stack.forEach(built -> pins.put(built.name(), LayerPins.pin(workshop.lock(), built)))));
        return pins;
    }

    private List<BuiltLayer> layers(ImageDefinition image, Platform platform) throws IOException, InterruptedException {
        List<BuiltLayer> layers = targets.image(image, platform, bases(image, platform));
        LayerPins.check(workshop.lock(), layers);
        return layers;
    }

    private List<BuiltLayer> bases(ImageDefinition image, Platform platform) throws IOException, InterruptedException {
        List<BuiltLayer> stack = new ArrayList<>();
        for (BaseDefinition base : workshop.definitions().chain(image.software())) {
            stack.add(base(base, platform, TargetLayers.top(stack)));
        }
        return stack;
    }

    private BuiltLayer base(BaseDefinition base, Platform platform, Optional<BuiltLayer> below)
            throws IOException, InterruptedException {
        FutureTask<BuiltLayer> own = new FutureTask<>(() -> targets.base(base, platform, below));
        FutureTask<BuiltLayer> task = bases.putIfAbsent(base.name() + " " + platform, own);
        if (task == null) {
            own.run();
            task = own;
        }
        return result(task);
    }

    private BuiltImage image(ImageDefinition image, Map<Platform, List<BuiltLayer>> layers) {
        List<AssembledImage> assembled = new ArrayList<>();
        layers.forEach((platform, stack) -> assembled.add(assembler.assemble(
                config(image, platform),
                stack.stream()
                        .map(layer -> new ImageLayer(
                                layer.layer(),
                                layer.blob(),
                                layer.name().target() + " " + layer.name().content()))
                        .toList())));
        return new BuiltImage(image, ImageIndex.of(assembled, Labels.annotations(image)), layers);
    }

    private ImageConfig config(ImageDefinition image, Platform platform) {
        ImageDefinition.Start start = image.start();
        TreeSet<String> volumes = new TreeSet<>();
        start.volumes().forEach(volume -> volumes.add(volume.path()));
        Map<String, String> env = new TreeMap<>(Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"));
        env.putAll(start.env());
        try {
            return new ImageConfig(
                    platform,
                    env,
                    start.entrypoint(),
                    start.command(),
                    start.workingDir(),
                    Optional.of(start.user()),
                    new TreeSet<>(start.expose()),
                    volumes,
                    Labels.labels(image),
                    start.stopSignal(),
                    start.healthcheck(),
                    workshop.lock().epoch());
        } catch (IllegalArgumentException e) {
            throw new Problem(image.name() + "/" + Definitions.IMAGE_FILE, e.getMessage(), "correct the value", e);
        }
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }
}
