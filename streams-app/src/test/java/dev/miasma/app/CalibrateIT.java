// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.fixtures.AttackFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A null learnt from a stretch of a topic. */
class CalibrateIT {
    private static final String TOPIC = "predictions";
    private static final int EACH = 260;

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    /** The i-th event has the record time of i milliseconds after 1970, plus one. */
    @BeforeAll
    static void traffic_is_there() {
        KAFKA.createTopic(TOPIC, 3);
        List<String> events = BenignTraffic.events("credit", 4, EACH);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", KAFKA.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < events.size(); i++) {
                var _ = producer.send(new ProducerRecord<>(TOPIC, null, 1L + i, "client-" + i % 4, events.get(i)));
            }
            var _ = producer.send(new ProducerRecord<>(TOPIC, null, 1L + events.size(), "nobody", ""));
        }
    }

    @Test
    void reads_all_that_is_there_and_ends() throws IOException {
        JsonNode json = calibrate("--from-beginning");

        assertThat(json.path("events").asInt()).isEqualTo(4 * EACH + 1);
        assertThat(json.path("clientsUsed").asInt()).isEqualTo(4);
        assertThat(json.path("rejected").toString()).isEqualTo("{\"no-value\":1}");
        assertThat(calibrate("--max-events", "900").path("events").asInt()).isEqualTo(900);
    }

    @Test
    void reads_from_one_time_to_another() throws IOException {
        JsonNode json = calibrate("--since", "101", "--until", "1970-01-01T00:00:01.001Z");

        assertThat(json.path("events").asInt()).isEqualTo(900);
        assertThat(json.path("rejected")).isEmpty();
    }

    @Test
    void waits_for_an_end_that_is_to_come() throws IOException {
        Instant end = Instant.now().plusSeconds(3);

        JsonNode json = calibrate("--until", end.toString());

        assertThat(Instant.now()).isAfterOrEqualTo(end);
        assertThat(json.path("events").asInt()).isEqualTo(4 * EACH + 1);
    }

    @Test
    void names_a_topic_or_broker_that_is_not_there() {
        CommandLineRun noTopic = run(KAFKA.bootstrapServers(), "nothing");
        CommandLineRun noBroker = run("127.0.0.1:1", TOPIC, "--set", "kafka.default.api.timeout.ms=1000");

        assertThat(noTopic.exitCode()).isEqualTo(1);
        assertThat(noTopic.err()).last().asString().startsWith("miasma: topic nothing does not exist");
        assertThat(noBroker.exitCode()).isEqualTo(1);
        assertThat(noBroker.err())
                .last()
                .asString()
                .startsWith("miasma: no Kafka broker answers at 127.0.0.1:1: start it, or set bootstrap.servers");
    }

    private JsonNode calibrate(String... more) throws IOException {
        CommandLineRun run = run(KAFKA.bootstrapServers(), TOPIC, more);
        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        return new JsonMapper().readTree(String.join("\n", run.out()));
    }

    private CommandLineRun run(String servers, String topic, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "calibrate",
                "--model=" + AttackFiles.write(folder, "model", 2000),
                "--output=" + folder.resolve("traffic.json"),
                "--topic=" + topic,
                "--set",
                "bootstrap.servers=" + servers,
                "--json"));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }
}
