// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes native prediction events, the posterior in single precision as serving stacks do. Not thread-safe. */
public final class EventWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final String endpoint;
    private final String version;
    private final boolean withFeatures;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

    /**
     * @param endpoint named in the events
     * @param version of the model named in them
     * @param withFeatures whether the query itself is in them
     */
    public EventWriter(String endpoint, String version, boolean withFeatures) {
        this.endpoint = endpoint;
        this.version = version;
        this.withFeatures = withFeatures;
    }

    /** One JSON object in UTF-8, without a line break. */
    public byte[] write(SimulatedQuery query) {
        bytes.reset();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", query.id());
            json.writeNumberField("time", query.timeMillis());
            json.writeStringField("endpoint", endpoint);
            json.writeStringField("version", version);
            json.writeStringField("client", query.client());
            if (query.cohort() != null) {
                json.writeStringField("cohort", query.cohort());
            }
            if (query.labelOnly()) {
                // Alone, the label is the answer; a number in a text, for a label is a name.
                json.writeStringField("label", Integer.toString(query.label()));
            } else {
                writeArray(json, "posterior", query.posterior());
            }
            if (withFeatures) {
                writeFeatures(json, query.features());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void writeArray(JsonGenerator json, String field, double[] values) throws IOException {
        json.writeArrayFieldStart(field);
        for (double value : values) {
            json.writeNumber((float) value);
        }
        json.writeEndArray();
    }

    private static void writeFeatures(JsonGenerator json, double[] features) throws IOException {
        json.writeArrayFieldStart("features");
        for (double value : features) {
            if (value == (int) value) {
                json.writeNumber((int) value);
            } else {
                json.writeNumber((float) value);
            }
        }
        json.writeEndArray();
    }
}
