/** Pinned inputs to identical bytes, and the proof that they are identical. */
package network.privateness.reproducible;
