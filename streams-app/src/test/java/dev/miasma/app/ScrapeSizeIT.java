// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.InMemoryMeasures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How large the scrape of a monitor is that has seen very many clients, and that none of them is in it. */
class ScrapeSizeIT {
    private static final String NAME = "scraped";
    private static final String INPUT = "scraped-predictions";
    private static final int CLIENTS = 100_000;
    private static final int ENDPOINTS = 5;
    private static final int VERSIONS = 3;
    private static final int PROBES = 60;
    private static final long START = 1_767_225_600_000L;
    private static final int MOST_SERIES = 2_000;
    private static final String RAW_CLIENT = "planted-client";
    private static final String RAW_COHORT = "planted-cohort";
    private static final String PROBER = RAW_CLIENT + "-that-probes";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final SplittableRandom random = new SplittableRandom(20261122);
    private int sent;

    @Test
    void a_hundred_thousand_clients_of_five_endpoints_make_few_series_and_none_with_their_names(TestReporter report)
            throws Exception {
        KAFKA.createTopic(INPUT, 2);
        Path models = Files.createDirectories(folder.resolve("models"));
        for (int endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
            AttackFiles.write(models, "endpoint-" + endpoint, 1_000);
        }
        Settings settings = new Settings(KAFKA.bootstrapServers(), NAME, INPUT, models, folder)
                .with(ConfigKey.WHATIF_DEFENCES, "top3,round2");
        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            publish();
            await().atMost(PATIENCE)
                    .until(() -> measures.detectedCount() >= sent
                            && pseudonyms().size() > 1
                            && Page.metrics(monitor).body().contains("miasma_member_share{"));

            String text = Page.metrics(monitor).body();
            String withExemplars =
                    Page.of(monitor, "/metrics", Page.OPEN_METRICS).body();

            assertThat(measures.clientCount()).as("clients watched").isGreaterThanOrEqualTo(CLIENTS);
            assertThat(measures.alertsSentCount("client")).isPositive();
            report.publishEntry("series", Integer.toString(series(text).size()));
            assertThat(series(text)).hasSizeLessThan(MOST_SERIES).hasSizeGreaterThan(100);
            assertThat(series(text)).anyMatch(line -> line.contains("endpoint=\"endpoint-4\",version=\"2\""));
            assertThat(List.of(text, withExemplars)).allSatisfy(page -> {
                assertThat(page).doesNotContain(RAW_CLIENT, RAW_COHORT);
                assertThat(pseudonyms()).noneMatch(page::contains);
            });
        }
    }

    private static List<String> series(String scrape) {
        return scrape.lines().filter(line -> !line.startsWith("#")).toList();
    }

    /** Of clients and cohorts whose risk was told of. */
    private static List<String> pseudonyms() {
        return Committed.newest(KAFKA.bootstrapServers(), NAME + "-client-risk").values().stream()
                .map(risk -> risk.path("client").asText(risk.path("cohort").asText()))
                .collect(Collectors.toList());
    }

    private void publish() {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", KAFKA.bootstrapServers(), "linger.ms", 5, "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < CLIENTS; i++) {
                send(producer, RAW_CLIENT + "-" + i, random.nextDouble(0.5, 1));
            }
            for (int i = 0; i < PROBES; i++) {
                send(producer, PROBER, 0.9999);
            }
        }
    }

    private void send(KafkaProducer<String, byte[]> producer, String client, double top) {
        boolean probes = client.equals(PROBER);
        String event = String.format(
                Locale.ROOT,
                "{\"endpoint\":\"endpoint-%d\",\"version\":\"%d\",\"client\":\"%s\",%s\"time\":%d,"
                        + "\"fingerprint\":\"%d\",\"posterior\":[%.6f,%.6f]}",
                probes ? 0 : sent % ENDPOINTS,
                probes ? 0 : sent / ENDPOINTS % VERSIONS,
                client,
                sent % 10 == 0 ? "\"cohort\":\"" + RAW_COHORT + "-" + sent % 1000 + "\"," : "",
                START + sent,
                sent,
                top,
                1 - top);
        sent++;
        var _ = producer.send(
                new ProducerRecord<>(INPUT, client, event.getBytes(StandardCharsets.UTF_8)), (place, error) -> {
                    if (error != null) {
                        throw new AssertionError("not sent", error);
                    }
                });
    }
}
