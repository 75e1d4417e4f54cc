// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.detect.MemberShare;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the writers of all events share. */
final class EventJson {
    private static final JsonMapper JSON = new JsonMapper();

    private EventJson() {}

    /** The CloudEvents 1.0 attributes, as headers of the Kafka binding in binary mode. */
    static Map<String, String> headers(String id, String source, String type, long timeMillis, String subject) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_type", type);
        headers.put("ce_time", time(timeMillis));
        headers.put("ce_subject", subject);
        headers.put("content-type", "application/json");
        return headers;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** RFC 3339. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** A number without needless digits. */
    static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** Puts an estimate, or null for none. */
    static void put(ObjectNode json, String field, @Nullable MemberShare share) {
        if (share == null) {
            json.putNull(field);
            return;
        }
        json.putObject(field)
                .put("share", share.share())
                .put("low", share.low())
                .put("high", share.high())
                .put("queries", share.queries());
    }

    static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }
}
