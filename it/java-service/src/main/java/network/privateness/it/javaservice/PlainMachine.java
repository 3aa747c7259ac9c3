package network.privateness.it.javaservice;

/** What pure Java knows. */
record PlainMachine() implements Machine {

    /** Of amd64, and of most arm systems. */
    private static final long USUAL_PAGE = 4096;

    @Override
    public String implementation() {
        return "fallback";
    }

    @Override
    public long pageSize() {
        return USUAL_PAGE;
    }

    @Override
    public String system() {
        return String.join(
                " ", System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
    }
}
