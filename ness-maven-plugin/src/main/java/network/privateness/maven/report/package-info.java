/** What a goal did, for machines as JSON and for people as a table. */
package network.privateness.maven.report;
