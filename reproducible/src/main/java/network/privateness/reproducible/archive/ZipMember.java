package network.privateness.reproducible.archive;

/**
 * One member of a zip archive, as the central directory describes it.
 *
 * @param name as written, with the final slash of a directory
 * @param mode the 12 permission bits if the writer was a Unix system, else -1
 * @param size of the content in bytes
 * @param crc CRC-32 of the content
 * @param location where the content is and how it is stored
 */
public record ZipMember(String name, int mode, long size, long crc, Location location) {

    /**
     * Where the content is.
     *
     * @param header offset of the local header
     * @param data offset of the stored or deflated content
     * @param size of the stored or deflated content
     * @param deflated whether it is deflated or stored
     */
    record Location(long header, long data, long size, boolean deflated) {}

    /** Whether it is a directory, which has no content. */
    public boolean isDirectory() {
        return name.endsWith("/");
    }

    /** The name without the final slash of a directory. */
    public String path() {
        return isDirectory() ? name.substring(0, name.length() - 1) : name;
    }
}
