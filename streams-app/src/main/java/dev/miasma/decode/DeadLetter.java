// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the dead-letter topic: what was wrong and where the event stands, and the event itself only on request.
 *
 * @param json the letter, {@code dead-letter.schema.json}
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
public record DeadLetter(byte[] json) implements Decoded {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Writes a dead letter.
     *
     * @param rejection what was wrong
     * @param topic topic of the event
     * @param partition its partition
     * @param offset its offset
     * @param timeMillis time of its record, milliseconds since 1970
     * @param event its bytes
     * @param withPayload whether to include them, as base64
     */
    public static DeadLetter of(
            Rejection rejection,
            String topic,
            int partition,
            long offset,
            long timeMillis,
            byte @Nullable [] event,
            boolean withPayload) {
        ObjectNode letter = JSON.createObjectNode()
                .put("reason", rejection.reason().code())
                .put("message", rejection.message())
                .put("topic", topic)
                .put("partition", partition)
                .put("offset", offset)
                .put("recordTime", timeMillis)
                .put("bytes", event == null ? 0 : event.length);
        if (withPayload && event != null) {
            letter.put("payload", Base64.getEncoder().encodeToString(event));
        }
        try {
            return new DeadLetter(JSON.writeValueAsBytes(letter));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }
}
