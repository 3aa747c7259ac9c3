package network.privateness.it.benchmark;

/**
 * A goal of the design and how it came out.
 *
 * @param text what is compared with what
 * @param measured the value
 * @param limit what it may be at most
 */
record Goal(String text, double measured, double limit) {

    boolean isMet() {
        return measured <= limit;
    }
}
