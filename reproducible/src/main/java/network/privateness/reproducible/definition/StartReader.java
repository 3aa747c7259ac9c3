package network.privateness.reproducible.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import network.privateness.reproducible.oci.HealthCheck;
import network.privateness.reproducible.yaml.YamlMap;
import network.privateness.reproducible.yaml.YamlScalar;
import network.privateness.reproducible.yaml.YamlValue;

/** Reads the keys of image.yaml that say how the image starts and what it needs. */
final class StartReader {

    static final Set<String> KEYS = Set.of(
            "user",
            "env",
            "working-dir",
            "entrypoint",
            "command",
            "expose",
            "volumes",
            "healthcheck",
            "stop-signal",
            "needs",
            "readiness");

    private static final Set<String> HEALTH_KEYS = Set.of("test", "interval", "timeout", "start-period", "retries");

    private StartReader() {}

    static ImageDefinition.Start read(YamlMap map) {
        List<String> entrypoint = map.texts("entrypoint");
        if (entrypoint.isEmpty()) {
            throw map.problem("the key \"entrypoint\" is missing or empty", "say which program the image starts");
        }
        String user = map.scalar("user")
                .as(text -> InstallReader.matching(text, "[0-9]{1,5}:[0-9]{1,5}", "uid:gid in numbers"));
        List<String> expose = map.list("expose").scalars().stream()
                .map(port -> port.as(StartReader::port))
                .toList();
        Optional<String> stopSignal = map.optionalScalar("stop-signal")
                .map(s -> s.as(text -> InstallReader.matching(text, "SIG[A-Z0-9]{2,12}", "a signal such as SIGTERM")));
        return new ImageDefinition.Start(
                user,
                env(map),
                map.optionalScalar("working-dir").map(StartReader::path),
                entrypoint,
                map.texts("command"),
                expose,
                volumes(map),
                healthcheck(map),
                stopSignal);
    }

    static Needs needs(YamlMap map) {
        YamlMap needs = map.map("needs").allow(Set.of("capabilities", "devices", "sysctls", "tmpfs"));
        needs.list("capabilities")
                .scalars()
                .forEach(capability -> capability.as(text -> InstallReader.matching(
                        text, "(?!CAP_)[A-Z][A-Z_]+", "a capability without the prefix CAP_, such as NET_ADMIN")));
        return new Needs(
                needs.texts("capabilities"), needs.texts("devices"), needs.textMap("sysctls"), needs.texts("tmpfs"));
    }

    static Map<String, String> env(YamlMap map) {
        map.map("env")
                .keys()
                .forEach((name, location) -> new YamlScalar(location, name)
                        .as(text -> InstallReader.matching(text, "[A-Za-z_][A-Za-z0-9_]*", "a variable's name")));
        return map.textMap("env");
    }

    private static String path(YamlScalar scalar) {
        return scalar.as(text -> InstallReader.matching(text, InstallReader.PATH, "an absolute path"));
    }

    static String port(String text) {
        InstallReader.matching(text, "[1-9][0-9]{0,4}/(tcp|udp)", "a port such as 53/udp");
        if (Integer.parseInt(text.substring(0, text.indexOf('/'))) > 65535) {
            throw new IllegalArgumentException("\"" + text + "\" is not a port: 65535 is the highest");
        }
        return text;
    }

    private static List<Volume> volumes(YamlMap map) {
        List<Volume> volumes = new ArrayList<>();
        for (YamlValue value : map.list("volumes").values()) {
            if (value instanceof YamlScalar path) {
                volumes.add(path.as(text -> new Volume(text, Volume.DEFAULT_ID, Volume.DEFAULT_ID, 0755)));
            } else if (value instanceof YamlMap item) {
                item.allow(Set.of("path", "owner", "mode"));
                String[] owner = item.optionalScalar("owner")
                        .map(s -> s.as(text -> InstallReader.matching(text, "[0-9]{1,5}:[0-9]{1,5}", "uid:gid")))
                        .orElse(Volume.DEFAULT_ID + ":" + Volume.DEFAULT_ID)
                        .split(":");
                int mode = item.optionalScalar("mode")
                        .map(s -> s.as(text -> Integer.parseInt(
                                InstallReader.matching(text, "[0-7]{3,4}", "an octal mode such as 0750"), 8)))
                        .orElse(0755);
                volumes.add(item.scalar("path")
                        .as(text -> new Volume(text, Integer.parseInt(owner[0]), Integer.parseInt(owner[1]), mode)));
            } else {
                throw value.problem("a volume is " + value.kind(), "write its path, or path, owner and mode");
            }
        }
        return volumes;
    }

    private static Optional<HealthCheck> healthcheck(YamlMap map) {
        if (!map.has("healthcheck")) {
            return Optional.empty();
        }
        YamlMap check = map.map("healthcheck").allow(HEALTH_KEYS);
        if (check.texts("test").size() < 2 || !check.texts("test").get(0).equals("CMD")) {
            throw check.problem(
                    "the health check " + check.texts("test") + " must be [CMD, program, arguments...]",
                    "name the program; a shell is not needed");
        }
        return Optional.of(times(
                check, new HealthCheck(check.texts("test"), seconds(30), seconds(5), seconds(10), OptionalInt.of(3))));
    }

    /** The times of a health check, where they are said; otherwise those that it has. */
    static HealthCheck times(YamlMap check, HealthCheck otherwise) {
        OptionalInt retries = check.optionalScalar("retries")
                .map(s -> OptionalInt.of((int) s.integer(1, 100)))
                .orElse(otherwise.retries());
        try {
            return new HealthCheck(
                    otherwise.test(),
                    duration(check, "interval").or(otherwise::interval),
                    duration(check, "timeout").or(otherwise::timeout),
                    duration(check, "start-period").or(otherwise::startPeriod),
                    retries);
        } catch (IllegalArgumentException e) {
            throw check.problem(e.getMessage(), "correct the value");
        }
    }

    static Optional<Duration> seconds(long seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private static Optional<Duration> duration(YamlMap map, String key) {
        return map.optionalScalar(key)
                .map(scalar -> scalar.as(text -> {
                    InstallReader.matching(text, "[1-9][0-9]{0,4}[sm]", "a duration such as 30s or 2m");
                    long number = Long.parseLong(text.substring(0, text.length() - 1));
                    return text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
                }));
    }
}
