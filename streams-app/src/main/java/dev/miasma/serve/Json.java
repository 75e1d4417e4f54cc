// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How values are written and read. */
final class Json {
    static final String CONTENT_TYPE = "application/json";

    /** Another instance may be of a later release and tell more. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values cannot be written", e);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values cannot be written", e);
        }
    }

    static <T> T read(byte[] json, Class<T> type) throws IOException {
        return MAPPER.readValue(json, type);
    }

    static JsonNode tree(byte[] json) throws IOException {
        return MAPPER.readTree(json);
    }

    /** JSON has no NaN and no infinity. */
    static @Nullable Double known(double number) {
        return Double.isFinite(number) ? number : null;
    }

    /** log10 of an e-detector's value; 0 where that is 1 or less. */
    static double log10(double evidence) {
        return evidence > 1 ? Math.log10(evidence) : 0;
    }

    /** RFC 3339. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
