/**
 * Debian's archive: from a signed InRelease over Packages to the packages that an image needs, each pinned by hash.
 *
 * <p>The archive's public keys are the resource {@code archive-keys.asc}; its first lines say where they are from.
 */
package network.privateness.reproducible.debian;
