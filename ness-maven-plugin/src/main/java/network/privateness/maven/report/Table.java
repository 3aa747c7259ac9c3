package network.privateness.maven.report;

import java.util.ArrayList;
import java.util.List;

/** Columns of text for a terminal. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The lines, each column as wide as its widest cell. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column));
                if (column + 1 < row.size()) {
                    line.append(" ".repeat(width(column) - row.get(column).length() + 2));
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
