// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.config.ConfigException;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topic of predictions with a defence before their answers. */
class SanitisedTopicTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private @Nullable TopologyTestDriver driver;

    private static MiasmaConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "identity.key", "0123456789abcdef",
                "output.sanitised.topic", "safe",
                "output.sanitised.defence", "top1"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return MiasmaConfig.of(values);
    }

    private TopologyTestDriver start(String... settings) {
        AttackFiles.write(folder, "default", 1000);
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);
        MiasmaConfig config = config(settings);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, measures));
        properties.put("state.dir", folder.resolve("state").toString());
        TopologyTestDriver started = new TopologyTestDriver(
                MonitorTopology.build(
                        config,
                        Knowledge.of(models, config.sensors(), measures),
                        measures,
                        InstantSource.fixed(Instant.ofEpochMilli(NOW))),
                properties);
        driver = started;
        return started;
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    private static void send(TopologyTestDriver driver, @Nullable String key, String event) {
        var headers = new RecordHeaders()
                .add("traceparent", "t".getBytes(StandardCharsets.UTF_8))
                .add("b", "2".getBytes(StandardCharsets.UTF_8));
        driver.createInputTopic("predictions", new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>(key, event, headers, NOW - 5));
    }

    private static List<TestRecord<String, String>> safe(TopologyTestDriver driver) {
        return driver.createOutputTopic("safe", new StringDeserializer(), new StringDeserializer())
                .readRecordsToList();
    }

    @Test
    void the_wiring_passes_on_what_decode_has_read() {
        assertThat(MonitorTopology.describe(config()))
                .contains("--> dead-letters, sanitise, score")
                .contains("Processor: sanitise (stores: [])")
                .contains("Sink: sanitised (topic: safe)");
    }

    @Test
    void a_prediction_goes_on_with_the_defence_before_its_answer_and_is_else_what_it_was() {
        TopologyTestDriver started = start();
        send(
                started,
                "key-7",
                "{\"endpoint\":\"fraud\",\"client\":\"alice\",\"posterior\":[0.125,0.5,0.375],\"id\":\"q\"}");

        assertThat(safe(started)).singleElement().satisfies(record -> {
            assertThat(record.value())
                    .isEqualTo(
                            "{\"endpoint\":\"fraud\",\"client\":\"alice\",\"posterior\":[0.25,0.5,0.25],\"id\":\"q\"}");
            assertThat(record.key()).isEqualTo("key-7");
            assertThat(record.timestamp()).isEqualTo(NOW - 5);
            assertThat(record.headers().toArray())
                    .extracting(header -> header.key())
                    .containsExactly("traceparent", "b");
        });
    }

    @Test
    void only_the_defended_answer_is_in_it() {
        TopologyTestDriver started = start();
        send(started, null, "{\"endpoint\":\"fraud\",\"client\":\"a\",\"posterior\":[0.5,0.375,0.125]}");
        send(started, null, "{\"endpoint\":\"fraud\",\"client\":\"a\",\"logits\":[0,0,0],\"confidence\":0.97}");
        send(
                started,
                null,
                "{\"endpoint\":\"fraud\",\"client\":\"a\",\"topk\":[{\"label\":\"x\",\"p\":0.625},"
                        + "{\"label\":\"y\",\"p\":0.25}]}");

        assertThat(safe(started))
                .allSatisfy(record -> assertThat(record.key()).isNull())
                .extracting(TestRecord::value)
                .satisfiesExactly(
                        posterior -> assertThat(posterior).endsWith("\"posterior\":[0.5,0.25,0.25]}"),
                        logits -> assertThat(logits)
                                .startsWith("{\"endpoint\":\"fraud\",\"client\":\"a\",\"posterior\":[0.33")
                                .doesNotContain("logits", "confidence"),
                        topK -> assertThat(topK).endsWith("\"topk\":[{\"label\":\"x\",\"p\":0.625}]}"));
        assertThat(measures.sanitisedCount("sanitised")).isEqualTo(3);
    }

    @Test
    void a_label_alone_goes_on_as_it_came_and_a_bad_event_nowhere_but_to_the_dead_letters() {
        TopologyTestDriver started = start();
        send(started, "k", "{ \"endpoint\":\"fraud\",\"client\":\"a\",\"label\":\"cat\" }");
        send(started, "k", "{\"endpoint\":\"fraud\",\"client\":\"a\",\"posterior\":[0.5]}");
        send(started, "k", "nonsense");

        assertThat(safe(started))
                .extracting(TestRecord::value)
                .containsExactly("{ \"endpoint\":\"fraud\",\"client\":\"a\",\"label\":\"cat\" }");
        assertThat(measures.sanitisedCount("unchanged")).isEqualTo(1);
        assertThat(measures.sanitisedCount("sanitised")).isZero();
        assertThat(measures.rejectedCount()).isEqualTo(2);
    }

    @Test
    void what_cannot_be_rewritten_is_held_back_and_counted_while_it_is_scored_all_the_same() {
        TopologyTestDriver started = start();
        started.createInputTopic(
                        "predictions",
                        new StringSerializer(),
                        (topic, event) ->
                                event == null ? new byte[0] : event.toString().getBytes(StandardCharsets.UTF_16BE))
                .pipeInput("k", "{\"endpoint\":\"fraud\",\"client\":\"a\",\"posterior\":[0.5,0.5]}", NOW);

        assertThat(safe(started)).isEmpty();
        assertThat(measures.sanitisedCount("withheld")).isEqualTo(1);
        assertThat(measures.scoredCount()).isEqualTo(1);
        assertThat(measures.failedCount()).isZero();
    }

    @Test
    void a_batch_goes_on_as_one_event_with_the_defence_before_every_answer() {
        TopologyTestDriver started = start();
        send(
                started,
                "k",
                "{\"endpoint\":\"fraud\",\"rows\":[{\"posterior\":[0.125,0.5,0.375]},{\"label\":1},"
                        + "{\"id\":\"x\",\"topk\":[{\"label\":\"y\",\"p\":0.75},{\"label\":\"z\",\"p\":0.25}],\"raw\":[1.5]}],"
                        + "\"client\":\"alice\"}");
        send(started, "k", "{\"endpoint\":\"fraud\",\"client\":\"a\",\"rows\":[{\"label\":1},{\"label\":2}]}");

        assertThat(safe(started))
                .extracting(TestRecord::value)
                .containsExactly(
                        "{\"endpoint\":\"fraud\",\"rows\":[{\"posterior\":[0.25,0.5,0.25]},{\"label\":1},"
                                + "{\"id\":\"x\",\"topk\":[{\"label\":\"y\",\"p\":0.75},{\"label\":\"z\",\"p\":0.25}]}],"
                                + "\"client\":\"alice\"}",
                        "{\"endpoint\":\"fraud\",\"client\":\"a\",\"rows\":[{\"label\":1},{\"label\":2}]}");
        assertThat(measures.sanitisedCount("sanitised")).isEqualTo(3);
        assertThat(measures.sanitisedCount("unchanged")).isEqualTo(2);
    }

    @Test
    void a_batch_with_a_bad_row_is_held_back_whole_while_its_good_rows_are_scored() {
        TopologyTestDriver started = start();
        send(
                started,
                "k",
                "{\"endpoint\":\"fraud\",\"client\":\"a\",\"rows\":[{\"posterior\":[1,0]},{\"posterior\":[0.5]},"
                        + "{\"posterior\":[0,1]}]}");
        send(started, "k", "{\"endpoint\":\"fraud\",\"client\":\"a\",\"rows\":[{\"posterior\":[0.5]}]}");

        assertThat(safe(started)).isEmpty();
        assertThat(measures.sanitisedCount("withheld")).isEqualTo(2);
        assertThat(measures.scoredCount()).isEqualTo(2);
        assertThat(measures.rejectedCount()).isEqualTo(2);
        assertThat(measures.receivedCount()).isEqualTo(4);
    }

    @Test
    void the_answer_is_scored_as_the_model_gave_it() {
        TopologyTestDriver started = start("output.sanitised.defence", "temperature100");
        send(started, "k", "{\"endpoint\":\"fraud\",\"client\":\"a\",\"posterior\":[0.999,0.001]}");

        assertThat(measures.flaggedShare()).isEqualTo(1);
        assertThat(safe(started)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"top", "topp3", "round99", "top3,round2", "memguard", "top3+"})
    void a_defence_that_is_none_refuses_to_start_and_is_named_with_its_key(String defence) {
        assertThatThrownBy(() -> MonitorTopology.describe(config("output.sanitised.defence", defence)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("output.sanitised.defence: ")
                .hasMessageContaining("need")
                .hasMessageContaining(defence.replace("+", ""));
    }

    @Test
    void topic_and_defence_want_each_other_and_a_topic_of_their_own() {
        assertThatThrownBy(() -> config("output.sanitised.defence", ""))
                .hasMessageContaining("output.sanitised.defence");
        assertThatThrownBy(() -> config("output.sanitised.topic", "")).hasMessageContaining("output.sanitised.topic");
        assertThatThrownBy(() -> config("output.sanitised.topic", "predictions"))
                .hasMessageContaining("would read");
        assertThatThrownBy(() -> config("output.sanitised.topic", "miasma-alerts"))
                .hasMessageContaining("alerts.topic");
    }
}
