/** The adapter to Jib: the only package that knows it. */
package network.privateness.maven.image;
