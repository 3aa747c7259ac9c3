package network.privateness.reproducible.definition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says the members of a composition in the words of {@code /usr/lib/ness/supervised/start}, which explains each file. */
final class MemberFiles {

    private static final String FOLDER = "/usr/lib/ness/members/";
    private static final String NAME = "/usr/lib/ness/composition";

    /** Engines kill after ten seconds; two of them are for the supervisor itself. */
    private static final int MILLISECONDS_TO_END = 8000;

    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, Integer> levels = new HashMap<>();

    private MemberFiles() {}

    static Map<String, String> of(String composition, List<Member> members) {
        MemberFiles all = new MemberFiles();
        all.files.put(NAME, composition + "\n");
        members.forEach(all::level);
        int count = 1 + all.levels.values().stream().max(Integer::compare).orElse(0);
        members.forEach(member -> all.add(member, MILLISECONDS_TO_END / count));
        return all.files;
    }

    private void level(Member member) {
        int level = member.include().after().stream()
                .mapToInt(other -> levels.get(other) + 1)
                .max()
                .orElse(0);
        levels.put(member.name(), level);
    }

    private void add(Member member, int milliseconds) {
        String folder = FOLDER + member.name() + "/";
        put(member, folder + "command", member.command());
        put(member, folder + "health", member.health());
        put(member, folder + "ready", member.ready());
        put(
                member,
                folder + "env",
                member.movedEnv().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
        put(
                member,
                folder + "working-dir",
                List.of(member.image().start().workingDir().orElse("/")));
        put(member, folder + "after", member.include().after());
        put(member, folder + "level", List.of(levels.get(member.name()).toString()));
        put(member, folder + "timeout-kill", List.of(Integer.toString(milliseconds)));
        if (!member.capabilities().isEmpty()) {
            put(member, folder + "capabilities", List.copyOf(member.capabilities()));
        }
        member.image()
                .start()
                .stopSignal()
                .filter(signal -> !signal.equals("SIGTERM"))
                .ifPresent(signal -> put(member, folder + "down-signal", List.of(signal)));
    }

    private void put(Member member, String file, List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (line.indexOf('\n') >= 0) {
                throw member.problem(
                        "\"" + member.name() + "\" has a line break in \"" + line.replace("\n", "\\n")
                                + "\", which a composition has no place for",
                        "say it in one line");
            }
            text.append(line).append('\n');
        }
        files.put(file, text.toString());
    }
}
