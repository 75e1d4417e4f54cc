// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmsTest {
    private final Alarms alarms = new Alarms(Watch.settings(1, 1000, 0, 1_000_000, 64));
    private final ClientState state = ClientState.firstSeen(0);

    @Test
    void inside_the_cool_down_only_what_raises_the_severity_is_sent() {
        List<Integer> sent = new ArrayList<>();
        for (int alarm = 1; alarm <= 12; alarm++) {
            if (alarms.raise(state, 10, false) == Detection.Alarm.SENT) {
                sent.add(alarm);
            }
        }

        assertThat(sent).containsExactly(1, 3, 10);
    }

    @ParameterizedTest
    @CsvSource({"24000, 2", "24001, 1"})
    void a_series_ends_after_24_cool_downs_without_an_alarm(long pause, int series) {
        alarms.raise(state, 10, false);

        alarms.raise(state, 10 + pause, false);

        assertThat(state.series).isEqualTo(series);
        assertThat(state.alarms).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 1", "9, 1", "10, 2", "1000, 2"})
    void the_ladder_has_steps_at_the_third_and_the_tenth_alarm(int series, int step) {
        assertThat(Alarms.step(series)).isEqualTo(step);
    }

    @Test
    void an_allowed_alarm_is_counted_and_starts_no_cool_down() {
        assertThat(alarms.raise(state, 10, true)).isEqualTo(Detection.Alarm.ALLOWED);

        assertThat(alarms.raise(state, 11, false)).isEqualTo(Detection.Alarm.SENT);
        assertThat(state.alarms).isEqualTo(2);
    }
}
