/** What this machine offers: mirrors, proxies, JDKs. */
package network.privateness.maven.machine;
