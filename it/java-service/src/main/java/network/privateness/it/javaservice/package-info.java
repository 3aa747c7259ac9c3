/** A service that uses what our Java images have: a multi-release overlay, a dependency, HTTP on virtual threads. */
package network.privateness.it.javaservice;
