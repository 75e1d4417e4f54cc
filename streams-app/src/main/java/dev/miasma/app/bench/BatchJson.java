// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Makes one batch event of events with one query each. */
final class BatchJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> OF_ROW = Set.of("id", "posterior", "features");

    private BatchJson() {}

    /**
     * The bytes of a batch event.
     *
     * @param events its rows in order, all of one client; what rows share is taken from the first
     */
    static byte[] of(List<byte[]> events) {
        ObjectNode whole = JSON.createObjectNode();
        ArrayNode rows = JSON.createArrayNode();
        try {
            for (byte[] event : events) {
                ObjectNode row = rows.addObject();
                for (var field : JSON.readTree(event).properties()) {
                    JsonNode value = field.getValue();
                    if (OF_ROW.contains(field.getKey())) {
                        row.set(field.getKey(), value);
                    } else if (rows.size() == 1) {
                        whole.set(field.getKey(), value);
                    }
                }
            }
            return JSON.writeValueAsBytes(whole.set("rows", rows));
        } catch (IOException e) {
            throw new BenchException("a made-up event cannot be read: " + e.getMessage(), e);
        }
    }
}
