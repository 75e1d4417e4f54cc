// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Events of one query each, put together to batch events. */
final class Batches {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> SHARED = Set.of("endpoint", "version", "client", "cohort", "time", "sampledRate");

    private Batches() {}

    /** One batch event a run of events whose shared fields are equal, of so many rows at most. */
    static List<String> of(List<String> events, int most) {
        List<ObjectNode> batches = new ArrayList<>();
        ObjectNode last = JSON.createObjectNode();
        for (String event : events) {
            ObjectNode row = read(event);
            ObjectNode shared = row.deepCopy().retain(SHARED);
            row.remove(SHARED);
            boolean goesOn = last.path("rows").size() < most
                    && last.deepCopy().retain(SHARED).equals(shared);
            if (!goesOn || batches.isEmpty()) {
                last = shared;
                last.putArray("rows");
                batches.add(last);
            }
            last.withArray("rows").add(row);
        }
        return batches.stream().map(ObjectNode::toString).toList();
    }

    /** The event with another time. */
    static String at(long timeMillis, String event) {
        return read(event).put("time", timeMillis).toString();
    }

    private static ObjectNode read(String event) {
        try {
            return (ObjectNode) JSON.readTree(event);
        } catch (JsonProcessingException e) {
            throw new AssertionError(event, e);
        }
    }
}
