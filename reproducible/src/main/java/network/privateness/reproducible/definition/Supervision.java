package network.privateness.reproducible.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import network.privateness.reproducible.oci.HealthCheck;
import network.privateness.reproducible.yaml.YamlMap;

/** How a composition of several members starts: one supervisor, which starts, watches and ends them. */
final class Supervision {

    /** The base that holds the supervisor. */
    static final String BASE = "supervised";

    private static final String PROGRAMS = "/usr/lib/ness/supervised/";
    static final List<String> READINESS = List.of(PROGRAMS + "ready");

    private static final String ROOT = "0:0";

    /** Members are asked at the same time; the answers are put together. */
    private static final Duration MORE_TIME = Duration.ofSeconds(5);

    private final YamlMap map;
    private final List<Member> members;

    Supervision(YamlMap map, List<Member> members) {
        this.map = map;
        this.members = members.stream().map(Member::supervised).toList();
    }

    ImageDefinition.Start start() {
        boolean root = members.stream()
                .anyMatch(member -> member.image().start().user().equals(ROOT));
        List<String> entrypoint = new ArrayList<>();
        if (root) {
            entrypoint.addAll(List.of("/usr/lib/ness/as-owner-of", Member.DATA));
        }
        entrypoint.add(PROGRAMS + "start");
        return new ImageDefinition.Start(
                root ? ROOT : user(),
                StartReader.env(map),
                Optional.empty(),
                entrypoint,
                List.of(),
                ports(members),
                volumes(),
                Optional.of(StartReader.times(
                        map.map("healthcheck").allow(Composition.HEALTH_KEYS),
                        new HealthCheck(
                                List.of("CMD", PROGRAMS + "health"),
                                StartReader.seconds(30),
                                Optional.of(longest(HealthCheck::timeout).plus(MORE_TIME)),
                                Optional.of(startPeriod()),
                                OptionalInt.of(3)))),
                Optional.of("SIGTERM"));
    }

    /** Those of all members, each port once. */
    static List<String> ports(List<Member> members) {
        Map<String, Member> owners = new LinkedHashMap<>();
        for (Member member : members) {
            for (String port : member.ports()) {
                Member other = owners.put(port, member);
                if (other != null) {
                    throw member.problem(
                            "both \"" + other.name() + "\" and \"" + member.name() + "\" expose " + port,
                            "give one of them another port (\"ports: {" + port + ": ...}\", and the variable in \"env\""
                                    + " that moves the program), or close it there (\"ports: {" + port + ": "
                                    + Include.CLOSED + "}\")");
                }
            }
        }
        return owners.keySet().stream().toList();
    }

    private String user() {
        Member first = members.get(0);
        for (Member member : members) {
            if (!member.image().start().user().equals(first.image().start().user())) {
                throw member.problem(
                        "\"" + first.name() + "\" runs as "
                                + first.image().start().user() + " and \"" + member.name() + "\" as "
                                + member.image().start().user() + ": members share one supervisor, and so its user",
                        "use one user for both");
            }
        }
        return first.image().start().user();
    }

    /** The members' own data share one volume; others stay as they are. */
    private List<Volume> volumes() {
        Map<String, Volume> volumes = new TreeMap<>();
        volumes.put(Member.DATA, new Volume(Member.DATA, Volume.DEFAULT_ID, Volume.DEFAULT_ID, 0755));
        for (Member member : members) {
            for (Volume volume : member.image().start().volumes()) {
                Volume other = volumes.putIfAbsent(volume.path(), volume);
                if (other != null && !other.path().equals(Member.DATA) && !other.equals(volume)) {
                    throw member.problem(
                            "the volume " + volume.path() + " of \"" + member.name()
                                    + "\" has another owner or mode than that of another member",
                            "use another path for one of them");
                }
            }
        }
        return List.copyOf(volumes.values());
    }

    /** One member may wait for another. */
    private Duration startPeriod() {
        return members.stream()
                .map(member ->
                        member.image().start().healthcheck().orElseThrow().startPeriod())
                .map(period -> period.orElse(Duration.ZERO))
                .reduce(MORE_TIME, Duration::plus);
    }

    private Duration longest(Function<HealthCheck, Optional<Duration>> part) {
        return members.stream()
                .map(member -> part.apply(member.image().start().healthcheck().orElseThrow())
                        .orElse(Duration.ZERO))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
