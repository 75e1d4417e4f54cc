// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert in a list.
 *
 * @param id its id, the same as on the topic
 * @param kind what was found
 * @param time event time of the query that led here, RFC 3339
 * @param level "client", "cohort" or "endpoint"
 * @param severity its severity
 * @param endpoint endpoint asked
 * @param version version of its model; null in an alert about a flood
 * @param client pseudonym of the client; null where it is not about one
 * @param cohort the cohort; null for none
 * @param sensor sensor with the largest part of the evidence; null at the level of an endpoint
 * @param evidence log10 of the evidence; null for a flood
 * @param threshold log10 of the threshold; null for a flood
 * @param queries queries behind it; null where not told
 * @param headline the alert in one sentence
 * @param runbook where to read on
 */
public record AlertItem(
        String id,
        String kind,
        String time,
        String level,
        String severity,
        String endpoint,
        @Nullable String version,
        @Nullable String client,
        @Nullable String cohort,
        @Nullable String sensor,
        @Nullable Double evidence,
        @Nullable Double threshold,
        @Nullable Long queries,
        String headline,
        String runbook) {

    static final List<String> SEVERITIES = List.of("critical", "high", "medium");
    static final List<String> LEVELS = List.of("client", "cohort", "endpoint");

    /** What an event of the alerts topic says; null where it is none of ours. */
    static @Nullable AlertItem of(JsonNode event) {
        for (String field : List.of("id", "kind", "time", "severity", "endpoint", "summary", "runbook")) {
            if (!event.path(field).isTextual()) {
                return null;
            }
        }
        String kind = event.path("kind").asText();
        JsonNode evidence = event.path("evidence");
        if (!SEVERITIES.contains(event.path("severity").asText()) || time(event) == null) {
            return null;
        }
        return new AlertItem(
                event.path("id").asText(),
                kind,
                String.valueOf(time(event)),
                levelOf(kind),
                event.path("severity").asText(),
                event.path("endpoint").asText(),
                text(event, "version"),
                text(event, "client"),
                text(event, "cohort"),
                text(event, "sensor"),
                log10(evidence.path("value")),
                log10(evidence.path("threshold")),
                queries(evidence),
                event.path("summary").asText(),
                event.path("runbook").asText());
    }

    private static String levelOf(String kind) {
        return switch (kind) {
            case "membership-probe" -> "client";
            case "cohort-probe" -> "cohort";
            default -> "endpoint";
        };
    }

    private static @Nullable Instant time(JsonNode event) {
        try {
            return Instant.parse(event.path("time").asText());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode event, String field) {
        return event.path(field).isTextual() ? event.path(field).asText() : null;
    }

    private static @Nullable Double log10(JsonNode number) {
        return number.isNumber() ? Json.log10(number.asDouble()) : null;
    }

    private static @Nullable Long queries(JsonNode evidence) {
        for (String field : List.of("queries", "scored", "newClients")) {
            if (evidence.path(field).isIntegralNumber()) {
                return evidence.path(field).asLong();
            }
        }
        return null;
    }

    /** The client or cohort that it is about; null for an endpoint. */
    @Nullable
    String subject() {
        return "cohort".equals(level) ? cohort : client;
    }
}
