/**
 * Strict, bounded readers of ar, tar, zip, gzip and xz, and the one tar writer whose bytes are frozen.
 *
 * <p>The decoding of xz and deflate is left to libraries. The containers are read by our own code, because what matters
 * here is what a library lets pass: commons-compress reads GNU long names without a bound, replaces names that are not
 * UTF-8, and accepts tar files without an end mark, with a wrong checksum or with bytes behind the end; java.util.zip
 * goes on with the next gzip member. The tests compare our readers with commons-compress as a second parser.
 */
package network.privateness.reproducible.archive;
