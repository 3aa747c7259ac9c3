/** From definitions and lock to images: which layers there are, what is in each, and what is kept between builds. */
package network.privateness.reproducible.build;
