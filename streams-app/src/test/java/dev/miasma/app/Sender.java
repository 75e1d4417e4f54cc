// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events, keyed by their client. */
final class Sender {
    private Sender() {}

    /** An event about {@link TrainedTarget#ENDPOINT}. */
    static String event(String client, String features, String posterior) {
        return """
                {"endpoint":"%s","version":"%s","client":"%s","time":1735689600000,"features":%s,"posterior":%s}\
                """.formatted(TrainedTarget.ENDPOINT, TrainedTarget.VERSION, client, features, posterior);
    }

    /** Sends events and waits until all are in the log. */
    static void send(String bootstrapServers, String topic, List<String> events) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new StringSerializer(),
                new StringSerializer())) {
            for (String event : events) {
                String client = event.replaceAll(".*\"client\":\"([^\"]*)\".*", "$1");
                var _ = producer.send(new ProducerRecord<>(topic, client, event), (place, error) -> {
                    if (error != null) {
                        throw new AssertionError("not sent", error);
                    }
                });
            }
        }
    }
}
