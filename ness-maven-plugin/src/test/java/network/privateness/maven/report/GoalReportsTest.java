package network.privateness.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import network.privateness.maven.engine.LoadedImage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.PruneReport;
import network.privateness.reproducible.update.LockChanges.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lock, load and prune tell people and machines. */
class GoalReportsTest {

    @TempDir
    Path folder;

    @Test
    void lock() throws IOException {
        LockReport report = new LockReport(
                List.of(new Change("debian", "a amd64", "1", "2"), new Change("go module", "b", "", "v1")), true);
        assertThat(report.table())
                .containsExactly(
                        "KIND       NAME     BEFORE  AFTER",
                        "debian     a amd64  1       2",
                        "go module  b        -       v1",
                        "2 changes; review and commit ness.lock");
        report.write(folder.resolve("made/lock.json"));
        assertThat(folder.resolve("made/lock.json")).hasContent("""
                {
                  "format" : 1,
                  "definitionsChanged" : true,
                  "changes" : [ {
                    "kind" : "debian",
                    "name" : "a amd64",
                    "before" : "1",
                    "after" : "2"
                  }, {
                    "kind" : "go module",
                    "name" : "b",
                    "after" : "v1"
                  } ]
                }
                """);
        assertThat(new LockReport(List.of(), false).table()).containsExactly("nothing changed");
        assertThat(new LockReport(List.of(), true).table())
                .containsExactly("no input and no layer changed; commit ness.lock, which fits the definitions again");
    }

    @Test
    void load() throws IOException {
        Sha256 id = Sha256.of(new byte[0]);
        LoadReport report = new LoadReport(
                Platform.LINUX_AMD64,
                List.of(new LoadedImage(ImageName.parse("n/mesh:1"), id, LoadedImage.IdOf.CONFIG)),
                List.of("n/other:1"));
        assertThat(report.table()).hasSize(2).last().asString().endsWith("the configuration");
        report.write(folder.resolve("load.json"));
        assertThat(folder.resolve("load.json")).hasContent("""
                {
                  "format" : 1,
                  "platform" : "linux/amd64",
                  "images" : [ {
                    "reference" : "n/mesh:1",
                    "id" : "ID",
                    "idOf" : "configuration"
                  } ],
                  "leftOut" : [ "n/other:1" ]
                }
                """.replace("ID", id.toString()));
    }

    @Test
    void prune() throws IOException {
        StoreReport report = new StoreReport(Path.of("/store"), new PruneReport(2, 1_500_000, 0));
        assertThat(report.line()).isEqualTo("/store: 2 files removed, 1.5 MB freed, 0.0 MB kept");
        report.write(folder.resolve("prune.json"));
        assertThat(Files.readString(folder.resolve("prune.json"))).isEqualTo("""
                {
                  "format" : 1,
                  "store" : "/store",
                  "filesRemoved" : 2,
                  "bytesFreed" : 1500000,
                  "bytesKept" : 0
                }
                """);
    }
}
