package network.privateness.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndNoLineEndsInBlanks() {
        Table table = new Table("IMAGE", "SIZE", "LAYERS");
        table.row("a-long-name", "1", "");
        table.row("b", "12345 MB", "7");
        assertThat(table.lines())
                .containsExactly(
                        "IMAGE        SIZE      LAYERS", //
                        "a-long-name  1",
                        "b            12345 MB  7");
    }

    @Test
    void headAlone() {
        assertThat(new Table("IMAGE", "ID").lines()).containsExactly("IMAGE  ID");
    }
}
