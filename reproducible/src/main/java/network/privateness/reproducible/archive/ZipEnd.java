package network.privateness.reproducible.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The end of central directory record (APPNOTE.TXT 4.3.16), which must end exactly where the file ends.
 *
 * @param members number of members
 * @param offset of the central directory
 * @param size of the central directory, which ends where this record starts
 */
record ZipEnd(int members, long offset, int size) {

    private static final int SIGNATURE = 0x06054b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int SIZE = 22;
    private static final int LOCATOR_SIZE = 20;
    private static final int MAX_COMMENT = 0xffff;

    /** A directory of 200 000 members with long names has some 30 MB. */
    private static final int MAX_DIRECTORY = 64 << 20;

    static ZipEnd read(FileChannel channel, Refusal refusal) throws IOException {
        long length = channel.size();
        int tail = (int) Math.min(length, SIZE + MAX_COMMENT + LOCATOR_SIZE);
        ByteBuffer bytes = ZipBytes.read(channel, length - tail, tail);
        int at = tail - SIZE;
        while (at >= 0 && !(bytes.getInt(at) == SIGNATURE && ZipBytes.unsigned16(bytes, at + 20) == tail - at - SIZE)) {
            at--;
        }
        if (at < 0) {
            throw refusal.whole("this is no zip file, it is cut off, or there are bytes behind its end");
        }
        long offset = length - tail + at;
        if (at >= LOCATOR_SIZE && bytes.getInt(at - LOCATOR_SIZE) == ZIP64_LOCATOR) {
            throw refusal.at(offset - LOCATOR_SIZE, "a zip64 archive (over 4 GiB or 65535 members), which is not read");
        }
        int members = ZipBytes.unsigned16(bytes, at + 10);
        if (bytes.getInt(at + 4) != 0 || members != ZipBytes.unsigned16(bytes, at + 8)) {
            throw refusal.at(offset, "an archive of several disks, which is not read");
        }
        long directorySize = ZipBytes.unsigned32(bytes, at + 12);
        long directory = ZipBytes.unsigned32(bytes, at + 16);
        if (directory + directorySize != offset) {
            throw refusal.at(
                    offset,
                    "the central directory should end here, but by its offset " + directory + " and size "
                            + directorySize + " it ends at " + (directory + directorySize));
        }
        if (directorySize > MAX_DIRECTORY) {
            throw refusal.at(
                    directory,
                    "the central directory has " + directorySize + " bytes, at most " + MAX_DIRECTORY + " are allowed");
        }
        return new ZipEnd(members, directory, (int) directorySize);
    }
}
