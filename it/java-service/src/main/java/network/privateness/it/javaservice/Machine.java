package network.privateness.it.javaservice;

/** What a service asks of the machine that it runs on: by native calls where Java has them, else in pure Java. */
sealed interface Machine permits PlainMachine, NativeMachine {

    /** @param overlay whether native calls may be used where they are possible */
    static Machine get(boolean overlay) {
        return overlay ? NativeMachine.open() : new PlainMachine();
    }

    /** {@code overlay} or {@code fallback}. */
    String implementation();

    /** Bytes in a page of memory. */
    long pageSize();

    /** Name, release and architecture of the operating system. */
    String system();
}
