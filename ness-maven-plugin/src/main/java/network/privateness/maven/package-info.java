/** The goals {@code ness:*}. */
package network.privateness.maven;
