package network.privateness.reproducible.fetch;

/** Hears of long work as it goes on; called by several threads at once. */
public interface Progress {

    /**
     * @param what name of the item
     * @param bytes its size, -1 if unknown
     */
    void started(String what, long bytes);

    /**
     * @param what name of the item
     * @param bytes how many more bytes are done than at the last call; negative when the item begins again
     */
    void advanced(String what, long bytes);

    /** @param what name of the item, done or given up */
    void finished(String what);

    /** Tells nobody. */
    static Progress none() {
        return new Progress() {
            @Override
            public void started(String what, long bytes) {}

            @Override
            public void advanced(String what, long bytes) {}

            @Override
            public void finished(String what) {}
        };
    }
}
