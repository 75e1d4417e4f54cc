// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.SensorSettings;
import dev.miasma.score.KnownModels;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Reads exemptions from JSON, trusting nothing: {@code exemption.schema.json}. */
final class ExemptionParser {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MAX_TEXT = 1024;

    /** An acknowledged behaviour is counted over at most this many queries. */
    private static final long MAX_COUNT = 1_000_000_000L;

    private final Map<Level, Sensors> sensors;
    private final KnownModels models;

    ExemptionParser(SensorSettings settings, KnownModels models) {
        sensors = Map.of(
                Level.CLIENT, Sensors.of(Level.CLIENT, settings), Level.COHORT, Sensors.of(Level.COHORT, settings));
        this.models = models;
    }

    /**
     * An exemption and whom it is for.
     *
     * @param key as {@link #keyOf}
     */
    record Entry(String key, Exemption exemption) {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException naming the field, its value and what is needed
     */
    Entry parse(byte[] json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e, e);
        }
        if (node == null || !node.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        Exemption.Kind kind = oneOf(node, "kind", Exemption.Kind.values());
        Level level = oneOf(node, "level", new Level[] {Level.CLIENT, Level.COHORT});
        Sensors ofLevel = sensors.get(level);
        if (ofLevel == null) {
            throw new IllegalStateException("no sensors at the level " + level);
        }
        JsonNode accepted = node.path("accepted");
        if (kind == Exemption.Kind.ACKNOWLEDGE && !accepted.isObject()) {
            throw new IllegalArgumentException(
                    "accepted is missing: an acknowledgement says what it holds to be normal");
        }
        String key = keyOf(level, text(node, "name"), node.has("endpoint") ? text(node, "endpoint") : "*");
        return new Entry(
                key, new Exemption(kind, text(node, "reason"), until(node), accepted(accepted), ofLevel, models));
    }

    /** The name an exemption goes by: level, client or cohort, and endpoint or * for all. */
    static String keyOf(Level level, String name, String endpoint) {
        return level.code() + ':' + name + '@' + endpoint;
    }

    private static <E extends Enum<E>> E oneOf(JsonNode node, String field, E[] values) {
        String given = text(node, field);
        for (E value : values) {
            if (value.name().equalsIgnoreCase(given)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                field + " is '" + given + "': one of " + Arrays.toString(values).toLowerCase(Locale.ROOT) + " needed");
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException(field + " is missing or no text");
        }
        if (value.textValue().length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    field + " has " + value.textValue().length() + " characters: at most " + MAX_TEXT + " allowed");
        }
        return value.textValue();
    }

    private static long until(JsonNode node) {
        String text = text(node, "until");
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "until is '" + text + "': a date and time of RFC 3339 with an offset needed", e);
        }
    }

    private static Exemption.Accepted accepted(JsonNode accepted) {
        JsonNode bins = accepted.path("bins");
        if (bins.size() > Tally.MAX_BINS) {
            throw new IllegalArgumentException(
                    "accepted.bins has " + bins.size() + " entries: at most " + Tally.MAX_BINS + " allowed");
        }
        long[] counts = new long[bins.size()];
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] = count(bins.path(bin), "accepted.bins[" + bin + "]");
        }
        long queries = count(accepted, "queries", MAX_COUNT);
        long compared = count(accepted, "compared", queries);
        long near = count(accepted, "near", compared);
        long checked = count(accepted, "checked", queries);
        long[] flagged = new long[Sensor.COUNT];
        long[] asked = new long[Sensor.COUNT];
        flagged[Sensor.NEIGHBOURHOOD] = near;
        asked[Sensor.NEIGHBOURHOOD] = compared;
        flagged[Sensor.CLIMB] = count(accepted, "climbed", near);
        asked[Sensor.CLIMB] = compared;
        flagged[Sensor.REPEAT] = count(accepted, "repeats", queries);
        asked[Sensor.REPEAT] = queries;
        flagged[Sensor.TRAINING_HIT] = count(accepted, "hits", checked);
        asked[Sensor.TRAINING_HIT] = checked;
        String model = accepted.path("modelId").isTextual() ? text(accepted, "modelId") : "";
        return new Exemption.Accepted(model, counts, flagged, asked);
    }

    private static long count(JsonNode accepted, String field, long most) {
        long count = accepted.has(field) ? count(accepted.path(field), "accepted." + field) : 0;
        if (count > most) {
            throw new IllegalArgumentException(
                    "accepted." + field + " is " + count + ": at most " + most + " possible");
        }
        return count;
    }

    private static long count(JsonNode value, String field) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IllegalArgumentException(field + " is " + value + ": a whole number of at least 0 needed");
        }
        return Math.min(value.longValue(), MAX_COUNT);
    }
}
