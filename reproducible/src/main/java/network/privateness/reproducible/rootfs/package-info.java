/** The virtual root file system of an image: what is at which path, which input put it there, and what can't go together. */
package network.privateness.reproducible.rootfs;
