// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.fixtures.AttackFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nulls of the sensors that only flag, as {@code calibrate} measures them. */
class CalibrateSensorsTest {
    private static final int QUERIES = 600;
    private static final int CLIENTS = 4;

    /** With a random one the memory takes other queries for repeats each time. */
    private static final String KEY = "identity.key=a key that only tests know";

    @TempDir
    private Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void a_model() {
        model = AttackFiles.write(folder, "model", 2000);
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "4, 0.25", "10, 0.1"})
    void clients_that_ask_in_near_groups_give_a_neighbourhood_null_near_their_share(int every, double share)
            throws IOException {
        JsonNode json = json(keyed(nearQueries(every, true), "--json"));

        JsonNode near = sensor(json, "neighbourhood");
        assertThat(near.path("key").asText()).isEqualTo("detect.null.neighbourhood");
        assertThat(near.path("clients").asInt()).isEqualTo(CLIENTS);
        assertThat(near.path("guaranteed").asBoolean()).isFalse();
        assertThat(near.path("clientsNeeded").asInt()).isEqualTo(150);
        assertThat(near.path("configured").asDouble()).isEqualTo(0.3);
        assertThat(near.path("seen").asDouble()).isEqualTo(share, within(0.02));
        assertThat(near.path("null").asDouble()).isBetween(share, share + 0.1);
        assertThat(sensor(json, "repeat").path("seen").asDouble()).isLessThan(0.05);
        // The one of a pair that comes later is as often surer as not.
        assertThat(sensor(json, "climb").path("seen").asDouble()).isEqualTo(share / 2, within(0.06));
        assertThat(sensor(json, "training-hit").isMissingNode()).isTrue();
    }

    @Test
    void lonely_queries_are_near_nothing() throws IOException {
        JsonNode json = json(keyed(nearQueries(QUERIES + 1, true), "--json"));

        assertThat(sensor(json, "neighbourhood").path("seen").asDouble()).isZero();
        assertThat(sensor(json, "neighbourhood").path("null").asDouble()).isLessThan(0.02);
        assertThat(json.path("warnings")).isEmpty();
    }

    @Test
    void a_null_above_the_configured_one_is_warned_of_by_name_value_and_bound() throws IOException {
        Path events = nearQueries(2, true);

        String text = text(keyed(events));
        JsonNode json = json(keyed(events, "--json"));

        assertThat(text)
                .containsPattern(
                        "WARNING +detect\\.null\\.neighbourhood is 0\\.3, but clients reach 0\\.(49|5)\\d*, at most 0\\.5\\d+:"
                                + " the alert budget does not hold for such clients as configured");
        assertThat(json.path("warnings").get(0).asText()).startsWith("detect.null.neighbourhood is 0.3, but ");
        assertThat(sensor(json, "neighbourhood").path("aboveConfigured").asBoolean())
                .isTrue();
        assertThat(sensor(json, "repeat").path("aboveConfigured").asBoolean()).isFalse();
    }

    @Test
    void what_it_prints_can_be_configured_and_warns_no_more() throws IOException {
        Path events = nearQueries(2, true);

        Map<String, String> properties = properties(text(keyed(events)));
        Path file = folder.resolve("miasma.properties");
        List<String> lines = new ArrayList<>();
        properties.forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(file, lines);
        CommandLineRun again = keyed(events, "--json", "--config", file.toString());

        assertThat(properties).containsOnlyKeys("detect.null.repeat", "detect.null.neighbourhood", "detect.null.climb");
        assertThat(MiasmaConfig.of(properties).sensors().neighbourhoodNull()).isBetween(0.5, 0.6);
        assertThat(json(again).path("warnings")).isEmpty();
    }

    @Test
    void a_bound_that_is_only_wide_is_told_from_a_rate_that_is_too_high() throws IOException {
        String text = text(keyed(nearQueries(4, true), "--set", "detect.null.neighbourhood=0.27"));

        assertThat(text)
                .containsPattern("WARNING +detect\\.null\\.neighbourhood is 0\\.27, but these clients are only known to"
                        + " stay under 0\\.3\\d+: .*share seen 0\\.2\\d+");
    }

    @Test
    void a_sensor_that_is_off_is_measured_and_not_warned_of() throws IOException {
        JsonNode json = json(keyed(nearQueries(2, true), "--json", "--set", "detect.weight.neighbourhood=0"));

        assertThat(sensor(json, "neighbourhood").path("null").asDouble()).isGreaterThan(0.5);
        assertThat(json.path("warnings").toString()).doesNotContain("neighbourhood");
    }

    @Test
    void answers_with_a_label_alone_count_for_all_but_the_climb() throws IOException {
        List<String> lines = new ArrayList<>(BenignTraffic.events("credit", CLIENTS, 250));
        lines.addAll(Files.readAllLines(nearQueries(2, false)));
        Path events = Files.write(folder.resolve("both.jsonl"), lines);

        CommandLineRun run = keyed(events, "--json");
        String text = text(keyed(events));

        JsonNode json = json(run);
        assertThat(json.path("leftOut").path("labelOnly").asInt()).isEqualTo(CLIENTS * QUERIES);
        assertThat(json.path("queriesUsed").asInt()).isLessThanOrEqualTo(CLIENTS * 250);
        assertThat(sensor(json, "neighbourhood").path("clients").asInt()).isEqualTo(CLIENTS);
        assertThat(sensor(json, "neighbourhood").path("seen").asDouble()).isEqualTo(0.5, within(0.02));
        assertThat(sensor(json, "climb").path("clients").asInt()).isZero();
        assertThat(sensor(json, "climb").path("null").isNull()).isTrue();
        assertThat(text)
                .containsPattern("climb +- +0\\.2 +-  none has 200 queries that it reads")
                .contains("# detect.null.climb was not measured");
    }

    /** The filter's own false positives are no part of what is configured: 8 % of the queries are hits by accident. */
    @Test
    void the_filters_false_positives_are_taken_off() throws IOException {
        String models = "models.dir=" + folder.resolve("models");
        CommandLineRun made = CommandLineRun.of(
                "fingerprint-training-set",
                "--records=" + training(),
                "--false-positive-rate=0.1",
                "--set",
                KEY,
                "--set",
                models);
        assertThat(made.exitCode()).as(String.join("\n", made.err())).isZero();

        JsonNode json = json(keyed(Files.write(folder.resolve("asked.jsonl"), asked()), "--set", models, "--json"));

        assertThat(sensor(json, "training-hit").path("seen").asDouble()).isEqualTo(0.2, within(0.03));
    }

    @Test
    void where_there_is_a_training_filter_hits_are_measured() throws IOException {
        String models = "models.dir=" + folder.resolve("models");
        CommandLineRun made =
                CommandLineRun.of("fingerprint-training-set", "--records=" + training(), "--set", KEY, "--set", models);
        assertThat(made.exitCode()).as(String.join("\n", made.err())).isZero();
        Path events = Files.write(folder.resolve("asked.jsonl"), asked());

        CommandLineRun run = keyed(events, "--set", models, "--json");
        String text = text(keyed(events, "--set", models));
        CommandLineRun keyless = calibrate(events, "--set", models);

        JsonNode hits = sensor(json(run), "training-hit");
        assertThat(hits.path("key").asText()).isEqualTo("detect.null.training.hit");
        assertThat(hits.path("clients").asInt()).isEqualTo(CLIENTS);
        assertThat(hits.path("seen").asDouble()).isEqualTo(0.2, within(0.01));
        assertThat(hits.path("null").asDouble()).isBetween(0.2, 0.3);
        assertThat(text)
                .containsPattern("\\ndetect\\.null\\.training\\.hit=0\\.2\\d+\\n")
                .containsPattern(
                        "WARNING +detect\\.null\\.training\\.hit is 0\\.01, but clients reach 0\\.(19|2)\\d*, at most");
        assertThat(text(keyless)).doesNotContain("training-hit").contains("no training filter is asked");
    }

    private Path training() throws IOException {
        List<String> records = new ArrayList<>();
        for (int record = 0; record < QUERIES; record += 5) {
            records.add("[" + record + ",7]");
        }
        return Files.write(folder.resolve("training.jsonl"), records);
    }

    /** Distinct records, each fifth of which is a training record. */
    private static List<String> asked() {
        Random random = new Random(3);
        List<String> events = new ArrayList<>();
        for (int query = 0; query < QUERIES; query++) {
            for (int client = 0; client < CLIENTS; client++) {
                events.add(event(client, "\"features\":[" + query + ",7]", posterior(random)));
            }
        }
        return events;
    }

    /** Distinct queries of which each {@code every}-th is near the one before it. */
    private Path nearQueries(int every, boolean posterior) throws IOException {
        Random random = new Random(5);
        List<String> events = new ArrayList<>();
        for (int query = 0; query < QUERIES; query++) {
            int base = query % every == every - 1 ? query - 1 : query;
            for (int client = 0; client < CLIENTS; client++) {
                String what = "\"fingerprint\":\"n" + query + "\",\"locality\":" + bands(base, query);
                events.add(event(client, what, posterior ? posterior(random) : "\"label\":1"));
            }
        }
        return Files.write(folder.resolve("near-" + every + posterior + ".jsonl"), events);
    }

    /** Eight, of which near queries share six; of two equal by accident there is none in these. */
    private static String bands(int base, int query) {
        List<String> bands = new ArrayList<>();
        for (int band = 0; band < 8; band++) {
            bands.add("\"" + (band < 6 ? base : query) + "-" + band + "\"");
        }
        return "[" + String.join(",", bands) + "]";
    }

    private static String posterior(Random random) {
        double p = 0.5 + random.nextDouble() / 2;
        return String.format(Locale.ROOT, "\"posterior\":[%.9f,%.9f]", p, 1 - p);
    }

    private static String event(int client, String query, String answer) {
        return "{\"endpoint\":\"credit\",\"client\":\"client-" + client + "\",\"time\":1735689600000," + query + ","
                + answer + "}";
    }

    private CommandLineRun keyed(Path events, String... more) {
        List<String> all = new ArrayList<>(List.of("--set", KEY));
        all.addAll(List.of(more));
        return calibrate(events, all.toArray(String[]::new));
    }

    private CommandLineRun calibrate(Path events, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "calibrate", "--model=" + model, "--output=" + folder.resolve("traffic.json"), events.toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private static String text(CommandLineRun run) {
        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        return String.join("\n", run.out());
    }

    private static JsonNode json(CommandLineRun run) throws IOException {
        return new JsonMapper().readTree(text(run));
    }

    private static JsonNode sensor(JsonNode json, String name) {
        for (JsonNode sensor : json.path("sensors")) {
            if (sensor.path("sensor").asText().equals(name)) {
                return sensor;
            }
        }
        return json.path("no such sensor");
    }

    /** The lines between the mark and the next empty one, read as the monitor reads its file. */
    private static Map<String, String> properties(String text) throws IOException {
        int from = text.indexOf("# for miasma.properties");
        Properties read = new Properties();
        read.load(new StringReader(text.substring(from, text.indexOf("\n\n", from))));
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
        return properties;
    }
}
