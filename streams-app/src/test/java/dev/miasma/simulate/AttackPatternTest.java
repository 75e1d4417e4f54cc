// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each attack's queries look as those of the paper it is from. */
class AttackPatternTest {
    private static List<Driven> asked(String kind, Map<String, String> values, Population population, int most) {
        return Driven.of(kind, values, population, Populations.linear(1), 11, most);
    }

    static Stream<Arguments> queries_for_each_target_record() {
        Population bits = Populations.bits();
        Population images = Populations.images();
        return Stream.of(
                arguments("score", Map.of(), bits, 1),
                arguments("ml-leaks", Map.of("noise-queries", "0"), bits, 1),
                arguments("lira", Map.of(), bits, 2),
                arguments("lira", Map.of("copies", "18"), images, 18),
                arguments("augmentation", Map.of("copies", "7"), bits, 7),
                arguments("augmentation", Map.of(), images, 5),
                arguments("augmentation", Map.of("shift", "2"), images, 9),
                arguments("augmentation", Map.of("shift", "0", "rotations", "4"), images, 9),
                arguments("noise", Map.of(), bits, 500),
                arguments("noise", Map.of("copies", "300"), Populations.numbers(), 300),
                arguments("repeat", Map.of(), bits, 200),
                arguments("sybils", Map.of(), bits, 1),
                arguments("flood", Map.of(), bits, 1),
                arguments("owner-audit", Map.of(), bits, 1));
    }

    @ParameterizedTest
    @MethodSource
    void queries_for_each_target_record(String kind, Map<String, String> values, Population population, int queries) {
        List<Driven> asked = asked(kind, values, population, 6 * queries);

        assertThat(asked.stream().collect(groupingBy(one -> one.question().target(), counting())))
                .hasSize(6)
                .allSatisfy((target, count) -> assertThat(count).isEqualTo(queries));
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).outcome()).isEqualTo((i + 1) % queries == 0 ? Outcome.DONE : Outcome.GOES_ON);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.2", "0.5", "1"})
    void a_score_probe_asks_about_distinct_records_of_which_a_share_are_members(String share) {
        List<Driven> asked = asked("score", Map.of("members", share), Populations.bits(), 120);
        double members = asked.stream().filter(one -> one.question().member()).count() / 120.0;

        assertThat(asked)
                .extracting(one -> Arrays.toString(one.features()))
                .doesNotHaveDuplicates()
                .hasSize(120);
        // Three standard deviations of a share of 120.
        assertThat(members).isBetween(Double.parseDouble(share) - 0.14, Double.parseDouble(share) + 0.14);
        assertThat(asked).allSatisfy(one -> assertThat(one.question().member()).isEqualTo(one.features()[0] == 1));
    }

    @Test
    void a_probe_ends_once_it_is_out_of_records_unless_it_starts_over() {
        List<Driven> once = asked("score", Map.of("members", "1"), Populations.bits(), 1000);
        List<Driven> again = asked("score", Map.of("members", "1", "again", "1"), Populations.bits(), 1000);

        assertThat(once).hasSize(Populations.MEMBERS);
        assertThat(again).hasSize(1000);
    }

    @Test
    void ml_leaks_first_asks_about_noise_at_the_density_given() {
        List<Driven> asked = asked("ml-leaks", Map.of("density", "0.25"), Populations.bits(), 1050);

        assertThat(asked.subList(0, 1000)).allSatisfy(one -> {
            assertThat(one.question().target()).isZero();
            assertThat(one.question().member()).isFalse();
        });
        double ones = asked.subList(0, 1000).stream()
                .mapToDouble(one -> Arrays.stream(one.features()).average().orElseThrow())
                .average()
                .orElseThrow();
        assertThat(ones).isBetween(0.24, 0.26);
        assertThat(asked.subList(1000, 1050))
                .extracting(one -> one.question().target())
                .startsWith(1L, 2L)
                .endsWith(50L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"augmentation", "noise", "lira"})
    void near_copies_of_bits_are_near_and_never_equal_to_the_record(String kind) {
        List<Driven> asked = asked(kind, Map.of("copies", "10", "noise", "0.02"), Populations.bits(), 10);

        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(0).differences(asked.get(i))).isBetween(1, 12);
            assertThat(asked.get(i).features()).containsOnly(0, 1);
        }
    }

    @Test
    void near_copies_of_numbers_have_gaussian_noise_and_stay_in_range() {
        List<Driven> asked = asked("noise", Map.of("copies", "200", "noise", "0.05"), Populations.numbers(), 200);
        double[] record = asked.getFirst().features();
        double sum = 0;
        for (Driven copy : asked.subList(1, 200)) {
            for (int i = 1; i < record.length; i++) {
                sum += Math.pow(copy.features()[i] - record[i], 2);
                assertThat(copy.features()[i]).isBetween(0.0, 1.0);
            }
        }

        assertThat(Math.sqrt(sum / 199 / (record.length - 1))).isBetween(0.045, 0.051);
    }

    @Test
    void averaging_sends_the_very_same_record() {
        List<Driven> asked = asked("repeat", Map.of(), Populations.bits(), 200);

        assertThat(asked)
                .allSatisfy(one ->
                        assertThat(one.features()).isEqualTo(asked.getFirst().features()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.05", "0.1"})
    void low_and_slow_hides_its_probes_in_benign_queries(String share) {
        List<Driven> asked =
                asked("low-and-slow", Map.of("share", share, "members", "1", "again", "1"), Populations.bits(), 10_000);
        long probes = asked.stream().filter(one -> one.question().target() > 0).count();

        double expected = Double.parseDouble(share);
        assertThat(probes / 10_000.0).isBetween(expected - 0.01, expected + 0.01);
        assertThat(asked)
                .allSatisfy(one -> assertThat(one.question().member())
                        .isEqualTo(one.question().target() > 0));
    }

    @Test
    void sybils_share_out_a_few_probes_each_and_then_are_done() {
        List<Driven> asked = asked("sybils", Map.of("members", "0.3"), Populations.bits(), 1000);

        assertThat(asked).hasSize(100);
        assertThat(asked.stream()
                        .map(one -> Objects.requireNonNull(one.question().account()))
                        .collect(groupingBy(account -> account, counting())))
                .hasSize(50)
                .allSatisfy((account, probes) -> {
                    assertThat(account.inCohort()).isTrue();
                    assertThat(probes).isEqualTo(2);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_flood_invents_an_id_for_every_few_queries_in_no_cohort(int uses) {
        List<Driven> asked = asked("flood", Map.of("uses", "" + uses), Populations.bits(), 900);

        assertThat(asked.stream()
                        .map(one -> Objects.requireNonNull(one.question().account()))
                        .collect(groupingBy(account -> account, counting())))
                .hasSize(900 / uses)
                .allSatisfy((account, used) -> {
                    assertThat(account.inCohort()).isFalse();
                    assertThat(used).isEqualTo(uses);
                });
    }

    @Test
    void the_owner_asks_about_every_known_member_once() {
        List<Driven> asked = asked("owner-audit", Map.of(), Populations.bits(), 1000);

        assertThat(asked)
                .hasSize(Populations.MEMBERS)
                .allMatch(one -> one.question().member());
        assertThat(asked).extracting(one -> Arrays.toString(one.features())).doesNotHaveDuplicates();
    }
}
