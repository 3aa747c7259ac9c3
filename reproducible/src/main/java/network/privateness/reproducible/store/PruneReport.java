package network.privateness.reproducible.store;

/**
 * What a prune did.
 *
 * @param files how many files were deleted
 * @param bytesFreed the sum of their sizes
 * @param bytesKept what is left in the store
 */
public record PruneReport(long files, long bytesFreed, long bytesKept) {}
