// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class BundlingClientsTest {
    private static final TopicPartition INPUT = new TopicPartition("predictions", 3);
    private static final TopicPartition HOP = new TopicPartition("miasma-scored-by-client-repartition", 3);

    private final BundlingClients clients = new BundlingClients(List.of("predictions"));

    @Test
    void only_what_comes_from_an_input_topic_is_bundled() {
        var polled = new ConsumerRecords<>(
                Map.of(
                        INPUT,
                        List.of(
                                EventBundleTest.event("predictions", 8, 10),
                                EventBundleTest.event("predictions", 9, 10)),
                        HOP,
                        List.of(EventBundleTest.event(HOP.topic(), 5, 10), EventBundleTest.event(HOP.topic(), 6, 10))),
                Map.of(INPUT, new OffsetAndMetadata(10), HOP, new OffsetAndMetadata(8)));

        ConsumerRecords<byte[], byte[]> bundled = clients.bundled(polled);

        assertThat(bundled.records(INPUT)).hasSize(1);
        assertThat(bundled.records(HOP)).containsExactlyElementsOf(polled.records(HOP));
        assertThat(bundled.nextOffsets()).isEqualTo(polled.nextOffsets());
    }

    @Test
    void a_consumer_throws_what_kafkas_own_throws() {
        try (Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1", ConsumerConfig.GROUP_ID_CONFIG, "monitor"))) {
            consumer.assign(List.of(INPUT));
            consumer.wakeup();

            assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(WakeupException.class);
            assertThat(consumer.assignment()).containsExactly(INPUT);
        }
    }
}
