package network.privateness.reproducible.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarRepackFuzzTest {

    private static final JarRules RULES = JarRules.dependency(JavaReleases.of(List.of(21, 25)));

    @TempDir
    Path folder;

    @Test
    void damagedJarsAreRepackedAlikeOrRefusedAsProblems() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        var random = new Random(seed);
        byte[] good = new TestJar()
                .manifest("Main-Class: a.B", "Multi-Release: true", "", "Name: a", "Digest: x")
                .classFile("a/B.class", 65, 0)
                .classFile("META-INF/versions/25/a/B.class", 69, 0)
                .with("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1\n")
                .with("text", "some text ".repeat(50))
                .bytes(6, 2026);
        int accepted = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bad = mutate(good, random);
            Path jar = Files.write(folder.resolve("x.jar"), bad);
            try {
                byte[] once = repack(jar);
                assertThat(repack(Files.write(jar, once)))
                        .as("seed %d, round %d", seed, i)
                        .isEqualTo(once);
                accepted++;
            } catch (Problem expected) {
                assertThat(expected.where()).isEqualTo("x");
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
        assertThat(accepted).as("seed %d", seed).isBetween(1, 499);
    }

    private static byte[] mutate(byte[] good, Random random) {
        byte[] bad = good.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bad.length);
            switch (random.nextInt(3)) {
                case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bad[at] = (byte) new int[] {0, 0xFF, 0x7F, '/'}[random.nextInt(4)];
                default -> bad = Arrays.copyOf(bad, 1 + at);
            }
        }
        return bad;
    }

    private static byte[] repack(Path jar) throws IOException {
        var out = new ByteArrayOutputStream();
        JarRepack.repack("x", jar, RULES, out);
        return out.toByteArray();
    }
}
