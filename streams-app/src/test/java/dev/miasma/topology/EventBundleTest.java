// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBundleTest {
    static ConsumerRecord<byte[], byte[]> event(String topic, long offset, int bytes) {
        return event(topic, offset, 1_000 + offset, new byte[bytes], new RecordHeaders());
    }

    static ConsumerRecord<byte[], byte[]> event(
            String topic, long offset, long timestamp, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                3,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                value.length,
                null,
                value,
                headers,
                Optional.of(7));
    }

    private static List<ConsumerRecord<byte[], byte[]>> events(int count, int bytes) {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Offsets have gaps where transactions ended.
            events.add(event("predictions", 40 + 3L * i, bytes));
        }
        return events;
    }

    private static List<ConsumerRecord<byte[], byte[]>> eventsOf(ConsumerRecord<byte[], byte[]> record) {
        EventBundle bundle = EventBundle.of(record.headers());
        return bundle == null ? List.of(record) : bundle.events();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100, 0",
        "1, 100, 1",
        "2, 100, 1",
        "64, 100, 1",
        "65, 100, 2",
        "1000, 100, 16",
        "10, 30000, 3",
        "10, 65536, 5",
        "3, 70000, 3",
        "3, 1000000, 3"
    })
    void as_many_events_go_together_as_the_limits_of_number_and_bytes_let(int count, int bytes, int records) {
        assertThat(EventBundle.of(events(count, bytes))).hasSize(records);
    }

    @Property(seed = "20261122")
    void whatever_was_polled_is_in_the_bundles_once_and_in_order(
            @ForAll @Size(max = 300) List<@IntRange(max = 200_000) Integer> sizes) {
        List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            polled.add(event("predictions", i, sizes.get(i)));
        }

        List<ConsumerRecord<byte[], byte[]>> bundled = EventBundle.of(polled);

        assertThat(bundled.stream().flatMap(record -> eventsOf(record).stream()))
                .containsExactlyElementsOf(polled);
        assertThat(bundled).allSatisfy(record -> {
            List<ConsumerRecord<byte[], byte[]>> events = eventsOf(record);
            assertThat(events).hasSizeBetween(1, EventBundle.MOST_EVENTS);
            assertThat(record.offset()).isEqualTo(events.getFirst().offset());
        });
    }

    @Test
    void a_bundle_stands_where_its_first_event_does() {
        ConsumerRecord<byte[], byte[]> bundle = EventBundle.of(events(3, 100)).getFirst();

        assertThat(bundle.topic()).isEqualTo("predictions");
        assertThat(bundle.partition()).isEqualTo(3);
        assertThat(bundle.offset()).isEqualTo(40);
        assertThat(bundle.timestamp()).isEqualTo(1_040);
        assertThat(bundle.leaderEpoch()).hasValue(7);
        assertThat(bundle.serializedValueSize()).isEqualTo(300);
        assertThat(bundle.key()).isNull();
        assertThat(bundle.value()).isNull();
    }

    @Test
    void an_event_by_itself_stays_as_it_is() {
        List<ConsumerRecord<byte[], byte[]>> one = events(1, 100);

        assertThat(EventBundle.of(one)).containsExactlyElementsOf(one);
        assertThat(EventBundle.of(one.getFirst().headers())).isNull();
    }

    @Test
    void nobody_can_send_a_bundle() {
        EventBundle real = Objects.requireNonNull(
                EventBundle.of(EventBundle.of(events(2, 100)).getFirst().headers()));
        Headers forged =
                new RecordHeaders().add(real.key(), new byte[] {1, 2, 3}).add(real.key(), null);

        assertThat(EventBundle.of(forged)).isNull();
    }
}
