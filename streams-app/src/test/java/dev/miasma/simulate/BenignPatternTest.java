// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BenignPatternTest {
    private static List<Driven> asked(String kind, Map<String, String> values, int most) {
        return Driven.of(kind, values, Populations.bits(), Populations.linear(1), 3, most);
    }

    static Stream<String> never_ask_about_a_member() {
        return ClientKinds.list().stream().filter(kind -> !kind.attack()).map(ClientKind::name);
    }

    @ParameterizedTest
    @MethodSource
    void never_ask_about_a_member(String kind) {
        List<Driven> asked = asked(kind, Map.of(), 3000);

        assertThat(asked).hasSize(3000).allSatisfy(one -> {
            assertThat(one.question().member()).isFalse();
            assertThat(one.question().target()).isZero();
            assertThat(one.features()[0]).isZero();
        });
    }

    @Test
    void the_duplicate_happy_one_sends_each_record_twice_in_a_row() {
        List<Driven> asked = asked("duplicate-happy", Map.of(), 400);
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < asked.size(); i += 2) {
            assertThat(asked.get(i + 1).features()).isSameAs(asked.get(i).features());
            assertThat(seen.add(Arrays.toString(asked.get(i).features()))).isTrue();
        }
    }

    @Test
    void the_drifting_one_turns_back_at_the_ends_without_repeating_itself() {
        List<Driven> asked = asked("drifting", Map.of(), 3 * Populations.NON_MEMBERS);

        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i).features()).isNotSameAs(asked.get(i - 1).features());
        }
        assertThat(asked.get(Populations.NON_MEMBERS).features())
                .isSameAs(asked.get(Populations.NON_MEMBERS - 2).features());
    }

    @Test
    void the_drifting_one_asks_about_each_record_once_and_moves_from_one_end_to_the_other() {
        double[][] records = new double[400][];
        for (int i = 0; i < records.length; i++) {
            records[i] = new double[] {i};
        }
        Population line = new Population(records, records, new FeatureKind.Numbers());
        List<Double> asked =
                Driven.of("drifting", Map.of("window", "0.1"), line, features -> new double[] {1}, 5, 400).stream()
                        .map(one -> one.features()[0])
                        .toList();

        assertThat(new HashSet<>(asked)).hasSize(400);
        boolean upwards = asked.getFirst() < 200;
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i)).isBetween((upwards ? i : 399 - i) - 41.0, (upwards ? i : 399 - i) + 41.0);
        }
    }
}
