package network.privateness.maven.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import network.privateness.reproducible.build.BuildLog;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.oci.Platform;

/** Tells of a build in plain lines: what is compiled and which layers are made. A build that reuses all says nothing. */
public final class BuildLines implements BuildLog {

    private final Consumer<String> lines;
    private final Consumer<String> details;
    private final InstantSource clock;
    private final Map<String, Instant> started = new HashMap<>();

    /**
     * @param lines for everyone
     * @param details for those who look for something
     */
    public BuildLines(Consumer<String> lines, Consumer<String> details, InstantSource clock) {
        this.lines = lines;
        this.details = details;
        this.clock = clock;
    }

    @Override
    public void layerStarted(LayerName name) {
        start("layer " + name);
        details.accept("layer " + name + ": not in the store, is made");
    }

    @Override
    public void layerBuilt(LayerName name, Layer layer) {
        lines.accept(String.format(
                Locale.ROOT, "layer %s: built, %.1f MB, %d s", name, layer.size() / 1e6, seconds("layer " + name)));
    }

    @Override
    public void layerReused(LayerName name) {
        details.accept("layer " + name + ": reused");
    }

    @Override
    public void programStarted(String program, Platform platform) {
        start("go " + program + " for " + platform);
        lines.accept("go " + program + " for " + platform + ": compiling");
    }

    @Override
    public void programBuilt(String program, Platform platform) {
        String name = "go " + program + " for " + platform;
        lines.accept(name + ": compiled in " + seconds(name) + " s");
    }

    private synchronized void start(String name) {
        started.put(name, clock.instant());
    }

    private synchronized long seconds(String name) {
        Instant now = clock.instant();
        Instant then = started.remove(name);
        return Duration.between(then == null ? now : then, now).toSeconds();
    }
}
