package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.HardLink;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static final RegularFile FILE =
            new RegularFile(Content.of("bytes"), 04755, 1, 42, 1234, "a package\twith a tab\nand a line");

    @Test
    void everyKindComesBackWithoutBytesAndTime() {
        Map<RootPath, Node> nodes = new LinkedHashMap<>();
        nodes.put(RootPath.of("usr"), new Directory(02755, 0, 50, 1234, "base-files"));
        nodes.put(RootPath.of("usr/ä b"), FILE);
        nodes.put(RootPath.of("usr/hard"), new HardLink(RootPath.of("usr/ä b"), FILE, "other"));
        nodes.put(RootPath.of("usr/soft"), new SymbolicLink("../x y", 0777, 3, 4, 1234, "other"));
        Listing listing = Listing.EMPTY.with(nodes);
        assertThat(listing.text())
                .isEqualTo("d\t2755\t0\t50\tbase-files\tusr\t\n"
                        + "f\t4755\t1\t42\tother\tusr/hard\t\n"
                        + "l\t777\t3\t4\tother\tusr/soft\t../x y\n"
                        + "f\t4755\t1\t42\ta package with a tab and a line\tusr/ä b\t\n");
        Listing read = Listing.parse(listing.text());
        assertThat(read.text()).isEqualTo(listing.text());
        assertThat(read.digest()).isEqualTo(listing.digest());
        assertThat(read.nodes().get(RootPath.of("usr")))
                .isEqualTo(new Directory(02755, 0, 50, Node.AT_EPOCH, "base-files"));
        // The content of a hard link is in its layer; what comes on top sees a file.
        Node hard = read.nodes().get(RootPath.of("usr/hard"));
        assertThat(hard).isInstanceOf(RegularFile.class);
        assertThatThrownBy(() -> ((RegularFile) hard).content().open())
                .isInstanceOf(IOException.class)
                .hasMessage("the content of a lower layer is not read");
    }

    @Test
    void whatIsOnTopWins() {
        Listing lower = Listing.EMPTY.with(Map.of(RootPath.of("a"), Directory.made("lower")));
        Listing upper = lower.with(Map.of(RootPath.of("a"), new Directory(0700, 0, 0, 0, "upper")));
        assertThat(upper.text()).isEqualTo("d\t700\t0\t0\tupper\ta\t\n");
        assertThat(lower.text()).isEqualTo("d\t755\t0\t0\tlower\ta\t\n");
        assertThat(Listing.parse("").digest()).isEqualTo(Listing.EMPTY.digest());
    }

    @Test
    void otherTextIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Listing.parse("d\t755\t0\t0\tx\n"))
                .withMessage("the listing has a line of 5 fields");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Listing.parse("p\t755\t0\t0\tx\ta\t\n"))
                .withMessage("the listing has the kind p");
    }
}
