// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.config.SensorSettings;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensorsTest {
    private static Detection firstAlarm(IntFunction<@Nullable Detection> ask, int most) {
        for (int i = 0; i < most; i++) {
            Detection detection = ask.apply(i);
            if (detection != null && detection.alarm() != Detection.Alarm.NONE) {
                return detection;
            }
        }
        throw new AssertionError("no alarm in " + most + " queries");
    }

    @Test
    void queries_round_one_record_are_told_of_as_a_neighbourhood() {
        var asking = new Asking();

        Detection alarm = firstAlarm(i -> asking.near(1, i), 40);

        assertThat(alarm.sensor()).isEqualTo("neighbourhood");
        assertThat(alarm.sensorNull()).isEqualTo(0.3);
        assertThat(alarm.observed().near()).isEqualTo(alarm.observed().compared());
        assertThat(alarm.modelId()).isNull();
        assertThat(alarm.budgetGuaranteed()).isTrue();
    }

    @Test
    void a_climb_counts_only_near_queries_that_are_more_confident() {
        var asking = new Asking(Level.CLIENT, Exemptions.none(Asking.SENSORS, new NoMeasures()), 1e-9);
        for (int i = 0; i < 20; i++) {
            asking.confidence = i % 2 == 0 ? 0.2f : 0.1f;
            asking.near(1, i);
        }

        Tally tally = asking.state.tally;
        assertThat(tally.near).isEqualTo(tally.compared).isPositive();
        assertThat(tally.climbed).isBetween(1L, tally.near / 2 + 1);
    }

    @Test
    void a_label_has_no_confidence_to_climb() {
        var asking = new Asking(Level.CLIENT, Exemptions.none(Asking.SENSORS, new NoMeasures()), 1e-9);
        for (int i = 0; i < 20; i++) {
            asking.near(1, i);
        }

        assertThat(asking.state.tally.climbed).isZero();
        assertThat(asking.state.evidence[Sensor.CLIMB]).isEmpty();
    }

    @Test
    void the_same_query_again_and_again_is_told_of_as_repeats() {
        var asking = new Asking();

        Detection alarm = firstAlarm(i -> asking.far(7), 60);

        assertThat(alarm.sensor()).isEqualTo("repeat");
        assertThat(alarm.observed().firstSights()).isEqualTo(1);
    }

    @Test
    void a_client_that_sends_each_record_twice_never_alarms() {
        var asking = new Asking();
        for (int record = 0; record < 2000; record++) {
            assertThat(asking.far(record)).isNull();
            assertThat(asking.far(record)).isNull();
        }
    }

    @Test
    void queries_about_training_records_are_told_of_whatever_the_model_answers() {
        var asking = new Asking();

        Detection alarm = firstAlarm(i -> asking.checked(i, true), 10);

        assertThat(alarm.sensor()).isEqualTo("training-hit");
        assertThat(alarm.observed().hits()).isEqualTo(alarm.observed().checked());
    }

    @Test
    void scores_are_counted_by_bin_and_anew_for_another_model() {
        var asking = new Asking();
        for (int i = 0; i < 5; i++) {
            asking.scored(i, new AttackScore(0.5, i % 2, false, false, EvidenceColumn.of(0f), 0.01, "one", true));
        }

        assertThat(asking.state.tally.bins).containsExactly(3, 2);

        asking.scored(9, new AttackScore(0.5, 2, false, false, EvidenceColumn.of(0f), 0.01, "two", true));

        assertThat(asking.state.tally.bins).containsExactly(0, 0, 1);
    }

    @Test
    void few_queries_have_no_ring() {
        var asking = new Asking();
        for (int i = 0; i < Sight.RING_FROM - 1; i++) {
            asking.near(1, i);
        }
        assertThat(asking.state.ring.size()).isZero();

        asking.near(1, 99);

        assertThat(asking.state.ring.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Level.class,
            names = {"CLIENT", "COHORT"})
    void weights_of_the_sensors_that_are_on_add_up_to_one(Level level) {
        Sensors sensors = Sensors.of(level, new SensorSettings(3, 0, 1, 2, 4, 0.3, 0.2, 0.6, 0.01));
        ClientState state = ClientState.firstSeen(0);
        for (Sensor sensor : sensors.all()) {
            state.evidence[sensor.place()] = new float[] {5, 5};
        }

        assertThat(sensors.evidence(state)).isEqualTo(5, within(1e-9));
        assertThat(Detection.sensors(level)).hasSize(level == Level.CLIENT ? 5 : 3);
    }

    /** Near and repeated queries at the rates the nulls allow, at once. */
    @ParameterizedTest
    @ValueSource(doubles = {100, 1000})
    void all_sensors_together_stay_within_one_budget(double threshold) {
        var random = new SplittableRandom(20261122);
        int alarms = 0;
        int queries = 0;
        for (int client = 0; client < 100; client++) {
            var asking = new Asking(Level.CLIENT, Exemptions.none(Asking.SENSORS, new NoMeasures()), 1e6 / threshold);
            for (int i = 0; i < 2000; i++) {
                boolean repeat = i > 10 && random.nextDouble() < 0.6;
                boolean near = random.nextDouble() < 0.3;
                Detection detection = repeat ? asking.far(1) : near ? asking.near(1, i) : asking.far(i);
                queries++;
                if (detection != null && detection.alarm() != Detection.Alarm.NONE) {
                    alarms++;
                }
            }
        }

        assertThat(alarms).isLessThanOrEqualTo((int) (queries / threshold));
    }
}
