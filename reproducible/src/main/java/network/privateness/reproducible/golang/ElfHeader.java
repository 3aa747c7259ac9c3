package network.privateness.reproducible.golang;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.Platform;

/** The first bytes of a program: Go writes something else when the package is no program. */
final class ElfHeader {

    // EI_CLASS (1: 32 bit, 2: 64 bit) and e_machine of the ELF specification; all three platforms are little-endian.
    private static final Map<Platform, int[]> EXPECTED = Map.of(
            Platform.LINUX_AMD64, new int[] {2, 62},
            Platform.LINUX_ARM64, new int[] {2, 183},
            Platform.LINUX_ARM_V7, new int[] {1, 40});

    private ElfHeader() {}

    static void check(Path program, Platform platform, String where) throws IOException {
        if (!Files.isRegularFile(program)) {
            throw new Problem(where, "go ended well but wrote no program", "name a package with a function main");
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(program)) {
            start = in.readNBytes(20);
        }
        int[] expected = EXPECTED.get(platform);
        boolean isProgram = start.length == 20
                && start[0] == 0x7f
                && start[1] == 'E'
                && start[2] == 'L'
                && start[3] == 'F'
                && start[4] == expected[0]
                && start[5] == 1
                && (start[18] & 0xff | (start[19] & 0xff) << 8) == expected[1];
        if (!isProgram) {
            Files.delete(program);
            throw new Problem(where, "is not a program for " + platform, "name a package with a function main");
        }
    }
}
