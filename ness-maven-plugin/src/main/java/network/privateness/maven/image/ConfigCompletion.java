package network.privateness.maven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import network.privateness.reproducible.oci.HealthCheck;
import network.privateness.reproducible.oci.ImageConfig;

/** What Jib 0.28 can't say in an OCI image configuration, or says in an order of its own. */
final class ConfigCompletion {

    private ConfigCompletion() {}

    static void complete(ObjectNode tree, ImageConfig config) {
        config.platform().variant().ifPresent(variant -> tree.put("variant", variant));
        ObjectNode settings = tree.withObject("/config");
        // Jib keeps the variables in a hash map.
        ArrayNode env = settings.putArray("Env");
        config.env().forEach((name, value) -> env.add(name + "=" + value));
        config.stopSignal().ifPresent(signal -> settings.put("StopSignal", signal));
        config.healthCheck().ifPresent(check -> settings.set("Healthcheck", healthCheck(settings, check)));
        // Jib writes some absent values as empty ones and leaves others out.
        settings.removeIf(ConfigCompletion::isEmpty);
    }

    private static ObjectNode healthCheck(ObjectNode parent, HealthCheck check) {
        ObjectNode json = parent.objectNode();
        ArrayNode test = json.putArray("Test");
        check.test().forEach(test::add);
        nanoseconds(json, "Interval", check.interval());
        nanoseconds(json, "Timeout", check.timeout());
        nanoseconds(json, "StartPeriod", check.startPeriod());
        check.retries().ifPresent(retries -> json.put("Retries", retries));
        return json;
    }

    private static void nanoseconds(ObjectNode json, String name, Optional<Duration> duration) {
        duration.ifPresent(value -> json.put(name, value.toNanos()));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainerNode() && value.isEmpty();
    }
}
