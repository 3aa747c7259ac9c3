package network.privateness.reproducible.rootfs;

/**
 * One more name of a file. It knows that file, so that it can become a copy where both do not end in the same layer.
 *
 * @param target the first name, never a hard link itself
 * @param file what both names mean
 * @param origin the input or file that this name comes from
 */
public record HardLink(RootPath target, RegularFile file, String origin) implements Node {

    /** @throws IllegalArgumentException if there is no origin */
    public HardLink {
        NodeChecks.check(file.mode(), file.uid(), file.gid(), file.mtime(), origin);
    }

    @Override
    public int mode() {
        return file.mode();
    }

    @Override
    public int uid() {
        return file.uid();
    }

    @Override
    public int gid() {
        return file.gid();
    }

    @Override
    public long mtime() {
        return file.mtime();
    }
}
