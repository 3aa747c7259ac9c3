package network.privateness.reproducible.jvm;

/**
 * The version that a class file names at its start (JVM specification, §4.1).
 *
 * @param major 45 and above; 44 plus the feature release that reads it, so 65 is Java 21 and 69 is Java 25
 * @param minor 0 in all newer files, 65535 where the class uses preview features
 */
record ClassFileVersion(int major, int minor) {

    /** Magic, minor and major version. */
    static final int HEADER_LENGTH = 8;

    private static final int MAGIC = 0xCAFEBABE;
    private static final int JAVA_1_1 = 45;
    private static final int PREVIEW = 0xFFFF;
    private static final int BEFORE_FIRST_RELEASE = 44;

    /**
     * @param header the first {@value #HEADER_LENGTH} bytes of a class file
     * @throws IllegalArgumentException if they are not the start of a class file
     */
    static ClassFileVersion parse(byte[] header) {
        if (header.length < HEADER_LENGTH
                || unsignedShort(header, 0) != MAGIC >>> 16
                || unsignedShort(header, 2) != (MAGIC & 0xFFFF)) {
            throw new IllegalArgumentException("does not start like a class file (CA FE BA BE and a version)");
        }
        int major = unsignedShort(header, 6);
        if (major < JAVA_1_1) {
            throw new IllegalArgumentException("names class file version " + major + ", none is below " + JAVA_1_1);
        }
        return new ClassFileVersion(major, unsignedShort(header, 4));
    }

    /** The oldest Java feature release that reads it: 21 for major version 65. */
    int release() {
        return major - BEFORE_FIRST_RELEASE;
    }

    /** Whether it was compiled with preview features: then no other release than {@link #release()} runs it. */
    boolean preview() {
        return minor == PREVIEW;
    }

    private static int unsignedShort(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
    }
}
