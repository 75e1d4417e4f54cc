// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.IdentitySettings;
import dev.miasma.decode.Secrets;
import dev.miasma.fixtures.Schemas;
import dev.miasma.simulate.ClientKind;
import dev.miasma.simulate.ClientKinds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulateCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(
                Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(SimulateCommandTest::json).toList();
    }

    @Test
    void lists_every_kind_with_its_parameters() {
        CommandLineRun text = run("--list");
        CommandLineRun json = run("--list", "--json");

        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .containsAll(ClientKinds.list().stream().map(ClientKind::name).toList());
        assertThat(text.out()).anyMatch(line -> line.matches(" +k-max=128 +features drawn again .*"));
        assertThat(json.out()).hasSize(1);
        assertThat(json(json.out().getFirst()))
                .hasSize(ClientKinds.list().size())
                .allSatisfy(kind -> assertThat(kind.path("parameters")).isNotEmpty());
    }

    static List<ClientKind> the_page_about_it_has_every_kind_as_it_is() {
        return ClientKinds.list();
    }

    @ParameterizedTest
    @MethodSource
    void the_page_about_it_has_every_kind_as_it_is(ClientKind kind) throws IOException {
        String page = Files.readString(Path.of("..", "src", "docs", "simulate.md"));
        String parameters = kind.ownParameters().isEmpty()
                ? "-"
                : kind.ownParameters().stream()
                        .map(parameter -> "`" + parameter.name() + "=" + parameter.standardText() + "`")
                        .collect(Collectors.joining(" "));

        assertThat(page)
                .contains(
                        kind.attack()
                                ? "| `" + kind.name() + "` | " + kind.description() + " | " + kind.queriesPerTarget()
                                        + " | " + parameters + " |"
                                : "| `" + kind.name() + "` | " + kind.description() + " | " + parameters + " |");
    }

    @Test
    void writes_events_truth_and_the_attack_model_to_files_the_same_for_the_same_seed() throws IOException {
        Path events = folder.resolve("events.jsonl");
        Path again = folder.resolve("again.jsonl");
        Path truth = folder.resolve("truth.jsonl");
        Path models = folder.resolve("models");
        String[] mix = {"--attack", "score:members=1:clients=2,noise", "--attack", "sybils", "--benign", "steady,batch"
        };

        CommandLineRun run = run(Stream.concat(
                        Stream.of(mix),
                        Stream.of(
                                "--queries",
                                "3000",
                                "--output",
                                events.toString(),
                                "--truth",
                                truth.toString(),
                                "--save-model",
                                models.toString(),
                                "--endpoint",
                                "fire/drill",
                                "--json"))
                .toArray(String[]::new));
        CommandLineRun second = run(Stream.concat(
                        Stream.of(mix),
                        Stream.of("--queries", "3000", "--output", again.toString(), "--endpoint", "fire/drill"))
                .toArray(String[]::new));

        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        assertThat(second.exitCode()).isZero();
        assertThat(events).hasSameBinaryContentAs(again);
        assertThat(run.out()).hasSize(1);
        JsonNode result = json(run.out().getFirst());
        assertThat(result.path("queries").asLong()).isEqualTo(3000);
        assertThat(result.path("kinds"))
                .extracting(kind -> kind.path("kind").asText())
                .containsExactly("score", "noise", "sybils", "steady", "batch");
        List<JsonNode> written = lines(events);
        assertThat(written).hasSize(3000).allSatisfy(event -> {
            assertThat(event.path("client").asText()).startsWith("drill-");
            assertThat(event.path("endpoint").asText()).isEqualTo("fire/drill");
            assertThat(event.path("features")).isNotEmpty();
            assertThat(event.has("label"))
                    .isEqualTo(event.path("client").asText().startsWith("drill-noise-"));
        });
        assertThat(Schemas.errors("prediction-event", written.getFirst().toString()))
                .isEmpty();
        assertThat(models).isDirectoryContaining(file -> file.endsWith("fire_drill.json"));
        assertThat(lines(truth).stream()
                        .mapToLong(line -> line.path("queries").asLong())
                        .sum())
                .isEqualTo(3000);
        assertThat(lines(truth)).allSatisfy(line -> {
            long events1 = written.stream()
                    .filter(event -> event.path("client").equals(line.path("client")))
                    .count();
            assertThat(line.path("queries").asLong()).isEqualTo(events1);
            assertThat(line.path("attack").asBoolean())
                    .isEqualTo(!List.of("steady", "batch")
                            .contains(line.path("kind").asText()));
            assertThat(line.has("pseudonym")).isFalse();
        });
    }

    @Test
    void to_standard_output_go_events_and_nothing_else() {
        CommandLineRun run = run(
                "--output",
                "-",
                "--seconds",
                "2",
                "--rate",
                "100",
                "--attack",
                "none",
                "--without-features",
                "--start",
                "2026-03-01T12:00:00Z",
                "--prefix",
                "test-",
                "--version-name",
                "9");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).hasSizeBetween(120, 280).allSatisfy(line -> {
            JsonNode event = json(line);
            assertThat(event.path("time").asLong()).isBetween(1_772_366_400_000L, 1_772_366_402_000L);
            assertThat(event.path("client").asText()).startsWith("test-steady-");
            assertThat(event.path("version").asText()).isEqualTo("9");
            assertThat(event.has("features")).isFalse();
        });
        assertThat(String.join("\n", run.err())).contains("events of endpoint drill went to standard output");
    }

    @Test
    void the_truth_has_the_pseudonyms_that_alerts_have_where_the_key_is_given() throws IOException {
        Path truth = folder.resolve("truth.jsonl");
        Path key = Files.writeString(folder.resolve("miasma.key"), "0123456789abcdef0123456789abcdef\n");

        CommandLineRun run = run(
                "--output",
                folder.resolve("events").toString(),
                "--queries",
                "200",
                "--truth",
                truth.toString(),
                "--set",
                "identity.key.file=" + key);

        assertThat(run.exitCode()).isZero();
        Secrets secrets = new Secrets(
                new IdentitySettings("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8), true));
        assertThat(lines(truth))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("pseudonym").asText())
                        .hasSize(24)
                        .isEqualTo(secrets.nameOf(line.path("client").asText())));
    }

    @Test
    void another_seed_asks_the_same_target_other_things() throws IOException {
        Path models = folder.resolve("models");
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");

        run("--output", one.toString(), "--queries", "300", "--save-model", models.toString());
        byte[] model = Files.readAllBytes(models.resolve("drill.json"));
        run("--output", two.toString(), "--queries", "300", "--save-model", models.toString(), "--seed", "2");

        assertThat(models.resolve("drill.json")).hasBinaryContent(model);
        assertThat(new TreeSet<>(features(one))).isNotEqualTo(new TreeSet<>(features(two)));
    }

    private static List<String> features(Path events) throws IOException {
        return lines(events).stream()
                .map(event -> event.path("features").toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--attack nosuch|'nosuch' is no kind of client: must be one of score, ml-leaks",
                "--attack score:members=2|score: members is 2: must be 0 to 1",
                "--attack steady|--attack is steady, which is benign: must be one of score, ml-leaks",
                "--benign noise|--benign is noise, which is an attack: must be one of steady, bursty",
                "--attack none --benign none|no kinds of clients: at least 1 is needed",
                "--seconds -1|--seconds is -1: must be at least 1",
                "--rate 0|--rate is 0.0: must be above 0 to 1000000",
                "--clients 0|--clients is 0: must be 1 to 100000",
                "--prefix=|--prefix is empty",
                "--start yesterday|--start is yesterday: must be a time as 2026-01-01T00:00:00Z",
                "--dataset location|--dataset location wants --data-dir DIR",
                "--json --output -|--json and --output - both want standard output",
                "--kafka acks|--kafka is acks: must be KEY=VALUE",
            })
    void a_wrong_command_line_is_2_and_says_what_is_needed(String arguments, String message) {
        CommandLineRun run = run(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().getFirst()).startsWith(message);
    }

    @Test
    void says_in_one_line_that_no_broker_answers() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        CommandLineRun run = run(
                "--bootstrap-servers",
                "127.0.0.1:" + closed,
                "--kafka",
                "request.timeout.ms=500",
                "--kafka",
                "default.api.timeout.ms=1000");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .containsExactly("miasma: no Kafka broker answers at 127.0.0.1:" + closed
                        + ": start it, or set bootstrap.servers");
    }

    @Test
    void says_in_one_line_that_a_file_cannot_be_written() {
        CommandLineRun run = run("--output", folder.resolve("none/events").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).containsExactly("miasma: no such file or folder: " + folder.resolve("none/events"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
    void writes_what_it_knows_when_told_to_stop() throws Exception {
        Path events = folder.resolve("events.jsonl");
        Path truth = folder.resolve("truth.jsonl");
        try (ChildJvm drill = ChildJvm.start(
                folder,
                "simulate",
                "--output",
                events.toString(),
                "--truth",
                truth.toString(),
                "--seconds",
                "100000",
                "--without-features")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .failFast(drill::assertAlive)
                    .until(() -> Files.exists(events) && Files.size(events) > 100_000);

            drill.stop();

            assertThat(drill.err()).doesNotContain("Exception");
            assertThat(lines(truth).stream()
                            .mapToLong(line -> line.path("queries").asLong())
                            .sum())
                    .isEqualTo(lines(events).size());
        }
    }
}
