// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.Exemptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where exemptions are kept: a file, or a compacted topic. */
final class ExemptionPlace {
    private static final Duration POLL = Duration.ofMillis(500);

    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(names = "--file", paramLabel = "FILE", description = "Default: exemptions.file of the configuration.")
    private @Nullable Path file;

    MiasmaConfig config() {
        return configuration.config();
    }

    /** Adds one, in the place of an earlier one of the same key. */
    void put(String key, String json) throws IOException {
        Optional<Path> kept = file();
        if (kept.isPresent()) {
            Map<String, String> all = ofFile(kept.get());
            all.put(key, json);
            write(kept.get(), all);
        } else {
            send(key, json);
        }
    }

    void remove(String key) throws IOException {
        Optional<Path> kept = file();
        if (kept.isPresent()) {
            Map<String, String> all = ofFile(kept.get());
            all.remove(key);
            write(kept.get(), all);
        } else {
            send(key, null);
        }
    }

    /** All that are there, by key. */
    Map<String, String> all() throws IOException {
        Optional<Path> kept = file();
        return kept.isPresent() ? ofFile(kept.get()) : ofTopic();
    }

    private Optional<Path> file() {
        return file == null ? config().exemptionsFile() : Optional.of(file);
    }

    private String topic() {
        String topic = config().string(ConfigKey.EXEMPTIONS_TOPIC);
        if (topic.isEmpty()) {
            throw new ConfigException("no place for exemptions: give --file, or set " + ConfigKey.EXEMPTIONS_FILE
                    + " or " + ConfigKey.EXEMPTIONS_TOPIC);
        }
        return topic;
    }

    private static Map<String, String> ofFile(Path path) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
        for (int line = 0; line < lines.size(); line++) {
            String text = lines.get(line).strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                all.put(Exemptions.keyOf(text.getBytes(StandardCharsets.UTF_8)), text);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(path + ", line " + (line + 1) + ": " + e.getMessage());
            }
        }
        return all;
    }

    private static void write(Path path, Map<String, String> all) throws IOException {
        Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
        Files.write(temporary, all.values());
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void send(String key, @Nullable String json) {
        String topic = topic();
        try (var producer = new KafkaProducer<>(
                StartupChecks.adminSettings(config()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, json)).get();
        } catch (ExecutionException e) {
            throw new StartupException("Kafka does not take the exemption: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while sending the exemption");
        }
    }

    private Map<String, String> ofTopic() {
        Map<String, Object> settings = new LinkedHashMap<>(StartupChecks.adminSettings(config()));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        Map<String, String> all = new LinkedHashMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> {
                    if (record.value() == null) {
                        all.remove(record.key());
                    } else {
                        all.put(record.key(), record.value());
                    }
                });
            }
        }
        return all;
    }
}
