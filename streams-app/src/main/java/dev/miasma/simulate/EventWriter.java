// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes native prediction events, the posterior in single precision as serving stacks do. Not thread-safe. */
final class EventWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final String endpoint;
    private final String version;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

    EventWriter(String endpoint, String version) {
        this.endpoint = endpoint;
        this.version = version;
    }

    byte[] write(SimulatedQuery query, double[] posterior) {
        bytes.reset();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", query.id());
            json.writeNumberField("time", query.timeMillis());
            json.writeStringField("endpoint", endpoint);
            json.writeStringField("version", version);
            json.writeStringField("client", query.client());
            json.writeArrayFieldStart("posterior");
            for (double p : posterior) {
                json.writeNumber((float) p);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
