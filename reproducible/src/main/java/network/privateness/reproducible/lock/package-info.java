/** {@code ness.lock}: every input by hash, every input-only layer by diffID. */
package network.privateness.reproducible.lock;
