// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.SecureKafka;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.NoMeasures;
import dev.miasma.topology.AccessList;
import dev.miasma.topology.AccessList.Right;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The monitor on a broker that wants TLS, SCRAM-SHA-512 and an ACL for everything: it runs with the rights of
 * {@link AccessList}, and without any one of them it says which is missing.
 */
class SecureIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PASSWORD = "the-monitors-own-password";

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static SecureKafka kafka;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() throws Exception {
        kafka = SecureKafka.start();
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
    }

    /** Settings of a monitor that is a user of its own, with names for its outputs that its internal prefix covers not. */
    private Settings settings(String name) throws Exception {
        Settings settings = new Settings(
                        kafka.bootstrapServers(),
                        name,
                        "in." + name,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.ALERTS_TOPIC, "out." + name + ".alerts")
                .with(ConfigKey.RISK_TOPIC, "out." + name + ".risk")
                .with(ConfigKey.DEAD_LETTER_TOPIC, "out." + name + ".dead")
                .with(ConfigKey.EXEMPTIONS_TOPIC, "out." + name + ".exemptions");
        kafka.clientSettings(name, PASSWORD).forEach((key, value) -> settings.with("kafka." + key, value));
        return settings;
    }

    private static void allow(String user, List<Right> rights) throws Exception {
        kafka.createUser(user, PASSWORD);
        kafka.allow(rights.stream().map(right -> right.binding("User:" + user)).toList());
    }

    @Test
    void alerts_arrive_over_TLS_and_SCRAM_with_no_rights_but_those_listed() throws Exception {
        Settings settings = settings("least")
                .with(ConfigKey.INPUT_MAX_BYTES, Integer.toString(MalformedEvents.MAX_BYTES))
                .with(ConfigKey.POSTERIOR_MAX_CLASSES, Integer.toString(MalformedEvents.MAX_CLASSES));
        kafka.createTopic("in.least", 2);
        allow("least", AccessList.of(settings.config()));
        InMemoryMeasures measures = new InMemoryMeasures();

        try (CapturedLog log = new CapturedLog();
                Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            new MixedInput(20250101).publish(kafka.ownBootstrapServers(), "in.least", 2, 5_000, 50, 0, 0);

            await().atMost(PATIENCE).until(() -> measures.alertsSentCount() > 0 && measures.detectedCount() >= 5_000);
            await().atMost(PATIENCE)
                    .until(() -> !Committed.json(kafka.ownBootstrapServers(), "out.least.alerts")
                            .isEmpty());
            assertThat(Committed.json(kafka.ownBootstrapServers(), "out.least.dead"))
                    .hasSize(50);
            assertThat(log.text()).doesNotContain(PASSWORD).doesNotContain("not authorized", "AuthorizationException");
        }
    }

    /** Every right of the list: the message has to name it, whether at the start or when it is first needed. */
    @Test
    void without_any_one_right_it_does_not_run_and_says_which() throws Exception {
        int rights = AccessList.of(settings("count").config()).size();
        assertThat(rights).isEqualTo(15);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < rights; i++) {
            String name = "lacking" + i;
            Settings settings = settings(name)
                    .with("kafka.request.timeout.ms", "5000")
                    .with("kafka.default.api.timeout.ms", "10000");
            List<Right> some = new ArrayList<>(AccessList.of(settings.config()));
            Right lacking = some.remove(i);
            kafka.createTopic("in." + name, 1);
            // Of what does not exist yet Kafka tells no rights; at a second start it exists.
            kafka.createTopic(name + "-scored-by-client-repartition", 1);
            if (lacking.operation() != AclOperation.CREATE) {
                for (String topic : List.of("alerts", "risk", "dead", "exemptions")) {
                    kafka.createTopic("out." + name + "." + topic, 1);
                }
            }
            allow(name, some);

            String said = refusal(settings);

            if (!said.contains(lacking.name()) || !said.contains("miasma config --acls")) {
                wrong.add(lacking + ": " + said);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String refusal(Settings settings) throws InterruptedException {
        try (Monitor monitor = Monitor.start(settings.config(), new NoMeasures())) {
            return "it runs: " + monitor.awaitRunning(Duration.ofSeconds(20));
        } catch (StartupException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"WRITE,TOPIC", "READ,TOPIC"})
    void a_right_that_is_taken_away_while_it_runs_stops_it_with_one_line(AclOperation operation, ResourceType type)
            throws Exception {
        String name = "stopped-" + operation.name().toLowerCase(java.util.Locale.ROOT);
        Settings settings = settings(name);
        kafka.createTopic("in." + name, 1);
        List<Right> all = AccessList.of(settings.config());
        // Internal topics are there only once it runs.
        allow(
                name,
                all.stream()
                        .filter(right -> !(right.prefixed() && right.type() == type && right.operation() == operation))
                        .toList());

        try (CapturedLog log = new CapturedLog();
                Monitor monitor = Monitor.start(settings.config(), new NoMeasures())) {
            new MixedInput(1).publish(kafka.ownBootstrapServers(), "in." + name, 1, 500, 0, 0, 0);
            await().atMost(PATIENCE)
                    .until(() -> !monitor.isRunning() && log.text().contains("this instance stops"));

            assertThat(log.text()).contains("Kafka refuses this user: ", "miasma config --acls", name + "-");
        }
    }

    @Test
    void a_wrong_password_is_said_in_one_line_that_does_not_show_it() throws Exception {
        kafka.createUser("guesser", PASSWORD);
        Settings settings = settings("guesser");
        kafka.clientSettings("guesser", "a-wrong-guess").forEach((key, value) -> settings.with("kafka." + key, value));

        CommandLineRun run = CommandLineRun.of(settings.runArguments());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("miasma: Kafka does not accept this user: ")
                        .contains("invalid credentials", "SCRAM-SHA-512"));
        assertThat(String.join("\n", run.err())).doesNotContain("a-wrong-guess");
    }

    @Test
    void a_broker_whose_certificate_nobody_vouches_for_is_said_in_one_line() throws Exception {
        kafka.createUser("wary", PASSWORD);
        Settings settings = settings("wary")
                .with(
                        "kafka.ssl.truststore.location",
                        kafka.otherCertificate(folder).toString());

        CommandLineRun run = CommandLineRun.of(settings.runArguments());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("miasma: the TLS handshake with Kafka failed: ")
                        .contains("kafka.ssl.truststore.location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void the_commands_printed_are_those_rights_and_no_other(String create) {
        CommandLineRun run = CommandLineRun.of(
                "config",
                "--acls",
                "--principal",
                "User:eve",
                "--set",
                "topics.create=" + create,
                "--set",
                "application.id=watch");

        Map<String, String> values = Map.of("topics.create", create, "application.id", "watch");
        var config = dev.miasma.config.MiasmaConfig.of(values);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .hasSameSizeAs(AccessList.of(config))
                .allSatisfy(line -> assertThat(line)
                        .startsWith(
                                "kafka-acls --bootstrap-server localhost:9092 --command-config admin.properties --add"
                                        + " --allow-principal 'User:eve' --operation "));
        assertThat(run.out().stream().anyMatch(line -> line.contains("--operation create --topic 'miasma-alerts'")))
                .isEqualTo(Boolean.parseBoolean(create));
        assertThat(run.out())
                .anyMatch(line -> line.endsWith(
                        "--operation write --transactional-id 'watch-' --resource-pattern-type prefixed"));
    }
}
