// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records that are hostile as records, on a real broker; after each the monitor takes a good event as before. */
class HostileRecordsIT {
    private static final String INPUT = "hostile-in";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** As many as the codec packs into less than the megabyte a broker takes by default. */
    private static final Map<String, Integer> MEGABYTES = Map.of("gzip", 64, "zstd", 64, "lz4", 64, "snappy", 8);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void compressed_bombs_and_floods_of_headers_are_put_aside_or_taken_and_the_stream_goes_on() throws Exception {
        KAFKA.createTopic(INPUT, 1);
        Settings settings = new Settings(
                KAFKA.bootstrapServers(), "hostile", INPUT, TrainedTarget.get().modelsBelow(folder), folder);
        InMemoryMeasures measures = new InMemoryMeasures();

        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            for (var bomb : MEGABYTES.entrySet()) {
                try (var producer = producer(bomb.getKey())) {
                    producer.send(new ProducerRecord<>(INPUT, new byte[bomb.getValue() << 20]))
                            .get();
                }
            }
            try (var producer = producer("zstd")) {
                var flooded = new ProducerRecord<byte[], byte[]>(INPUT, good());
                for (int i = 0; i < 10_000; i++) {
                    flooded.headers().add("header-" + i, new byte[10]);
                    flooded.headers().add("traceparent", new byte[] {(byte) i});
                }
                producer.send(flooded).get();
                var huge = new ProducerRecord<byte[], byte[]>(INPUT, good());
                huge.headers().add("miasma-client", new byte[8 << 20]).add("\u0000", new byte[0]);
                producer.send(huge).get();
                producer.send(new ProducerRecord<>(INPUT, new byte[8 << 20], good()))
                        .get();
                producer.send(new ProducerRecord<>(INPUT, null)).get();
                producer.send(new ProducerRecord<>(INPUT, good())).get();
            }
            await().atMost(PATIENCE).until(() -> measures.receivedCount() == 9 && measures.detectedCount() == 3);
            assertThat(monitor.isRunning()).isTrue();
        }

        assertThat(measures.failedCount()).isZero();
        assertThat(Committed.json(KAFKA.bootstrapServers(), "hostile-dead-letters"))
                .extracting((JsonNode letter) -> letter.path("reason").asText())
                .containsExactlyInAnyOrder(
                        "too-large", "too-large", "too-large", "too-large", "field-too-long", "no-value");
    }

    private static byte[] good() {
        return Sender.event("somebody", "[1,2,3]", "[0.75,0.25]").getBytes(UTF_8);
    }

    private static KafkaProducer<byte[], byte[]> producer(String compression) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", KAFKA.bootstrapServers());
        settings.put("compression.type", compression);
        settings.put("max.request.size", Integer.MAX_VALUE);
        settings.put("buffer.memory", 256L << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
