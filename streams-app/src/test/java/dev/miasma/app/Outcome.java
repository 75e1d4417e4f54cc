// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What a monitor has said for good: all alerts about clients, and the newest risk of each. Alerts about endpoints are left
 * out, for the blocks of that level may end elsewhere after a fault.
 */
record Outcome(List<Outcome.Alert> alerts, Map<String, JsonNode> risks) {
    /** What of an alert has to be the same with and without faults. */
    record Alert(String id, String client, int number, long queries, double evidence) {
        static Alert of(JsonNode alert) {
            JsonNode evidence = alert.path("evidence");
            return new Alert(
                    alert.path("id").asText(),
                    alert.path("client").asText(),
                    alert.path("alarm").asInt(),
                    evidence.path("queries").asLong(),
                    evidence.path("value").asDouble());
        }
    }

    /** What a reader of committed records finds of the monitor that has a name. */
    static Outcome of(String bootstrapServers, String name) {
        return new Outcome(
                Committed.json(bootstrapServers, name + "-alerts").stream()
                        .filter(alert -> alert.path("client").isTextual())
                        .map(Alert::of)
                        .toList(),
                Committed.newest(bootstrapServers, name + "-client-risk"));
    }

    /** Whether it has everything another has; it may have alerts twice, which is for a test to find. */
    boolean covers(Outcome other) {
        return alerts.containsAll(other.alerts) && risks.equals(other.risks);
    }
}
