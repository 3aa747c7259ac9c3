/** Image configuration, manifest, index and layout of the OCI image specification 1.1. */
package network.privateness.reproducible.oci;
