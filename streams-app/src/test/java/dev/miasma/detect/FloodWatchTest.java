// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloodWatchTest {
    /** A second that a minute of event time begins with. */
    private static final long MINUTE = 60 - Blocks.START / 1000 % 60;

    private final FloodWatch watch = new FloodWatch();

    private EndpointAlert.@Nullable Flood add(long minute, long second, long count) {
        return watch.add(Blocks.newClients(MINUTE + 60 * minute + second, count), 100);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, false", "0, 101, true", "10, 100, false", "10, 101, true", "20, 200, false", "20, 201, true"})
    void a_flood_is_above_the_limit_and_above_ten_times_the_average(long usual, long count, boolean flood) {
        for (int minute = 0; minute < 60; minute++) {
            assertThat(add(minute, 3, usual)).isNull();
        }

        assertThat(add(60, 0, count) != null).isEqualTo(flood);
    }

    @Test
    void the_average_is_over_the_minutes_since_the_first_up_to_an_hour() {
        add(0, 0, 90);
        add(1, 0, 60);
        EndpointAlert.Flood early = Objects.requireNonNull(add(3, 0, 2000));
        assertThat(early.average()).isEqualTo(50);
        assertThat(early.limit()).isEqualTo(500);
        assertThat(early.newClients()).isEqualTo(2000);

        EndpointAlert.Flood late = Objects.requireNonNull(add(63, 0, 2000));

        assertThat(late.average()).as("the flood itself is in it").isEqualTo(2000 / 60.0);
        assertThat(add(200, 0, 101)).as("an hour without any").isNotNull();
    }

    @Test
    void a_flood_is_told_once_a_minute() {
        assertThat(add(0, 0, 60)).isNull();
        assertThat(add(0, 1, 60)).isNotNull();
        assertThat(add(0, 2, 60)).isNull();
    }

    @Test
    void blocks_that_come_late_count_in_their_own_minute() {
        add(5, 0, 90);
        add(4, 59, 90);

        assertThat(add(5, 1, 10)).isNull();
        assertThat(add(5, 2, 900)).isNotNull();
        assertThat(add(-60, 0, 1_000_000)).as("older than the hour").isNull();
    }
}
