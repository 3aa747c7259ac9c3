/** Tells whether the running plugin was built from the sources of the checkout that it works on. */
package network.privateness.maven.checkout;
