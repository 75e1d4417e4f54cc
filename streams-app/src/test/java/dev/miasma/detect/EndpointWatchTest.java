// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.KnownModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointWatchTest {
    private static final long COOLDOWN_MS = 60_000;

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final EndpointState state = new EndpointState();
    private final List<EndpointAlert> alerts = new ArrayList<>();
    private EndpointWatch watch = watch(KnownModels.none());

    private EndpointWatch watch(KnownModels models) {
        return new EndpointWatch(Watch.settings(1000, COOLDOWN_MS, 0, 1_000_000, 64), 100, models, measures);
    }

    @BeforeEach
    void load() {
        watch = watch(Blocks.models(folder));
    }

    private void add(LeakBlock block) {
        alerts.addAll(watch.add(state, block));
    }

    @Test
    void member_like_answers_to_everybody_are_above_the_null() {
        add(Blocks.of("7", 0, 1, 99));
        add(Blocks.of("7", 1, 10, 0));

        assertThat(alerts).hasSize(1);
        EndpointAlert alert = alerts.getFirst();
        assertThat(alert.subject()).isEqualTo("endpoint:fraud@7");
        assertThat(alert.alarm()).isEqualTo(Detection.Alarm.SENT);
        assertThat(alert.guaranteed()).isTrue();
        var above = (EndpointAlert.AboveNull) alert.finding();
        assertThat(above.evidence()).isGreaterThanOrEqualTo(1000);
        assertThat(above.threshold()).isEqualTo(1000);
        assertThat(List.of(above.blocks(), above.queries(), above.scored(), above.flagged()))
                .containsExactly(2L, 110L, 110L, 11L);
        assertThat(above.nullShare()).isEqualTo(0.01);
        assertThat(Objects.requireNonNull(above.memberShare()).queries()).isEqualTo(110);
        assertThat(state.versions.getFirst().leak.evidence())
                .as("it starts anew")
                .isZero();
    }

    @Test
    void alarms_in_the_cool_down_are_held() {
        for (long second : new long[] {0, 1, 59, 60}) {
            add(Blocks.of("7", second, 20, 0));
        }

        assertThat(alerts)
                .extracting(EndpointAlert::alarm, EndpointAlert::alarms)
                .containsExactly(
                        tuple(Detection.Alarm.SENT, 1),
                        tuple(Detection.Alarm.HELD, 2),
                        tuple(Detection.Alarm.HELD, 3),
                        tuple(Detection.Alarm.SENT, 4));
    }

    @Test
    void blocks_of_an_unknown_model_are_counted_and_passed_over() {
        add(Blocks.of(0, "unknown", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000));
        add(Blocks.newClients(1, 1));

        assertThat(alerts).isEmpty();
        assertThat(measures.leakBlockCount("no-model")).isEqualTo(1);
        assertThat(measures.leakBlockCount("unscored")).isEqualTo(1);
        assertThat(measures.leakBlockCount("used")).isZero();
    }

    @Test
    void a_version_is_compared_with_the_one_first_seen_before_it_and_told_once() {
        for (int second = 0; second < 3000; second += 3) {
            add(Blocks.of("a", second, second % 60 == 0 ? 1 : 0, 5));
            add(Blocks.of("b", second + 1, second % 60 == 0 ? 1 : 0, 5));
            add(Blocks.of("c", second + 2, second % 6 == 0 ? 1 : 0, 5));
        }

        List<EndpointAlert> worse = alerts.stream()
                .filter(alert -> alert.finding() instanceof EndpointAlert.LeaksMore)
                .toList();
        assertThat(worse).hasSize(1);
        assertThat(worse.getFirst().version()).isEqualTo("c");
        assertThat(worse.getFirst().guaranteed()).isTrue();
        var more = (EndpointAlert.LeaksMore) worse.getFirst().finding();
        assertThat(more.before()).isEqualTo("b");
        assertThat(more.ofVersion().share()).isGreaterThan(2 * more.ofBefore().share());
        assertThat(more.evidence()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void two_attack_models_promise_nothing() {
        for (int second = 0; second < 400; second += 2) {
            add(Blocks.of("a", second, 0, 5));
            add(new LeakBlock("fraud", "b", Blocks.START + 1000L * second, 5, 0, "other", 2, new long[] {5}));
        }

        assertThat(alerts)
                .extracting(alert -> alert.finding().kind(), EndpointAlert::guaranteed)
                .containsExactly(tuple("version-leaks-more", false));
    }

    @Test
    void a_flood_is_about_all_versions_and_promises_nothing() {
        add(Blocks.newClients(0, 101));

        assertThat(alerts).hasSize(1);
        assertThat(alerts.getFirst().version()).isNull();
        assertThat(alerts.getFirst().subject()).isEqualTo("endpoint:fraud");
        assertThat(alerts.getFirst().guaranteed()).isFalse();
    }

    @Test
    void of_too_many_versions_the_one_silent_for_longest_goes() {
        for (int version = 0; version < EndpointState.MAX_VERSIONS; version++) {
            add(Blocks.of("v" + version, version, 0, 1));
        }
        add(Blocks.of("v0", 20, 0, 1));

        add(Blocks.of("new", 21, 0, 1));

        assertThat(state.versions)
                .extracting(version -> version.version)
                .containsExactly("v0", "v2", "v3", "v4", "v5", "v6", "v7", "new");
    }
}
