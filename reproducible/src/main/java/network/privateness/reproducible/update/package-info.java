/** Writes {@code ness.lock}: adds what is missing, removes what is unused, moves only what is asked for. */
package network.privateness.reproducible.update;
