/** Hands images to a Docker or Podman engine through its own client program. */
package network.privateness.maven.engine;
