package network.privateness.it.javaservice;

/**
 * Stands in on Java releases before 22, where there is no {@code java.lang.foreign}: in the jar the class of this name
 * below {@code META-INF/versions/25} replaces it.
 */
final class NativeMachine implements Machine {

    private final Machine plain = new PlainMachine();

    private NativeMachine() {}

    static Machine open() {
        return new NativeMachine().plain;
    }

    @Override
    public String implementation() {
        return plain.implementation();
    }

    @Override
    public long pageSize() {
        return plain.pageSize();
    }

    @Override
    public String system() {
        return plain.system();
    }
}
