// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.NoMeasures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong at the start is said in one line, and the exit code is 1. */
class StartupIT {
    private static final String INPUT = "predictions";

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void input_is_there() {
        KAFKA.createTopic(INPUT, 2);
    }

    @Test
    void names_brokers_that_do_not_answer() throws IOException {
        String closed = "127.0.0.1:" + closedPort();
        Settings settings = settings("unreachable").with(ConfigKey.BOOTSTRAP_SERVERS, closed);

        assertRefused(quick(settings), "no Kafka broker answers at " + closed, ConfigKey.BOOTSTRAP_SERVERS);
    }

    @Test
    void says_nothing_else_about_brokers_that_do_not_answer() throws Exception {
        String closed = "127.0.0.1:" + closedPort();
        Settings settings = settings("unreachable")
                .with(ConfigKey.BOOTSTRAP_SERVERS, closed)
                .with(ConfigKey.MODELS_UNIVERSAL, "false");

        try (ChildJvm process = ChildJvm.start(folder, quick(settings).runArguments())) {
            assertThat(process.await()).isEqualTo(1);
            assertThat(process.out()).isEmpty();
            assertThat(process.err().lines())
                    .filteredOn(line -> !line.contains(" INFO "))
                    .singleElement()
                    .asString()
                    .startsWith("miasma: no Kafka broker answers at " + closed);
        }
    }

    @Test
    void warns_once_that_the_universal_model_scores_what_has_no_model() throws Exception {
        Settings settings = settings("warned").with(ConfigKey.BOOTSTRAP_SERVERS, "127.0.0.1:" + closedPort());

        try (ChildJvm process = ChildJvm.start(folder, quick(settings).runArguments())) {
            assertThat(process.await()).isEqualTo(1);
            assertThat(process.err().lines())
                    .filteredOn(line -> line.contains(" WARN "))
                    .singleElement()
                    .asString()
                    .contains("no default attack model", "universal", "the alert budget is not guaranteed");
        }
    }

    @Test
    void warns_of_a_defence_without_an_attack_model_and_names_the_file_and_how_to_make_it() throws Exception {
        Settings settings = settings("untried")
                .with(ConfigKey.BOOTSTRAP_SERVERS, "127.0.0.1:" + closedPort())
                .with(ConfigKey.WHATIF_DEFENCES, "top3+round2");

        try (ChildJvm process = ChildJvm.start(folder, quick(settings).runArguments())) {
            assertThat(process.await()).isEqualTo(1);
            assertThat(process.err().lines())
                    .filteredOn(line -> line.contains(ConfigKey.WHATIF_DEFENCES))
                    .singleElement()
                    .asString()
                    .contains(" WARN ", "default+top3+round2.json", "miasma train", "--defences top3+round2");
        }
    }

    @Test
    void names_a_defence_that_is_none() throws IOException {
        assertRefused(
                settings("mistyped").with(ConfigKey.WHATIF_DEFENCES, "topp3"),
                ConfigKey.WHATIF_DEFENCES,
                "topp3",
                "needed");
    }

    @Test
    void names_an_input_topic_that_is_missing() throws IOException {
        Settings settings = settings("no-input").with(ConfigKey.INPUT_TOPICS, INPUT + ",forgotten");

        assertRefused(settings, "input topic forgotten does not exist", ConfigKey.INPUT_TOPICS);
    }

    @Test
    void names_the_output_topics_that_it_may_not_create() throws Exception {
        Settings settings = settings("no-outputs").with(ConfigKey.TOPICS_CREATE, "false");

        assertRefused(
                settings,
                "output topic no-outputs-alerts, no-outputs-client-risk, no-outputs-dead-letters does not exist",
                ConfigKey.TOPICS_CREATE + "=false");
        assertThat(topicNames()).noneMatch(topic -> topic.startsWith("no-outputs"));
    }

    @Test
    void names_a_model_folder_that_is_missing() throws IOException {
        Path missing = folder.resolve("nowhere");

        assertRefused(
                settings("no-folder")
                        .with(ConfigKey.MODELS_DIR, missing.toString())
                        .with(ConfigKey.MODELS_UNIVERSAL, "false"),
                "no folder '" + missing + "'",
                "miasma train");
    }

    @Test
    void names_a_model_folder_without_a_model() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.writeString(empty.resolve("README.md"), "models go here");

        assertRefused(
                settings("no-model")
                        .with(ConfigKey.MODELS_DIR, empty.toString())
                        .with(ConfigKey.MODELS_UNIVERSAL, "false"),
                "no attack model in '" + empty + "'",
                "miasma train");
    }

    @Test
    void runs_without_a_model_folder_on_the_universal_model_and_says_so_in_the_metrics() throws Exception {
        Settings settings = settings("universal")
                .with(ConfigKey.MODELS_DIR, folder.resolve("nowhere").toString());

        try (Monitor monitor = Monitor.start(settings.config(), new NoMeasures())) {
            assertThat(monitor.awaitRunning(Duration.ofSeconds(60))).isTrue();

            Page metrics = Page.metrics(monitor);
            assertThat(metrics.value("miasma_model_budget_guaranteed{model=\"(universal)\"}"))
                    .isZero();
        }
    }

    @Test
    void names_a_model_file_that_is_broken() throws IOException {
        Path models = Files.createDirectory(folder.resolve("broken"));
        String model = TrainedTarget.get().model();
        Path file = Files.writeString(models.resolve("default.json"), model.substring(0, model.length() / 2));

        assertRefused(
                settings("broken").with(ConfigKey.MODELS_DIR, models.toString()),
                "broken attack model",
                file.getFileName().toString());
    }

    @Test
    void wants_a_key_for_pseudonyms() throws IOException {
        assertRefused(
                settings("no-key").without(ConfigKey.IDENTITY_KEY),
                "no key to make pseudonyms of client ids with",
                ConfigKey.IDENTITY_KEY_FILE,
                ConfigKey.IDENTITY_PSEUDONYMS + "=false");
    }

    @Test
    void serves_beyond_loopback_only_with_a_token() throws IOException {
        assertRefused(
                settings("beyond").with(ConfigKey.HTTP_HOST, "0.0.0.0"),
                ConfigKey.HTTP_HOST + "=0.0.0.0 is beyond loopback and wants a bearer token",
                ConfigKey.HTTP_TOKEN_FILE);
    }

    @Test
    void names_a_port_that_is_taken() throws IOException {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = Integer.toString(occupant.getLocalPort());

            assertRefused(
                    settings("taken").with(ConfigKey.HTTP_PORT, taken),
                    "cannot serve on 127.0.0.1:" + taken,
                    ConfigKey.HTTP_PORT);
        }
    }

    @Test
    void names_the_nearest_key_to_an_unknown_one() throws IOException {
        assertRefused(settings("unknown").with("input.topic", INPUT), "input.topic", ConfigKey.INPUT_TOPICS);
    }

    @Test
    void creates_missing_output_topics_as_configured_and_leaves_them_alone_later() throws Exception {
        Settings settings = settings("created").with(ConfigKey.TOPICS_PARTITIONS, "3");

        StartupChecks.run(settings.config());
        StartupChecks.run(settings.with(ConfigKey.TOPICS_PARTITIONS, "5").config());

        // The controller knows a new topic a little before the broker does.
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                descriptions("created-alerts", "created-client-risk", "created-dead-letters"))
                        .hasSize(3)
                        .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3)));
        assertThat(cleanupPolicy("created-client-risk")).isEqualTo("compact");
        assertThat(cleanupPolicy("created-alerts")).isEqualTo("delete");
        assertThat(cleanupPolicy("created-dead-letters")).isEqualTo("delete");
    }

    @Test
    void takes_output_topics_that_others_have_created() throws Exception {
        Settings settings = settings("given").with(ConfigKey.TOPICS_CREATE, "false");
        for (String topic : List.of("given-alerts", "given-client-risk", "given-dead-letters")) {
            KAFKA.createTopic(topic, 1);
        }

        StartupChecks.run(settings.config());

        assertThat(topicNames()).filteredOn(topic -> topic.startsWith("given-")).hasSize(3);
    }

    @Test
    void warns_of_topics_that_others_have_created_without_compaction() throws Exception {
        KAFKA.createTopic("forgetful-client-risk", 1);
        KAFKA.createTopic("forgetful-exemptions", 1);
        Settings settings = settings("forgetful").with(ConfigKey.EXEMPTIONS_TOPIC, "forgetful-exemptions");

        try (CapturedLog log = new CapturedLog()) {
            StartupChecks.run(settings.config());

            assertThat(log.entries())
                    .filteredOn(line -> line.contains("cleanup.policy"))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains(
                                            " WARN ",
                                            "topic forgetful-client-risk has cleanup.policy=delete: the risk"),
                            line -> assertThat(line)
                                    .contains(
                                            " WARN ",
                                            "topic forgetful-exemptions has cleanup.policy=delete: exemptions"));
        }
    }

    @Test
    void says_nothing_of_compacted_topics() throws Exception {
        Settings settings = settings("kept").with(ConfigKey.EXEMPTIONS_TOPIC, "kept-exemptions");
        StartupChecks.run(settings.config());

        try (CapturedLog log = new CapturedLog()) {
            StartupChecks.run(settings.config());

            assertThat(log.entries()).noneMatch(line -> line.contains("cleanup.policy"));
        }
    }

    private static void assertRefused(Settings settings, String... words) {
        CommandLineRun run = CommandLineRun.of(settings.runArguments());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).singleElement().asString().startsWith("miasma: ").contains(words);
    }

    private Settings settings(String name) throws IOException {
        return new Settings(
                KAFKA.bootstrapServers(), name, INPUT, TrainedTarget.get().modelsBelow(folder), folder);
    }

    /** Does not wait the usual time for brokers that are not there. */
    private static Settings quick(Settings settings) {
        return settings.with("kafka.request.timeout.ms", "1000").with("kafka.default.api.timeout.ms", "2000");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Set<String> topicNames() throws Exception {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get();
        }
    }

    private static Collection<TopicDescription> descriptions(String... topics) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(Set.of(topics)).allTopicNames().get().values();
        }
    }

    private static String cleanupPolicy(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            var config = admin.describeConfigs(List.of(resource))
                    .values()
                    .values()
                    .iterator()
                    .next();
            return config.get().get("cleanup.policy").value();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()));
    }
}
