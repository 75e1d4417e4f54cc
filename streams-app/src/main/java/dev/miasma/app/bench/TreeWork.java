// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the JSON of an event into a tree, as most consumers begin, and does nothing with it. */
final class TreeWork implements ConsumerContender.Work {
    private final JsonMapper mapper = new JsonMapper();
    private long fields;

    @Override
    public void take(ConsumerRecord<byte[], byte[]> event) {
        try {
            fields += mapper.readTree(event.value()).size();
        } catch (IOException e) {
            throw new BenchException("an event is no JSON: " + e.getMessage(), e);
        }
    }

    /** Fields of all events, so that none is read for nothing. */
    long fields() {
        return fields;
    }
}
