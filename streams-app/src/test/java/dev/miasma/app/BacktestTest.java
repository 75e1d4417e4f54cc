// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.fixtures.Schemas;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.simulate.ClientGroup;
import dev.miasma.simulate.EventWriter;
import dev.miasma.simulate.Scenario;
import dev.miasma.simulate.ScenarioPlan;
import dev.miasma.topology.Knowledge;
import dev.miasma.topology.MonitorTopology;
import dev.miasma.topology.StreamsSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacktestTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long START = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final String KEY = "0123456789abcdef";

    @TempDir
    Path folder;

    private Path models = Path.of("");

    @BeforeEach
    void make_the_attack_model() throws IOException {
        models = TrainedTarget.get().modelsBelow(folder);
    }

    private static List<byte[]> events(int queries, String... kinds) {
        List<ClientGroup> groups = Stream.of(kinds).map(ClientGroup::parse).toList();
        TrainedTarget target = TrainedTarget.get();
        Scenario scenario =
                new Scenario(new ScenarioPlan(groups, 20, 1000, 7, START, "x-"), target.population(), target::answer);
        EventWriter writer = new EventWriter(TrainedTarget.ENDPOINT, TrainedTarget.VERSION, true);
        List<byte[]> events = new ArrayList<>();
        while (events.size() < queries) {
            events.add(writer.write(scenario.next().orElseThrow()));
        }
        return events;
    }

    private Path log(String name, List<byte[]> events) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            for (byte[] event : events) {
                out.write(event);
                out.write('\n');
            }
        }
        return file;
    }

    private CommandLineRun backtest(Object... arguments) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of("backtest", "--set", "models.dir=" + models, "--set", "models.universal=false"),
                        Stream.of(arguments).map(Object::toString))
                .toArray(String[]::new));
    }

    private static JsonNode json(CommandLineRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasSize(1);
        assertThat(run.exitCode()).isZero();
        return tree(run.out().getFirst());
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The subject of an alert, as its key on the topic has it. */
    private static String subject(JsonNode alert) {
        String who = alert.path("client").isNull()
                ? "cohort:" + alert.path("cohort").asText()
                : alert.path("client").asText();
        return who + "@" + alert.path("endpoint").asText();
    }

    private static Map<String, List<JsonNode>> bySubject(List<String> alerts) {
        Map<String, List<JsonNode>> bySubject = new TreeMap<>();
        alerts.stream()
                .map(BacktestTest::tree)
                .forEach(alert -> bySubject
                        .computeIfAbsent(subject(alert), who -> new ArrayList<>())
                        .add(alert));
        return bySubject;
    }

    /** What the topology sends on the same events. */
    private List<String> streamed(List<byte[]> events, String... settings) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "identity.key",
                KEY,
                "models.dir",
                models.toString(),
                "state.dir",
                folder.resolve("state").toString()));
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            values.put(pair[0], pair[1]);
        }
        MiasmaConfig config = MiasmaConfig.of(values);
        InMemoryMeasures measures = new InMemoryMeasures();
        AttackModels attacks = AttackModels.load(models, false, config.flagRate(), measures);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, new NoMeasures()));
        try (TopologyTestDriver driver = new TopologyTestDriver(
                MonitorTopology.build(
                        config, Knowledge.of(attacks, config.sensors(), measures), measures, InstantSource.system()),
                properties)) {
            var input = driver.createInputTopic("predictions", new ByteArraySerializer(), new ByteArraySerializer());
            events.forEach(input::pipeInput);
            return driver.createOutputTopic("miasma-alerts", new StringDeserializer(), new StringDeserializer())
                    .readValuesToList();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3600000", "100, 1000"})
    void gives_the_alerts_that_the_topology_sends_on_the_same_events(String budget, String cooldown)
            throws IOException {
        String[] settings = {
            "detect.budget.per.million=" + budget, "detect.cooldown.ms=" + cooldown, "identity.pseudonyms=true"
        };
        List<byte[]> events = events(
                15_000,
                "score:members=1:clients=3",
                "boundary",
                "repeat",
                "sybils:clients=2:traffic=0.02",
                "steady:cohorts=2",
                "bursty",
                "duplicate-happy");
        events.add(100, "{\"client\":\"a\"}".getBytes(StandardCharsets.UTF_8));
        Path first = log("first.jsonl", events.subList(0, 7000));
        Path second = log("second.jsonl.gz", events.subList(7000, events.size()));
        Path alerts = folder.resolve("alerts.jsonl");

        List<String> expected = streamed(events, settings);
        JsonNode result = json(backtest(
                first,
                second,
                "--alerts",
                alerts,
                "--json",
                "--set",
                "identity.key=" + KEY,
                "--set",
                settings[0],
                "--set",
                settings[1]));

        List<String> ours = Files.readAllLines(alerts);
        assertThat(ours)
                .allSatisfy(alert -> assertThat(Schemas.errors("alert", alert)).isEmpty());
        assertThat(bySubject(ours)).isEqualTo(bySubject(expected));
        assertThat(bySubject(ours).values().stream()
                        .map(alert -> alert.getFirst().path("sensor").asText()))
                .contains("member-likeness", "neighbourhood", "repeat");
        assertThat(bySubject(ours).keySet()).anyMatch(who -> who.startsWith("cohort:x-sybils"));
        assertThat(result.path("events").asInt()).isEqualTo(15_001);
        assertThat(result.path("queries").asInt()).isEqualTo(15_000);
        assertThat(result.path("rejected").path("missing-endpoint").asInt()).isEqualTo(1);
        assertThat(result.path("configured").path("alerts").asInt()).isEqualTo(ours.size());
    }
}
