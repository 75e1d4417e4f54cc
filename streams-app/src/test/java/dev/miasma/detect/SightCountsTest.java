// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.FlagEvidence;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.TrainingCheck;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SightCountsTest {
    private static final long IDLE = 1_000_000;
    private static final FlagEvidence TRAINING = FlagEvidence.against(0.01);
    private static final AttackScore ATTACK =
            new AttackScore(0.5, 0, false, false, EvidenceColumn.of(0f), 0.01, "m", true);

    /** A threshold of 10^306, so that no alarm empties the tally. */
    private static DetectSettings settings(int capacity) {
        return new DetectSettings(1e-300, 0, 0, IDLE, capacity, 1000, Asking.SENSORS);
    }

    private static ScoredQuery query(long record, long cluster, long time, boolean scored, float confidence) {
        var shared = new SplittableRandom(cluster);
        long[] locality = {
            shared.nextLong(), shared.nextLong(), shared.nextLong(), new SplittableRandom(~record).nextLong()
        };
        boolean hit = record % 3 == 0;
        return new ScoredQuery(
                "q",
                "fraud",
                "7",
                "a",
                null,
                time,
                new SplittableRandom(record).nextLong(),
                true,
                locality,
                scored ? confidence : Float.NaN,
                scored ? ATTACK : null,
                record % 2 == 0 ? new TrainingCheck(hit, TRAINING.column(hit)) : null);
    }

    @Property(tries = 50, seed = "20261122")
    void counts_what_the_monitor_counts(@ForAll long seed, @ForAll @IntRange(min = 32, max = 600) int capacity) {
        var random = new SplittableRandom(seed);
        var settings = settings(capacity);
        var counts = new SightCounts(settings);
        var measures = new NoMeasures();
        var detector = new Detector(
                Level.CLIENT, settings, Exemptions.none(Asking.SENSORS, measures), KnownModels.none(), measures);
        ClientState state = ClientState.firstSeen(0);

        for (int i = 0; i < 400; i++) {
            int record = random.nextInt(300);
            ScoredQuery query = query(record, record % 50, i, true, random.nextInt(10) / 10f);
            counts.add(query);
            detector.add(state, i == 0, query);
        }

        assertThat(state.alarms).isZero();
        assertThat(counts.asked("repeat")).isEqualTo(state.tally.queries);
        assertThat(counts.flagged("repeat")).isEqualTo(state.tally.queries - state.tally.firstSights);
        assertThat(counts.asked("neighbourhood")).isEqualTo(state.tally.compared);
        assertThat(counts.flagged("neighbourhood")).isEqualTo(state.tally.near);
        assertThat(counts.asked("climb")).isEqualTo(state.tally.compared);
        assertThat(counts.flagged("climb")).isEqualTo(state.tally.climbed);
        assertThat(counts.asked("training-hit")).isEqualTo(state.tally.checked);
        assertThat(counts.flagged("training-hit")).isEqualTo(state.tally.hits);
        assertThat(state.tally.near).isPositive();
        assertThat(state.tally.climbed).isPositive();
        assertThat(state.tally.hits).isPositive();
    }

    @Test
    void first_sights_are_those_of_all_that_was_added_though_the_sensors_forget() {
        var counts = new SightCounts(settings(32));
        int first = 0;
        for (int round = 0; round < 3; round++) {
            for (int record = 0; record < 100; record++) {
                first += counts.add(query(record, record, round, true, 0.5f)) ? 1 : 0;
            }
        }

        assertThat(first).isBetween(97, 100);
        assertThat(counts.flagged("repeat")).isLessThan(20);
    }

    @Test
    void a_client_that_comes_back_after_long_is_compared_with_nothing() {
        var counts = new SightCounts(settings(4096));
        for (int record = 0; record < 20; record++) {
            counts.add(query(record, 1, record, true, 0.5f));
        }
        long before = counts.asked("neighbourhood");

        counts.add(query(3, 1, 20 + IDLE, true, 0.5f));

        assertThat(before).isEqualTo(15);
        assertThat(counts.asked("neighbourhood")).isEqualTo(before);
        assertThat(counts.flagged("repeat")).isZero();
    }

    @Test
    void the_climb_is_not_asked_about_answers_without_a_score() {
        var counts = new SightCounts(settings(4096));
        for (int record = 0; record < 20; record++) {
            counts.add(query(record, 1, record, false, 0));
        }

        assertThat(counts.flagged("neighbourhood")).isEqualTo(15);
        assertThat(counts.asked("climb")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"member-likeness", "nearness", ""})
    void only_sensors_that_flag_are_counted(String sensor) {
        var counts = new SightCounts(settings(4096));

        assertThatThrownBy(() -> counts.flagged(sensor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sensor is '" + sensor + "': must be one that flags");
    }
}
