/** Image layers: nodes of a root file system as the tar and gzip bytes of {@code layoutVersion 1}. */
package network.privateness.reproducible.layer;
