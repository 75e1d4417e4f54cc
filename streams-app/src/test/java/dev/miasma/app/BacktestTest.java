// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Arrays;
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
import org.junit.jupiter.api.Test;
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

    @Test
    void takes_the_rows_of_a_batch_event_for_events_of_their_own() throws IOException {
        List<String> singles = new ArrayList<>();
        for (byte[] event : events(600, "score:members=1:clients=1")) {
            long second = START + singles.size() / 100 * 1000L;
            singles.add(Batches.at(second, new String(event, StandardCharsets.UTF_8)));
        }
        singles.set(50, singles.get(50).replace("posterior", "note"));
        List<String> batches = Batches.of(singles, 100);
        Path alerts = folder.resolve("alerts.jsonl");
        Path ofBatches = folder.resolve("of-batches.jsonl");
        String key = "identity.key=" + KEY;

        ObjectNode single = (ObjectNode) json(backtest(
                Files.write(folder.resolve("singles.jsonl"), singles), "--alerts", alerts, "--json", "--set", key));
        ObjectNode batch = (ObjectNode) json(backtest(
                Files.write(folder.resolve("batches.jsonl"), batches), "--alerts", ofBatches, "--json", "--set", key));

        assertThat(batches).hasSize(6);
        assertThat(batch.remove("events").asInt()).isEqualTo(6);
        assertThat(single.remove("events").asInt()).isEqualTo(600);
        assertThat(batch).isEqualTo(single);
        assertThat(batch.path("rejected").path("missing-answer").asInt()).isEqualTo(1);
        assertThat(Files.readAllLines(ofBatches)).isNotEmpty().isEqualTo(Files.readAllLines(alerts));
    }

    @Test
    void lays_the_alerts_beside_what_the_clients_were() throws IOException {
        Path log = folder.resolve("drill.jsonl");
        Path truth = folder.resolve("truth.jsonl");
        CommandLineRun drill = CommandLineRun.of(
                "simulate",
                "--attack=score:members=1:clients=3:traffic=0.2,sybils:members=1:traffic=0.02,repeat",
                "--benign=steady:cohorts=2",
                "--clients=30",
                "--queries=10000",
                "--endpoint=" + TrainedTarget.ENDPOINT,
                "--output=" + log,
                "--truth=" + truth);
        assertThat(drill.exitCode()).isZero();

        JsonNode result = json(backtest(log, "--truth", truth, "--json", "--set", "identity.key=" + KEY));
        CommandLineRun table = backtest(log, "--truth", truth);

        ObjectNode kinds = JSON.createObjectNode();
        result.path("truth")
                .path("kinds")
                .forEach(kind -> kinds.set(kind.path("kind").asText(), kind));
        assertThat(kinds.path("score").path("found").asInt()).isEqualTo(3);
        assertThat(kinds.path("repeat").path("found").asInt()).isEqualTo(1);
        assertThat(kinds.path("sybils").path("clients").asInt()).isEqualTo(50);
        assertThat(kinds.path("sybils").path("found").asInt()).isZero();
        assertThat(kinds.path("sybils").path("foundByCohort").asInt()).isEqualTo(50);
        assertThat(kinds.path("steady").path("attack").asBoolean()).isFalse();
        assertThat(result.path("truth").path("falseAlarms").asInt()).isZero();
        assertThat(result.path("truth").path("queriesOfStrangers").asInt()).isZero();
        assertThat(kinds.valueStream()
                        .mapToLong(kind -> kind.path("queries").asLong())
                        .sum())
                .isEqualTo(10_000);
        assertThat(table.out())
                .anyMatch(line -> line.matches("score +3 +[0-9,]+ +3 +0 +-"))
                .anyMatch(line -> line.startsWith("queries until the first alert, over 4 clients"));
    }

    @Test
    void a_larger_budget_never_finds_fewer_and_a_benign_log_keeps_to_its_bound() throws IOException {
        Path mixed = log("mixed.jsonl", events(8000, "score:members=1:clients=2", "steady"));
        Path benign = log("benign.jsonl", events(8000, "steady", "drifting"));

        JsonNode at = json(backtest(mixed, "--json", "--budgets", "0.1,1000"));
        JsonNode held = json(backtest(benign, "--json", "--benign"));

        assertThat(at.path("budgets"))
                .extracting(one -> one.path("perMillion").asDouble())
                .containsExactly(0.1, 1.0, 1000.0);
        assertThat(at.path("budgets"))
                .extracting(one -> one.path("clients").asLong())
                .isSorted();
        assertThat(at.path("budgets").path(1)).isEqualTo(at.path("configured"));
        assertThat(held.path("benign").path("expectedAtMost").asDouble()).isEqualTo(8000 / 1e6);
        assertThat(held.path("benign").path("alarms").asLong()).isZero();
    }

    @Test
    void says_what_is_wrong_with_a_file() throws IOException {
        Path log = log("log.jsonl.gz", events(2000, "steady"));
        byte[] whole = Files.readAllBytes(log);
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
        Path truth = Files.writeString(folder.resolve("truth.jsonl"), "\n{\"client\":\"a\"}\n");

        assertThat(backtest(folder.resolve("none.jsonl")).err())
                .singleElement()
                .asString()
                .contains("none.jsonl");
        assertThat(backtest(cut).err()).singleElement().asString().contains(cut + " cannot be read on after line ");
        assertThat(backtest(log, "--truth", truth).err())
                .singleElement()
                .asString()
                .contains("truth.jsonl, line 2 must have");
        assertThat(backtest(folder.resolve("none.jsonl")).exitCode()).isEqualTo(1);
        assertThat(backtest(log, "--budgets", "0").exitCode()).isEqualTo(2);
        assertThat(backtest(log, "--benign", "--truth", truth).exitCode()).isEqualTo(2);
        assertThat(backtest(folder).exitCode()).isEqualTo(2);
    }

    @Test
    void a_line_too_long_is_rejected_and_the_next_one_read() throws IOException {
        byte[] good = events(1, "steady").getFirst();
        byte[] endless = "x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8);
        Path log = log("log.jsonl", List.of(endless, new byte[0], " ".getBytes(StandardCharsets.UTF_8), good));

        JsonNode result = json(backtest(log, "--json"));

        assertThat(result.path("events").asInt()).isEqualTo(2);
        assertThat(result.path("rejected").path("too-large").asInt()).isEqualTo(1);
        assertThat(result.path("queries").asInt()).isEqualTo(1);
    }
}
