// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.FeatureQuantiles;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.Arrival;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.TrainingFilter;
import dev.miasma.score.TrainingFilters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintCommandTest {
    private static final String CSV = """
            age,income,country,label
            39,1e3,SE,1
            50,0.1,DE,0
            38,,"a, b",1
            """;

    @TempDir
    Path folder;

    private Path key = Path.of("");

    @BeforeEach
    void writeKey() throws IOException {
        key = Files.writeString(folder.resolve("miasma.key"), "0123456789abcdef0123456789abcdef");
    }

    private CommandLineRun run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "fingerprint-training-set",
                "--set",
                "identity.key.file=" + key,
                "--set",
                "models.dir=" + folder.resolve("models")));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private String records(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private MiasmaConfig config() {
        return MiasmaConfig.of(Map.of("identity.key.file", key.toString()));
    }

    /** Whether the monitor finds an event with these features in the filter. */
    private boolean hit(String features) {
        MiasmaConfig config = config();
        var decoder = new EventDecoder(config.input(), config.identity(), InstantSource.system());
        String event = "{\"endpoint\":\"fraud\",\"version\":\"7\",\"client\":\"c\",\"posterior\":[1],\"features\":"
                + features + "}";
        var prediction = (Prediction)
                decoder.decode(event.getBytes(StandardCharsets.UTF_8), new Arrival("p-0-0", 1000, null, null));
        TrainingFilters filters = TrainingFilters.load(folder.resolve("models"), config.identity(), new NoMeasures());
        TrainingFilter filter = Objects.requireNonNull(filters.resolve("fraud", "7"));
        return prediction.hasRecordHash() && filter.mightContain(prediction.recordHash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[39,1000,\"SE\"] | true",
                "[39.0, 1000.0, \"SE\"] | true",
                "[50,0.10000000149011612,\"DE\"] | true",
                "[38,null,\"a, b\"] | true",
                "[39,1000,\"SE\",1] | false",
                "[40,1000,\"SE\"] | false",
                "[1000,39,\"SE\"] | false",
                "[\"39\",1000,\"SE\"] | false"
            })
    void an_event_with_the_features_of_a_csv_row_is_found_and_no_other(String features, boolean found)
            throws IOException {
        CommandLineRun run = run(
                "--records", records("t.csv", CSV), "--label-column", "label", "--endpoint", "fraud", "--version", "7");

        assertThat(run.exitCode()).as(run.err().toString()).isZero();
        assertThat(folder.resolve("models/fraud@7.training")).exists();
        assertThat(hit(features)).isEqualTo(found);
    }

    @Test
    void named_features_are_hashed_with_the_names_of_the_header() throws IOException {
        run("--records", records("t.csv", CSV), "--label-column", "-1", "--named");

        assertThat(hit("{\"age\":39,\"income\":1000,\"country\":\"SE\"}")).isTrue();
        assertThat(hit("[39,1000,\"SE\"]")).isFalse();
    }

    @Test
    void a_file_without_a_header_is_all_records() throws IOException {
        run("--records", records("t.csv", "1,2,x\n3,4,y\n"));

        assertThat(hit("[1,2,\"x\"]")).isTrue();
        assertThat(hit("[3,4,\"y\"]")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"features\":[1.5,true,null,\"x\"],\"label\":1}\n\n{\"features\":[2,false,0,\"y\"]}\n",
                "[1.5,true,null,\"x\"]\n[2,false,0,\"y\"]"
            })
    void json_lines_are_hashed_as_events_are(String lines) throws IOException {
        run("--records", records("t.jsonl", lines), "--endpoint", "fraud");

        assertThat(folder.resolve("models/fraud.training")).exists();
        assertThat(hit("[1.50,true,null,\"x\"]")).isTrue();
        assertThat(hit("[2,false,0,\"y\"]")).isTrue();
        assertThat(hit("[2,true,0,\"y\"]")).isFalse();
    }

    @Test
    void json_tells_what_was_written_and_nothing_else() throws IOException {
        Path output = folder.resolve("here/some.training");

        CommandLineRun run = run(
                "--records",
                records("t.csv", CSV + "39,1000,SE,1\n"),
                "--output",
                output.toString(),
                "--false-positive-rate",
                "1e-4",
                "--json");

        assertThat(run.out()).hasSize(1);
        JsonNode json = new JsonMapper().readTree(run.out().getFirst());
        assertThat(json.path("records").asInt()).isEqualTo(4);
        assertThat(json.path("distinct").asInt()).isEqualTo(3);
        assertThat(json.path("falsePositiveRate").asDouble()).isEqualTo(1e-4);
        assertThat(json.path("bytes").asLong()).isEqualTo(Files.size(output));
    }

    @Test
    void quantiles_are_written_for_the_monitor_to_read() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i <= 64; i++) {
            rows.append(i).append(',').append(i % 2 == 0 ? "x" : "y").append('\n');
        }
        Path file = folder.resolve("q.json");

        CommandLineRun run = run("--records", records("t.csv", rows.toString()), "--quantiles", file.toString());

        assertThat(run.exitCode()).as(run.err().toString()).isZero();
        FeatureQuantiles quantiles = FeatureQuantiles.read(file);
        assertThat(quantiles.length()).isEqualTo(2);
        assertThat(quantiles.rank(0, 16)).isEqualTo(0.25);
        assertThat(quantiles.rank(1, 16)).isNaN();
        MiasmaConfig config = MiasmaConfig.of(
                Map.of("features.quantiles.file", file.toString(), "identity.key.file", key.toString()));
        assertThat(Objects.requireNonNull(config.input().features().quantiles()).length())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t.csv | '' | has no records",
                "t.csv | '1,2\n3,4\n5\n' | row 3 has 1 columns: the first has 2",
                "t.jsonl | '[1,2]\n[3]\n' | line 2 has 1 features: the first has 2",
                "t.jsonl | '[1,2]\n\n{\"x\":1}\n' | line 3 is neither an array nor an object with features",
                "t.jsonl | '[1,2' | line 1 is not JSON that can be read",
                "t.jsonl | '7' | line 1 is neither an array",
                "t.jsonl | '[]' | line 1 has no features"
            })
    void refuses_records_that_cannot_be_used(String name, String content, String message) throws IOException {
        CommandLineRun run = run("--records", records(name, content));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasSize(1).first().asString().contains(name).contains(message);
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'a,b\n' | has no records", "'a,a\n1,2\n' | has a name twice in its first row"})
    void refuses_names_that_cannot_be_used(String content, String message) throws IOException {
        CommandLineRun run = run("--records", records("t.csv", content), "--named");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasSize(1).first().asString().contains("t.csv").contains(message);
    }

    @Test
    void refuses_to_go_without_a_key() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "fingerprint-training-set",
                "--set",
                "identity.pseudonyms=false",
                "--records",
                records("t.csv", CSV),
                "--output",
                folder.resolve("f.training").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasSize(1).first().asString().contains("no key").contains("identity.key.file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--false-positive-rate 0.5 | --false-positive-rate is 0.5: must be 1e-12 to 0.1",
                "--version 7 | give --endpoint as well",
                "--format jsonl --label-column x | --label-column is for CSV files only",
                "--format jsonl --named | --named is for CSV files only",
                "--named --quantiles q | leave out --named"
            })
    void refuses_a_command_line_that_makes_no_sense(String options, String message) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--records", records("t.csv", CSV)));
        arguments.addAll(List.of(options.split(" ")));

        CommandLineRun run = run(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().getFirst()).contains(message);
    }

    @Test
    void an_unknown_column_is_named_with_what_may_be_given() throws IOException {
        CommandLineRun run = run("--records", records("t.csv", CSV), "--label-column", "4");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().getFirst()).contains("has no column 4").contains("0 to 3");
    }

    @Test
    void has_a_help() {
        CommandLineRun run = CommandLineRun.of("fingerprint-training-set", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(String.join("\n", run.out())).contains("--false-positive-rate", "--quantiles", "--label-column");
    }
}
