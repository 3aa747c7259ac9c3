package network.privateness.reproducible.fetch;

import java.time.Duration;
import java.util.Optional;

/** How one attempt at one source ended. */
sealed interface Answer permits Answer.Complete, Answer.Gone, Answer.Refused, Answer.Failed {

    /**
     * All bytes that the source sent are in the pending file.
     *
     * @param lengthDeclared whether the source said how many there would be; else the end may be a cut
     * @param resumed whether a part of them was there before
     */
    record Complete(boolean lengthDeclared, boolean resumed) implements Answer {}

    /** The source says that it has no such thing. */
    record Gone(String reason) implements Answer {}

    /** The source won't give it, and asking again is no use. */
    record Refused(String reason) implements Answer {}

    /**
     * It may work the next time.
     *
     * @param reason for people
     * @param after how long a pause the server asked for
     * @param answered whether a server answered at all
     */
    record Failed(String reason, Optional<Duration> after, boolean answered) implements Answer {

        static Failed answered(String reason) {
            return new Failed(reason, Optional.empty(), true);
        }

        static Failed unreachable(String reason) {
            return new Failed(reason, Optional.empty(), false);
        }
    }
}
