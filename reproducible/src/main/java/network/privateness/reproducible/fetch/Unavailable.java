package network.privateness.reproducible.fetch;

import network.privateness.reproducible.Problem;

/** An input that none of its sources gives: it is gone, or there is no way to them. Wrong content is another matter. */
public final class Unavailable extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param where the input
     * @param what why, by source
     * @param next the next step
     */
    Unavailable(String where, String what, String next) {
        super(where, what, next);
    }
}
