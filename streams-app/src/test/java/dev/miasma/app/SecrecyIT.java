// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.SimulatedQuery;
import dev.miasma.simulate.Traffic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets planted in good and bad events, around them, and in the configuration; then all that a monitor puts out is
 * searched for them, down to the bytes of its state.
 */
class SecrecyIT {
    private static final String NAME = "silent";
    private static final String INPUT = "silent-in";
    private static final int QUERIES = 6_000;
    private static final String TOKEN = "SECRET-http-token-0123456789";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What begins every planted text but the ids of events, which alerts name on purpose. */
    private static final String PLANTED = "SECRET-";

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private static Path folder = Path.of("");

    private static final PlantedEvents EVENTS = new PlantedEvents();

    /** What was put out, by where: text of one byte a character. */
    private static final Map<String, String> OUTPUTS = new LinkedHashMap<>();

    private static int bad;

    @BeforeAll
    static void a_monitor_has_seen_secrets_and_told_of_probers() throws Exception {
        KAFKA.createTopic(INPUT, 2);
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        Settings settings = new Settings(
                        KAFKA.bootstrapServers(),
                        NAME,
                        INPUT,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.IDENTITY_KEY, "SECRET-identity-key-0123456789")
                .with(ConfigKey.HTTP_HOST, "0.0.0.0")
                .with(ConfigKey.HTTP_TOKEN_FILE, token.toString())
                .with(ConfigKey.INPUT_MAX_BYTES, Integer.toString(MalformedEvents.MAX_BYTES))
                .with("kafka.ssl.key.password", "SECRET-key-password")
                .with("kafka.ssl.truststore.password", "SECRET-truststore-password")
                .with("kafka.an.option.of.nobody", "SECRET-option")
                .with(
                        "kafka.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"SECRET-user\" password=\"SECRET-password\";")
                // So that what was scored can still be read from the repartition topics.
                .with("kafka.repartition.purge.interval.ms", "3600000");
        InMemoryMeasures measures = new InMemoryMeasures();
        try (CapturedLog log = new CapturedLog()) {
            try (Monitor monitor = Monitor.start(settings.config(), measures)) {
                assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
                publish();
                await().atMost(PATIENCE)
                        .until(() -> measures.detectedCount() >= QUERIES
                                && measures.alertsSentCount() > 3
                                && measures.failedCount() > 0
                                && measures.receivedCount() >= QUERIES + bad);
                // Blocks of answers reach the endpoint level a while after their answers.
                await().atMost(PATIENCE)
                        .until(() -> !Committed.records(KAFKA.bootstrapServers(), NAME + "-endpoint-states-changelog")
                                .isEmpty());
                OUTPUTS.put(
                        "scrape", page(monitor, "/metrics", "text/plain", TOKEN).body());
                OUTPUTS.put(
                        "OpenMetrics scrape",
                        page(monitor, "/metrics", Page.OPEN_METRICS, TOKEN).body());
                OUTPUTS.put("health", page(monitor, "/health/live", "*/*", "").body());
                OUTPUTS.put("index", page(monitor, "/", "*/*", "").body());
                HttpResponse<String> refused = page(monitor, "/metrics", "*/*", "SECRET-wrong");
                assertThat(refused.statusCode()).isEqualTo(401);
                OUTPUTS.put("refusal", refused.body() + refused.headers().map());
            }
            OUTPUTS.put("log", new String(log.text().getBytes(UTF_8), ISO_8859_1));
        }
        readTopics();
        readState();
    }

    private static HttpResponse<String> page(Monitor monitor, String path, String accept, String token)
            throws Exception {
        URI address =
                URI.create(monitor.metricsUrl().replace("0.0.0.0", "127.0.0.1")).resolve(path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(address)
                            .header("Accept", accept)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString(ISO_8859_1));
        }
    }

    private static void publish() throws Exception {
        TrainedTarget target = TrainedTarget.get();
        Traffic traffic = target.traffic(7, 20, 5, 0.2);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", KAFKA.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < QUERIES; i++) {
                SimulatedQuery query = traffic.next();
                send(
                        producer,
                        EVENTS.good(query, target.answer(query.features()), i),
                        i % 3 == 0 ? query.client() : null);
            }
            for (byte[] event : EVENTS.badOnes()) {
                bad++;
                send(producer, event, null);
            }
            byte[] noQuery = "\u0002SECRET-of-a-broken-internal-record".getBytes(UTF_8);
            var _ = producer.send(new ProducerRecord<>(NAME + "-scored-by-client-repartition", noQuery, noQuery));
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, byte[] event, @Nullable String client) {
        var record = new ProducerRecord<>(INPUT, "SECRET-key".getBytes(UTF_8), event);
        record.headers().add("x-api-key", "SECRET-api-key".getBytes(UTF_8));
        record.headers().add("x-correlation-id", "SECRET-correlation-header".getBytes(UTF_8));
        record.headers().add("authorization", "Bearer SECRET-bearer".getBytes(UTF_8));
        record.headers().add("traceparent", "SECRET-trace".getBytes(UTF_8));
        if (client != null) {
            record.headers().add("miasma-client", ("SECRET-client-" + client).getBytes(UTF_8));
        }
        var _ = producer.send(record);
    }

    private static void readTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            for (String topic : admin.listTopics().names().get()) {
                StringBuilder all = new StringBuilder();
                for (ConsumerRecord<String, byte[]> record : Committed.records(KAFKA.bootstrapServers(), topic)) {
                    all.append(record.key()).append('\n');
                    all.append(record.value() == null ? "" : new String(record.value(), ISO_8859_1))
                            .append('\n');
                    for (Header header : record.headers()) {
                        all.append(header.key())
                                .append('=')
                                .append(new String(header.value(), ISO_8859_1))
                                .append('\n');
                    }
                }
                OUTPUTS.put("topic " + topic, all.toString());
            }
        }
    }

    private static void readState() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve(NAME + "-state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                OUTPUTS.put("state " + file, new String(Files.readAllBytes(file), ISO_8859_1) + file);
            }
        }
    }

    /** All but the input, and the one internal topic that was itself fed something broken. */
    private static Map<String, String> own() {
        Map<String, String> own = new LinkedHashMap<>(OUTPUTS);
        own.remove("topic " + INPUT);
        own.computeIfPresent(
                "topic " + NAME + "-scored-by-client-repartition",
                (name, text) -> text.replace("SECRET-of-a-broken-internal-record", ""));
        return own;
    }

    @Test
    void the_search_finds_what_is_there() {
        String input = String.valueOf(OUTPUTS.get("topic " + INPUT));

        assertThat(input)
                .contains(PLANTED, PlantedEvents.EVENT_ID, "SECRET-feature-20", "SECRET-api-key", "7312345678912");
        assertThat(EVENTS.numbers()).hasSizeGreaterThan(1000).anyMatch(input::contains);
    }

    @Test
    void there_is_something_of_every_kind_to_search() {
        assertThat(own().keySet())
                .contains(
                        "log",
                        "scrape",
                        "OpenMetrics scrape",
                        "topic " + NAME + "-alerts",
                        "topic " + NAME + "-client-risk",
                        "topic " + NAME + "-dead-letters",
                        "topic " + NAME + "-scored-by-client-repartition",
                        "topic " + NAME + "-leaks-by-endpoint-repartition",
                        "topic " + NAME + "-client-states-changelog",
                        "topic " + NAME + "-endpoint-states-changelog")
                .anyMatch(name -> name.startsWith("state "));
        assertThat(own()).allSatisfy((name, text) -> {
            if (!name.contains("cohort") && !name.startsWith("state ") && !name.startsWith("topic __")) {
                assertThat(text).as(name).isNotEmpty();
            }
        });
        assertThat(OUTPUTS.get("topic " + NAME + "-dead-letters")).contains("sum-off", "negative-posterior");
        assertThat(OUTPUTS.get("log")).contains("stage ", " failed on ");
    }

    @Test
    void no_client_feature_header_key_token_or_password_is_put_out_anywhere() {
        assertThat(own())
                .allSatisfy((name, text) -> assertThat(
                                text.replace(PlantedEvents.EVENT_ID, "").contains(PLANTED))
                        .as(name)
                        .isFalse());
    }

    @Test
    void no_number_of_an_answer_or_a_feature_is_put_out_anywhere() {
        assertThat(own())
                .allSatisfy((name, text) -> assertThat(
                                EVENTS.numbers().stream().filter(text::contains).toList())
                        .as(name)
                        .isEmpty());
    }

    /** An alert says which query set it off, so the ids of events go as far as that takes. */
    @Test
    void ids_of_events_are_in_the_repartition_topics_and_in_alerts_and_nowhere_else() {
        assertThat(own()).allSatisfy((name, text) -> {
            if (!name.endsWith("-repartition") && !name.endsWith("-alerts")) {
                assertThat(text.contains(PlantedEvents.EVENT_ID)).as(name).isFalse();
            }
        });
    }
}
