package network.privateness.reproducible.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;

class RootPathTest {

    @Test
    void partsOfAPath() {
        RootPath path = RootPath.of("usr/bin/x");
        assertThat(path.name()).isEqualTo("x");
        assertThat(path.parent()).contains(RootPath.of("usr/bin"));
        assertThat(RootPath.of("usr").parent()).isEmpty();
        assertThat(RootPath.of("usr").resolve("bin/x")).isEqualTo(path);
        assertThat(path.absolute()).isEqualTo("/usr/bin/x");
        assertThat(path.startsWith(RootPath.of("usr/bin"))).isTrue();
        assertThat(path.startsWith(path)).isTrue();
        assertThat(path.startsWith(RootPath.of("usr/b"))).isFalse();
        assertThat(RootPath.parseAbsolute("/usr/bin/x", "image.yaml")).isEqualTo(path);
    }

    @Test
    void theOrderIsThatOfTheBytes() {
        List<String> paths =
                List.of("a", "a-b", "a/b", "é", "\uffee", "\ud83d\ude00", "\ue000", "Z", "a.b", "\ud83d\ude01");
        List<String> sorted = new TreeSet<>(paths.stream().map(RootPath::of).collect(Collectors.toList()))
                .stream().map(RootPath::toString).collect(Collectors.toList());
        assertThat(sorted)
                .isEqualTo(paths.stream()
                        .sorted((a, b) -> Arrays.compareUnsigned(
                                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.toList()));
    }

    @Test
    void anyOtherFormIsRefused() {
        refuses("", "the path \"\" has the component \"\"");
        refuses("/a", "the path \"/a\" is absolute, a relative one is needed");
        refuses("a/", "the path \"a/\" has the component \"\"");
        refuses("a//b", "the path \"a//b\" has the component \"\"");
        refuses("./a", "the path \"./a\" has the component \".\"");
        refuses("a/../b", "the path \"a/../b\" has the component \"..\"");
        refuses("a\0b", "the path \"a?b\" has a control character");
        refuses("a\ud83d", "the path \"a?\" is not valid Unicode");
        refuses(
                "a/.wh.b",
                "the path \"a/.wh.b\" has a component that starts with .wh., which means a deletion in an image layer");
        refuses("é".repeat(128), "the path \"" + "é".repeat(128) + "\" has a component longer than 255 bytes");
        assertThat(RootPath.of("é".repeat(127) + "a").name()).hasSize(128);
        refuses("abc/".repeat(1024) + "a", "the path \"" + "abc/".repeat(63) + "abc\" is longer than 4095 bytes");
        assertThat(RootPath.of("abc/".repeat(1023) + "abc").toString()).hasSize(4095);
    }

    @Test
    void problemsNameWhereAndWhatToDo() {
        assertThatThrownBy(() -> RootPath.parseAbsolute("usr", "image.yaml:3"))
                .isInstanceOf(Problem.class)
                .hasMessage("image.yaml:3: the path \"usr\" does not start with /. Next: write \"/usr\"");
        assertThatThrownBy(() -> RootPath.parse("a/../b", "x.tar"))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "x.tar: the path \"a/../b\" has the component \"..\". Next: rename it, or use another input");
    }

    private static void refuses(String path, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> RootPath.of(path)).withMessage(message);
    }
}
