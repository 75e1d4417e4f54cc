// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the demo shows of an alert.
 *
 * @param client alerted about
 * @param queries it had made
 * @param aboveMedianShare share of its distinct queries that score above the median known non-member
 * @param budgetGuaranteed whether the calibration bears the budget
 */
record SeenAlert(String client, long queries, double aboveMedianShare, boolean budgetGuaranteed) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What an alert says of a client; null for one about a cohort or an endpoint. */
    static @Nullable SeenAlert of(byte[] alert) {
        try {
            JsonNode json = JSON.readTree(alert);
            if (!json.path("client").isTextual()) {
                return null;
            }
            JsonNode evidence = json.path("evidence");
            return new SeenAlert(
                    json.path("client").asText(),
                    evidence.path("queries").asLong(),
                    evidence.path("aboveMedianShare").asDouble(),
                    json.path("budget").path("guaranteed").asBoolean());
        } catch (IOException e) {
            throw new IllegalStateException("an alert of ours is not JSON", e);
        }
    }
}
