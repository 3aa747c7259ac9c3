/** SHA-256 digests as values, and streams that compute them. */
package network.privateness.reproducible.digest;
