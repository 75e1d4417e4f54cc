// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Events and decoders for the tests of this package. */
final class Events {
    static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    static final long DAY = Duration.ofDays(1).toMillis();

    /** A tolerance that is a power of two, so that its edges are exact. */
    static final double TOLERANCE = 0.125;

    static final int MAX_CLASSES = 8;
    static final int MAX_BYTES = 8192;
    static final InputSettings SETTINGS =
            new InputSettings(List.of("predictions"), false, "miasma-client", MAX_BYTES, DAY, TOLERANCE, MAX_CLASSES);

    private static final String KEY = "0123456789abcdef";

    private Events() {}

    static EventDecoder decoder() {
        return decoder(KEY, true);
    }

    static EventDecoder decoder(String key, boolean pseudonyms) {
        return new EventDecoder(
                SETTINGS,
                new IdentitySettings(key.getBytes(StandardCharsets.UTF_8), pseudonyms),
                InstantSource.fixed(Instant.ofEpochMilli(NOW)));
    }

    static Arrival arrival() {
        return new Arrival("predictions-3-42", NOW - 5, null, null);
    }

    static Arrival arrivalWithHeader(String client) {
        return new Arrival("predictions-3-42", NOW - 5, client, null);
    }

    /**
     * A good event with some fields replaced, added at the end, or taken away.
     *
     * @param changes field and its JSON in turn; an empty JSON takes the field away
     */
    static String event(String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", "\"q-1\"");
        fields.put("endpoint", "\"fraud\"");
        fields.put("version", "\"7\"");
        fields.put("client", "\"alice\"");
        fields.put("time", Long.toString(NOW - 1000));
        fields.put("posterior", "[0.75,0.25]");
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                fields.remove(changes[i]);
            } else {
                fields.put(changes[i], changes[i + 1]);
            }
        }
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** An event whose answer is given another way. */
    static String answered(String field, String json, String... changes) {
        String event = event(changes);
        return event.replace("\"posterior\":[0.75,0.25]", '"' + field + "\":" + json);
    }

    /** New answers for the rows of a batch event; none for a row without classes. */
    static EventRewriter.RowPosteriors posteriors(IntFunction<double[]> ofRow) {
        return new EventRewriter.RowPosteriors() {
            private double[] posterior = {};

            @Override
            public int makeReady(int place) {
                posterior = ofRow.apply(place);
                return posterior.length;
            }

            @Override
            public double[] posterior() {
                return posterior;
            }
        };
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Decoded decode(String event) {
        return decoder().decode(utf8(event), arrival());
    }

    static Prediction prediction(String event) {
        return prediction(decoder(), event, arrival());
    }

    static Prediction prediction(EventDecoder decoder, String event, Arrival arrival) {
        Decoded decoded = decoder.decode(utf8(event), arrival);
        if (decoded instanceof Prediction prediction) {
            return prediction;
        }
        throw new AssertionError(decoded + " of " + event);
    }
}
