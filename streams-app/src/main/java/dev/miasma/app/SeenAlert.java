// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What the demo shows of an alert.
 *
 * @param client alerted about
 * @param queries it had made
 * @param aboveMedianShare share of its distinct queries that score above the median known non-member
 * @param flaggedShare share of them flagged as leaky
 * @param nullShare share of known non-members that are flagged
 * @param evidence value of the e-detector
 * @param budgetGuaranteed whether the calibration bears the budget
 */
record SeenAlert(
        String client,
        long queries,
        double aboveMedianShare,
        double flaggedShare,
        double nullShare,
        double evidence,
        boolean budgetGuaranteed) {
    private static final JsonMapper JSON = new JsonMapper();

    static SeenAlert of(byte[] alert) {
        try {
            JsonNode json = JSON.readTree(alert);
            JsonNode evidence = json.path("evidence");
            return new SeenAlert(
                    json.path("client").asText(),
                    evidence.path("queries").asLong(),
                    evidence.path("aboveMedianShare").asDouble(),
                    evidence.path("flaggedShare").asDouble(),
                    evidence.path("nullShare").asDouble(),
                    evidence.path("value").asDouble(),
                    json.path("budget").path("guaranteed").asBoolean());
        } catch (IOException e) {
            throw new IllegalStateException("an alert of ours is not JSON", e);
        }
    }
}
