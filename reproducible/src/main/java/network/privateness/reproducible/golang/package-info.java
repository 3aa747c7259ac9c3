/**
 * Go programs from pinned modules: the toolchain, the modules and the program's own source are inputs with an {@code h1:}
 * hash, and the build runs without network, in folders of its own, with nothing taken from the machine.
 */
package network.privateness.reproducible.golang;
