/**
 * Deflate compression in gzip framing whose bytes never change.
 *
 * <p>Layer digests are taken of compressed bytes, so the compressor is part of {@code layoutVersion 1}: what
 * {@code java.util.zip} writes depends on the zlib that a Java runtime was built with, what this package writes depends
 * on nothing but the input. Every constant here that steers the search, the block borders or the codes is frozen; the
 * golden corpus test tells when a change would move a byte, and such a change is a new layoutVersion beside this one.
 *
 * <p>The format is RFC 1951 in RFC 1952. Only whole-number arithmetic is used.
 */
package network.privateness.reproducible.compress;
