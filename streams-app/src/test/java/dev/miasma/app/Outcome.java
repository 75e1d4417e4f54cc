// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a monitor has said for good: all alerts about clients, and the newest risk of each. Alerts about endpoints are left
 * out, for the blocks of that level may end elsewhere after a fault.
 */
record Outcome(List<Outcome.Alert> alerts, Map<String, JsonNode> risks) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /**
     * The same, when all transactions are decided that wrote to its topics: those of an instance that was killed stay open
     * until the brokers give them up, and hide what others committed after; and of one that is committed the brokers write the
     * markers after they have said that it is.
     */
    static Outcome ofDecided(String bootstrapServers, String name) {
        try (GroupProgress group = new GroupProgress(bootstrapServers, name)) {
            await().atMost(PATIENCE)
                    .until(() -> !group.hasWrittenUncommitted(name + "-alerts")
                            && !group.hasWrittenUncommitted(name + "-client-risk"));
        }
        return of(bootstrapServers, name);
    }

    /** Fails unless it is what another is, whatever the order; says what there is too little and too much of. */
    void assertSameAs(Outcome expected) {
        List<Alert> missing = new ArrayList<>(expected.alerts);
        alerts.forEach(missing::remove);
        List<Alert> surplus = new ArrayList<>(alerts);
        expected.alerts.forEach(surplus::remove);
        assertThat(missing).as("alerts missing of " + expected.alerts.size()).isEmpty();
        assertThat(surplus).as("alerts beyond " + expected.alerts.size()).isEmpty();
        assertThat(risks).isEqualTo(expected.risks);
    }

    /** Whether it has everything another has; it may have alerts twice, which is for a test to find. */
    boolean covers(Outcome other) {
        return alerts.containsAll(other.alerts) && risks.equals(other.risks);
    }
}
