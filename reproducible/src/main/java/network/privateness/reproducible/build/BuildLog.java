package network.privateness.reproducible.build;

import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.oci.Platform;

/** Hears what a build does; called by several threads at once. How long something took is for the listener to measure. */
public interface BuildLog {

    /** The layer is not in the store and is being made. */
    void layerStarted(LayerName name);

    /** The layer was made. */
    void layerBuilt(LayerName name, Layer layer);

    /** The layer was taken from the store. */
    void layerReused(LayerName name);

    /**
     * The compiler begins.
     *
     * @param program as the lock names it
     */
    void programStarted(String program, Platform platform);

    /** The program was built. */
    void programBuilt(String program, Platform platform);

    /** Tells nobody. */
    static BuildLog none() {
        return new BuildLog() {
            @Override
            public void layerStarted(LayerName name) {}

            @Override
            public void layerBuilt(LayerName name, Layer layer) {}

            @Override
            public void layerReused(LayerName name) {}

            @Override
            public void programStarted(String program, Platform platform) {}

            @Override
            public void programBuilt(String program, Platform platform) {}
        };
    }
}
