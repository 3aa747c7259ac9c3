/**
 * Downloads into the store: several at once, resumed, retried, bounded, redirected to mirrors, and never trusted before
 * their digest is right.
 */
package network.privateness.reproducible.fetch;
