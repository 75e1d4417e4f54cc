// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.ModelFile;
import dev.miasma.attack.NullSource;
import dev.miasma.fixtures.AttackFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Path model = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void a_model_whose_non_members_are_less_sure_than_the_traffic() {
        model = AttackFiles.write(folder, "model", 2000);
        output = folder.resolve("new/traffic.json");
    }

    @Test
    void learns_the_null_from_clients_and_says_what_it_promises() throws IOException {
        Path events = file("events.jsonl", BenignTraffic.events("credit", 40, 250));

        CommandLineRun run = calibrate(events.toString(), "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        JsonNode json = json(run);
        assertThat(json.path("clientsUsed").asInt()).isEqualTo(40);
        // The memory of first sights takes a few new queries for repeats.
        assertThat(json.path("queriesUsed").asInt()).isBetween(9_700, 10_000);
        assertThat(json.path("budgetGuaranteedBefore").asBoolean()).isTrue();
        assertThat(json.path("budgetGuaranteed").asBoolean()).isFalse();
        assertThat(json.path("clientsNeeded").asInt()).isEqualTo(562);
        Calibration calibration = ModelFile.read(output).calibration();
        assertThat(calibration.source()).isEqualTo(NullSource.BENIGN_TRAFFIC);
        assertThat(calibration.traffic().orElseThrow().clients()).isEqualTo(40);
        JsonNode last = json.path("cuts").get(8);
        assertThat(last.path("nominalRate").asDouble()).isEqualTo(0.1);
        // The larger of two draws is above 0.8 of the way with a chance of 0.36, where non-members are with 0.1.
        assertThat(last.path("share").asDouble()).isEqualTo(0.36, within(0.03));
        assertThat(last.path("oldBound").asDouble()).isLessThan(0.15);
        assertThat(last.path("newBound").asDouble()).isBetween(0.45, 0.7);
        assertThat(Files.readString(output)).contains("made for a test; benign null from traffic of 40 clients");
    }

    @Test
    void enough_clients_guarantee_the_budget() throws IOException {
        Path few = AttackFiles.write(folder, "few", 500);
        Path events = file("events.jsonl", BenignTraffic.events("credit", 310, 40));

        CommandLineRun run = CommandLineRun.of(
                "calibrate",
                "--model=" + few,
                "--output=" + output,
                "--min-queries=30",
                "--client-quantile=0.9",
                events.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(String.join("\n", run.out()))
                .containsPattern("alert budget +guaranteed for all but [0-9.]+ % of clients like these, with confidence"
                        + " 99.9 %; that they are benign is your claim")
                .contains("310 seen, 310 used; 0 have fewer than 30 distinct queries");
        assertThat(ModelFile.read(output).calibration().budgetGuaranteed()).isTrue();
    }

    @Test
    void says_in_words_what_was_left_out_and_why() throws IOException {
        List<String> lines = new ArrayList<>(BenignTraffic.events("credit", 3, 220));
        lines.addAll(BenignTraffic.events("credit", 3, 100));
        lines.addAll(BenignTraffic.events("fraud", 2, 50));
        lines.add(BenignTraffic.event("credit", "rare", "x", 0.7));
        lines.add("{\"endpoint\":\"credit\",\"client\":\"labels\",\"label\":1}");
        lines.add("{\"endpoint\":\"credit\",\"posterior\":[1,0]}");
        lines.add("no json");
        lines.add("");
        Path events = file("events.jsonl", lines);

        CommandLineRun run = calibrate(events.toString(), "--endpoint", "credit");

        assertThat(run.exitCode()).isZero();
        assertThat(String.join("\n", run.out()))
                .contains("1,064 read, 1,062 of them valid predictions; rejected: missing-client=1, not-json=1")
                .contains("4 seen, 3 used; 1 have fewer than 200 distinct queries")
                .contains("1 of clients with too few")
                .contains("1 labels only, 100 of other endpoints or versions")
                .contains(
                        "NOT guaranteed: for a share of 95 % of clients, 562 clients are needed. Each bound is the largest of any client, of too"
                                + " few to say anything of others")
                .containsPattern("repeat +0\\.4\\d+ +0\\.6 +0\\.3\\d+  3 \\(too few: 150 are needed\\)")
                .containsPattern("\ndetect\\.null\\.repeat=0\\.4\\d+\n")
                .contains("no identity key is configured")
                .containsPattern("10.0 % +0.900250 +0.3\\d{3} +0.1276 +0.[45]\\d{3}\n");
    }

    @Test
    void a_configured_key_gives_the_same_file_each_time_and_plots_the_clients() throws IOException {
        Path events = file("events.jsonl", BenignTraffic.events("credit", 5, 230));
        Path plot = folder.resolve("plots/rates.svg");
        String[] more = {
            events.toString(), "--set", "identity.key=a key that only tests know", "--plot", plot.toString()
        };

        CommandLineRun first = calibrate(more);
        String written = Files.readString(output);
        CommandLineRun second = calibrate(more);

        assertThat(first.exitCode()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(output).hasContent(written);
        assertThat(String.join("\n", first.out())).doesNotContain("no identity key");
        assertThat(Files.readString(plot)).startsWith("<svg").contains("bound before", "each of 5 clients");
    }

    @Test
    void rows_of_batch_events_count_as_events_of_their_own() throws IOException {
        List<String> events = BenignTraffic.events("credit", 3, 220).stream()
                .sorted(Comparator.comparing(event -> event.replaceFirst(".*\"client\":\"([^\"]*)\".*", "$1")))
                .map(event -> Batches.at(1_700_000_000_000L, event))
                .toList();
        List<String> batches = new ArrayList<>(Batches.of(events, 200));
        batches.add("{\"endpoint\":\"credit\",\"client\":\"x\",\"rows\":[{},{\"label\":1}]}");

        // With the same key, since what a client has asked before is kept by keyed hashes.
        String key = "identity.key=a key that only tests know";

        CommandLineRun single = calibrate(file("singles.jsonl", events).toString(), "--json", "--set", key);
        CommandLineRun batch = calibrate(file("batches.jsonl", batches).toString(), "--json", "--set", key);
        CommandLineRun told = calibrate(file("batches.jsonl", batches).toString());

        assertThat(json(batch).path("cuts")).isNotEmpty().isEqualTo(json(single).path("cuts"));
        assertThat(json(batch).path("clientsUsed").asInt()).isEqualTo(3);
        assertThat(json(batch).path("events").asInt()).isEqualTo(7);
        assertThat(String.join("\n", told.out()))
                .contains("7 read, with 662 queries, 661 of them valid predictions; rejected: missing-answer=1");
    }

    @Test
    void reads_compressed_files_and_standard_input_and_stops_where_told() throws IOException {
        List<String> events = BenignTraffic.events("credit", 4, 300);
        Path zipped = folder.resolve("events.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(String.join("\n", events.subList(0, 600)).getBytes(StandardCharsets.UTF_8));
        }
        InputStream usual = System.in;
        CommandLineRun run;
        try {
            System.setIn(new ByteArrayInputStream(
                    String.join("\n", events.subList(600, 1200)).getBytes(StandardCharsets.UTF_8)));
            run = calibrate(zipped.toString(), "-", "--json", "--max-events", "1100");
        } finally {
            System.setIn(usual);
        }

        assertThat(run.exitCode()).isZero();
        assertThat(json(run).path("events").asInt()).isEqualTo(1100);
        assertThat(json(run).path("clientsUsed").asInt()).isEqualTo(4);
    }

    @Test
    void calibrates_again_on_what_it_has_written() throws IOException {
        Path events = file("events.jsonl", BenignTraffic.events("credit", 5, 230));
        calibrate(events.toString());

        CommandLineRun run =
                CommandLineRun.of("calibrate", "--model=" + output, "--output=" + output, events.toString(), "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(json(run).path("budgetGuaranteedBefore").asBoolean()).isFalse();
        assertThat(Files.readString(output).split("benign null from traffic", -1))
                .hasSize(2);
    }

    @Test
    void fails_in_one_sentence_where_nothing_usable_was_read() throws IOException {
        Path empty = file("empty.jsonl", List.of());
        Path nonsense = file("nonsense.jsonl", List.of("{}", "[]"));
        Path short1 = file("short.jsonl", BenignTraffic.events("credit", 3, 50));

        assertFails(calibrate(empty.toString()), "miasma: no event was read");
        assertFails(
                calibrate(nonsense.toString()),
                "miasma: none of the 2 events is a prediction; rejected: {missing-endpoint=1, not-json=1}");
        assertFails(
                calibrate(short1.toString()),
                "miasma: nothing to calibrate on: no client has 200 distinct queries; the busiest of 3 has ");
        assertFails(
                calibrate(short1.toString(), "--endpoint=other"),
                "miasma: nothing to calibrate on: no client has 200 distinct queries; the busiest of 0 has 0 (150"
                        + " predictions read, 0 clients)");
        assertFails(calibrate(folder.resolve("none.jsonl").toString()), "miasma: no such file or folder: ");
        assertFails(
                CommandLineRun.of("calibrate", "--model=" + empty, "--output=" + output, short1.toString()),
                "miasma: broken attack model: ");
        assertThat(output).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | either FILEs or --topic needed",
                "f.jsonl --topic=t                      | either FILEs or --topic needed",
                "f.jsonl --from-beginning               | --from-beginning, --since and --until go with --topic",
                "--topic=t --from-beginning --since=1   | either --from-beginning or --since, not both",
                "--topic=t --since=2 --until=1          | --since has to be before --until",
                "--topic=t --since=yesterday            | 'yesterday' is no time: RFC 3339",
                "f.jsonl --max-events=0                 | --max-events is 0: must be at least 1",
                "f.jsonl --min-queries=5                | fewest queries of a client is 5: must be at least 20",
                "f.jsonl --client-quantile=0.5          | client quantile is 0.5: must be 0.9 to below 1",
                "f.jsonl --delta=1                      | delta is 1.0: must be above 0 and below 1"
            })
    void a_wrong_command_line_is_2(String arguments, String message) {
        CommandLineRun run = calibrate(arguments.isEmpty() ? new String[0] : arguments.split(" +"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(String.join("\n", run.err())).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private static void assertFails(CommandLineRun run, String message) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).singleElement().asString().startsWith(message);
    }

    private CommandLineRun calibrate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("calibrate", "--model=" + model, "--output=" + output));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    private static JsonNode json(CommandLineRun run) throws IOException {
        return new JsonMapper().readTree(String.join("\n", run.out()));
    }
}
