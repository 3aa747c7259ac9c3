/** Jars by Maven coordinates: modules of this build, and what they need from repositories. */
package network.privateness.maven.resolution;
