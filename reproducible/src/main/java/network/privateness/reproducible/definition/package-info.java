/** What is in each image and how it starts: {@code image.yaml} and {@code bases.yaml} as types. */
package network.privateness.reproducible.definition;
