// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTimeTest {
    @ParameterizedTest
    @CsvSource({"7, 5, 7", "0, 5, 0", "-1, 5, 5", "-1, -1, 0"})
    void a_record_without_a_time_has_the_newest_of_its_partition(long given, long newest, long expected) {
        var record = new ConsumerRecord<Object, Object>(
                "predictions",
                0,
                0,
                given,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());

        assertThat(new RecordTime().extract(record, newest)).isEqualTo(expected);
    }
}
