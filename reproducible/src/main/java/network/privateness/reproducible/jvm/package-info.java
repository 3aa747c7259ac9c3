/** What Java programs bring into an image: jars, the runtime that is linked for them, and its trust store. */
package network.privateness.reproducible.jvm;
