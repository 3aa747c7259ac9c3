/**
 * The content-addressed store on this machine: blobs by their SHA-256, small references, scratch and shared folders.
 *
 * <p>Right under concurrent processes and after a kill at any moment: what is complete is renamed into place, what is not
 * stands where nobody looks for it, and what a dead process left behind is found by its unlocked session file.
 */
package network.privateness.reproducible.store;
