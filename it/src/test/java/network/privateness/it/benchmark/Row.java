package network.privateness.it.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One row of the design's table of speeds: lets contenders take turns, and tells how the goals came out. */
final class Row {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final String name;
    private final Path folder;
    private final Map<String, Measure> medians = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private final ArrayNode turns = JSON.createArrayNode();

    /** @param name of the row, and of its files below it/target/benchmarks */
    Row(String name) throws IOException {
        this.name = name;
        this.folder = Workplace.folder(name);
    }

    /** Lets all take turns, as often as said, and remembers the medians by name. */
    void race(int rounds, List<Contender> contenders) throws IOException, InterruptedException {
        Stopwatch stopwatch = new Stopwatch(folder);
        Map<String, List<Measure>> measures = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Measure measure = stopwatch.run(contender);
                measures.computeIfAbsent(contender.name(), key -> new ArrayList<>())
                        .add(measure);
                turns.add(json(contender.name(), measure));
                System.out.printf(
                        Locale.ROOT,
                        "%s, round %d of %d: %s %.2f s CPU, %.2f s%n",
                        name,
                        round,
                        rounds,
                        contender.name(),
                        measure.cpu(),
                        measure.wall());
            }
        }
        measures.forEach((contender, all) -> medians.put(contender, Measure.median(all)));
    }

    /** The median of a contender that took part. */
    Measure median(String contender) {
        return medians.get(contender);
    }

    void goal(String text, double measured, double limit) {
        goals.add(new Goal(text, measured, limit));
    }

    /** Writes the JSON file and prints the table. */
    void report() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("row", name);
        json.set("machine", JSON.valueToTree(Workplace.machine()));
        ArrayNode all = json.putArray("medians");
        medians.forEach((contender, measure) -> all.add(json(contender, measure)));
        ArrayNode results = json.putArray("goals");
        for (Goal goal : goals) {
            results.addObject()
                    .put("goal", goal.text())
                    .put("measured", goal.measured())
                    .put("limit", goal.limit())
                    .put("met", goal.isMet());
        }
        json.set("turns", turns);
        Files.writeString(folder.resolveSibling(name + ".json"), JSON.writeValueAsString(json) + "\n");
        String table = table();
        Files.writeString(folder.resolveSibling(name + ".txt"), table);
        System.out.println(table);
    }

    private static ObjectNode json(String contender, Measure measure) {
        ObjectNode json = JSON.valueToTree(measure);
        return JSON.createObjectNode().put("contender", contender).setAll(json);
    }

    private String table() {
        StringBuilder table = new StringBuilder("\n" + name + " on " + Workplace.machine() + "\n");
        line(table, "%-34s %9s %9s %9s %10s", "median of turns", "CPU s", "wall s", "RSS MB", "result MB");
        medians.forEach((contender, measure) -> line(
                table,
                "%-34s %9.2f %9.2f %9.0f %10.2f",
                contender,
                measure.cpu(),
                measure.wall(),
                measure.rssMb(),
                measure.resultMb()));
        line(table, "%-62s %9s %9s", "goal", "measured", "at most");
        goals.forEach(goal -> line(
                table,
                "%-62s %9.3f %9.3f  %s",
                goal.text(),
                goal.measured(),
                goal.limit(),
                goal.isMet() ? "met" : "MISSED"));
        return table.toString();
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
