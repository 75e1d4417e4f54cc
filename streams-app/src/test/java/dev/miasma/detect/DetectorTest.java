// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static dev.miasma.detect.Watch.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.score.KnownModels;
import java.nio.file.Path;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTest {
    @Test
    void only_the_first_sight_of_a_query_is_evidence() {
        var watch = new Watch();
        watch.query(START, 7, 4, 4);
        double once = watch.evidence();

        watch.query(START + 1, 7, 4, 4);
        watch.query(START + 2, 7, 4, 4);

        assertThat(watch.evidence()).isEqualTo(once);
        assertThat(watch.state.tally.queries).isEqualTo(3);
        assertThat(watch.state.tally.firstSights).isEqualTo(1);
        assertThat(watch.state.tally.flagged).isEqualTo(1);
        assertThat(watch.measures.detectedCount()).isEqualTo(3);
        assertThat(watch.measures.repeatCount()).isEqualTo(2);
    }

    @Test
    void evidence_at_the_threshold_is_an_alarm_and_starts_anew() {
        var watch = new Watch();
        watch.query(START + 1, 4);
        watch.query(START + 2, 0.5);
        watch.query(START + 3, 1);

        Detection detection = watch.told(START + 3, 50);

        assertThat(detection.alarm()).isEqualTo(Detection.Alarm.SENT);
        assertThat(detection.evidence()).isEqualTo(225, within(1e-3));
        assertThat(detection.threshold()).isEqualTo(100);
        assertThat(detection.queryId()).isEqualTo("q-" + (START + 3));
        assertThat(detection.sensor()).isEqualTo("member-likeness");
        assertThat(detection.observed().queries()).isEqualTo(4);
        assertThat(detection.observed().firstSights()).isEqualTo(4);
        assertThat(detection.observed().aboveMedian()).isEqualTo(3);
        assertThat(detection.observed().flagged()).isEqualTo(2);
        assertThat(detection.alarms()).isEqualTo(1);
        assertThat(detection.subject()).isEqualTo("0a1b@fraud");
        assertThat(watch.evidence()).isZero();
        assertThat(watch.state.tally.queries).isZero();
        assertThat(watch.state.tally.firstSights).isZero();
        assertThat(watch.state.tally.aboveMedian).isZero();
        assertThat(watch.state.tally.flagged).isZero();
    }

    @Test
    void an_alarm_estimates_how_many_of_its_queries_are_training_members(@TempDir Path folder) {
        KnownModels known = Blocks.models(folder);
        var watch = new Watch(Watch.settings(), id -> known.byId(Blocks.MODEL));
        assertThat(watch.told(START, 40).memberShare()).as("no alarm yet").isNull();

        Detection alarm = watch.told(START + 1, 50);

        MemberShare share = Objects.requireNonNull(alarm.memberShare());
        assertThat(share.queries()).isEqualTo(2);
        assertThat(share.share()).as("both scored lowest").isZero();
        assertThat(share.high()).isPositive();
    }

    @Test
    void without_a_known_model_there_is_no_estimate() {
        assertThat(new Watch().told(START, 200).memberShare()).isNull();
    }

    @Test
    void a_detection_tells_since_when_its_queries_came() {
        var watch = new Watch();
        watch.query(START + 5, 1);

        assertThat(watch.told(START + 7, 200).observed().sinceMillis()).isEqualTo(START + 5);

        watch.query(START + 2000, 1);
        assertThat(watch.told(START + 2100, 200).observed().sinceMillis()).isEqualTo(START + 2000);
    }

    @Test
    void alarms_inside_the_cool_down_are_held_and_counted() {
        var watch = new Watch();
        watch.query(START, 200);

        assertThat(watch.told(START + 999, 200).alarm()).isEqualTo(Detection.Alarm.HELD);
        Detection next = watch.told(START + 1000, 200);

        assertThat(next.alarm()).isEqualTo(Detection.Alarm.SENT);
        assertThat(next.alarms()).isEqualTo(3);
    }

    @Test
    void a_held_alarm_does_not_lengthen_the_cool_down() {
        var watch = new Watch();
        watch.query(START, 200);
        watch.query(START + 900, 200);

        assertThat(watch.told(START + 1000, 200).alarm()).isEqualTo(Detection.Alarm.SENT);
    }

    @Test
    void a_query_remembered_before_an_alarm_is_a_repeat_after_it() {
        var watch = new Watch();
        watch.query(START, 7, 200, 200);

        assertThat(watch.query(START + 1, 7, 200, 200)).isNull();
        assertThat(watch.evidence()).isZero();
    }

    @Test
    void without_a_cool_down_every_alarm_is_sent_and_shows_in_the_band() {
        var watch = new Watch(Watch.settings(10_000, 0, 0, 10_000, 64));

        Detection first = watch.told(START, 200);
        Detection second = watch.told(START, 200);

        assertThat(first.band()).isEqualTo(RiskBand.ALARMED);
        assertThat(second.alarm()).isEqualTo(Detection.Alarm.SENT);
        assertThat(watch.told(START + 1, 1).band()).isEqualTo(RiskBand.LOW);
    }

    @Test
    void a_client_silent_for_longer_than_the_idle_time_starts_anew() {
        var watch = new Watch();
        watch.query(START, 7, 40, 40);

        watch.query(START + 10_001, 7, 2, 2);

        assertThat(watch.evidence()).isEqualTo(2, within(1e-6));
        assertThat(watch.state.tally.queries).isEqualTo(1);
        assertThat(watch.state.tally.firstSights).isEqualTo(1);
        assertThat(watch.state.tally.sinceMillis).isEqualTo(START + 10_001);
    }

    @Test
    void a_client_silent_for_just_the_idle_time_goes_on() {
        var watch = new Watch();
        watch.query(START, 40);

        watch.query(START + 10_000, 1);

        assertThat(watch.evidence()).isEqualTo(41, within(1e-3));
    }

    @Test
    void a_late_query_neither_ages_the_evidence_nor_moves_time_back() {
        var watch = new Watch(Watch.settings(10_000, 1000, 100, 10_000, 64));
        watch.query(START + 5000, 40);

        watch.query(START, 1);

        assertThat(watch.evidence()).isEqualTo(41, within(1e-3));
        assertThat(watch.state.lastSeenMillis).isEqualTo(START + 5000);
    }

    @Property(tries = 200, seed = "20261122")
    void forgetting_keeps_evidence_at_or_below_what_it_would_be_without(
            @ForAll @LongRange(min = 1, max = 5000) long halfLife, @ForAll @LongRange(min = 0, max = 3000) long pause) {
        var forgetful = new Watch(Watch.settings(1, 1000, halfLife, 10_000, 64));
        var steady = new Watch(Watch.settings(1, 1000, 0, 10_000, 64));
        for (int i = 0; i < 10; i++) {
            forgetful.query(START + i * pause, i % 3 == 0 ? 4 : 0.8);
            steady.query(START + i * pause, i % 3 == 0 ? 4 : 0.8);

            assertThat(forgetful.evidence()).isLessThanOrEqualTo(steady.evidence());
        }
    }

    @Test
    void when_the_memory_is_used_up_memory_and_evidence_start_anew_together() {
        var watch = new Watch(Watch.settings(1, 1000, 0, 10_000, 32));
        for (int i = 0; watch.state.memory.size() < 32; i++) {
            watch.query(START + i, 1.1);
        }
        double before = watch.evidence();

        watch.query(START + 100, 2);

        assertThat(before).isGreaterThan(30);
        assertThat(watch.evidence()).isEqualTo(2, within(1e-6));
        assertThat(watch.state.memory.size()).isEqualTo(1);
    }

    @Test
    void a_model_with_another_number_of_rows_keeps_the_evidence() {
        var watch = new Watch();
        watch.query(START, 0x9e3779b97f4a7c15L, 10, 30);

        watch.query(START + 1, 0x3c6ef372fe94f82aL, 1, 1, 1);

        assertThat(watch.state.evidence[Sensor.MEMBER_LIKENESS]).hasSize(3);
        assertThat(watch.evidence()).isEqualTo(21, within(1e-4));
    }

    @Test
    void tells_of_each_change_of_band_and_of_nothing_else() {
        var watch = new Watch(Watch.settings(1, 1000, 0, 10_000, 64));

        assertThat(watch.query(START, 1)).isNull();
        Detection elevated = watch.told(START + 1, 100);
        assertThat(watch.query(START + 2, 2)).isNull();
        Detection high = watch.told(START + 3, 100);
        Detection low = watch.told(START + 4, 1e-6);

        assertThat(elevated.bandBefore()).isEqualTo(RiskBand.LOW);
        assertThat(elevated.band()).isEqualTo(RiskBand.ELEVATED);
        assertThat(elevated.alarm()).isEqualTo(Detection.Alarm.NONE);
        assertThat(high.band()).isEqualTo(RiskBand.HIGH);
        assertThat(low.band()).isEqualTo(RiskBand.LOW);
        assertThat(watch.measures.clientCount()).isEqualTo(1);
        assertThat(watch.measures.clientCount("low")).isEqualTo(1);
    }

    @Test
    void a_client_alarmed_stays_so_until_its_cool_down_is_over() {
        var watch = new Watch();
        Detection alarmed = watch.told(START, 200);

        assertThat(alarmed.bandBefore()).isNull();
        assertThat(alarmed.band()).isEqualTo(RiskBand.ALARMED);
        assertThat(watch.query(START + 999, 1)).isNull();
        assertThat(watch.measures.clientCount("alarmed")).isEqualTo(1);
        assertThat(watch.told(START + 1000, 1).band()).isEqualTo(RiskBand.LOW);
        assertThat(watch.measures.clientCount("alarmed")).isZero();
    }
}
