// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientLimitsTest {

    @ParameterizedTest
    @CsvSource({
        // Summed from the binomial distribution itself, in another language.
        "14, 0.99, 0.001, 3113",
        "14, 0.95, 0.001,  591",
        "14, 0.9,  0.001,  290",
        "11, 0.95, 0.001,  503",
        " 1, 0.95, 0.001,  150",
        " 1, 0.99, 0.001,  797",
        "14, 0.95, 0.01,   561",
        " 3, 0.9,  0.1,    124",
        // The half of delta by which a client's own rates may be above its bounds is more than 1 % already.
        "14, 0.99, 0.05, 2147483647"
    })
    void needs_as_many_clients_as_the_binomial_distribution_says(int cuts, double quantile, double delta, int needed) {
        assertThat(ClientLimits.clientsNeeded(cuts, quantile, delta)).isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 14, 0",
        "590, 14, 0",
        "591, 14, 1",
        "700, 14, 1",
        "1000, 14, 2",
        "3000, 14, 7",
        "10000, 14, 30",
        "1000, 1, 29"
    })
    void leaves_out_as_many_clients_as_the_share_allows(int clients, int cuts, int leftOut) {
        assertThat(ClientLimits.leftOutPerCut(clients, cuts, 0.95, 0.001)).isEqualTo(leftOut);
    }

    @Test
    void says_what_share_may_be_outside_also_of_few_clients() {
        assertThat(ClientLimits.shareOutside(100, 14, 0.001)).isEqualTo(0.2728924993598706, within(1e-9));
        assertThat(ClientLimits.shareOutside(1000, 14, 0.001)).isEqualTo(0.029903773673064557, within(1e-9));
        assertThat(ClientLimits.shareOutside(13, 14, 0.001)).isEqualTo(1);
    }

    @Test
    void leaves_each_client_out_once() {
        // Client 0 is the largest everywhere, client 1 the next at the first cut, client 2 at the second.
        List<int[]> atOrAbove = List.of(new int[] {90, 80}, new int[] {70, 10}, new int[] {20, 20}, new int[] {15, 5});
        int[] queries = {100, 100, 100, 100};

        assertThat(ClientLimits.deciding(atOrAbove, queries, 2, 0, 0.001)).containsExactly(0, 0);
        assertThat(ClientLimits.deciding(atOrAbove, queries, 2, 1, 0.001)).containsExactly(0, 2);
        assertThat(ClientLimits.deciding(atOrAbove, queries, 2, 2, 0.001)).containsExactly(1, 3);
    }

    @Test
    void few_queries_bound_less_than_many() {
        List<int[]> atOrAbove = List.of(new int[] {1}, new int[] {30});

        assertThat(ClientLimits.deciding(atOrAbove, new int[] {20, 1000}, 1, 0, 0.001))
                .containsExactly(0);
    }

    @Property(tries = 60, seed = "20261122")
    void a_further_client_is_outside_as_seldom_as_said(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int cuts,
            @ForAll @DoubleRange(max = 1) double alike) {
        // Clients whose rates at the cuts hang together a little or a lot, counted without error: 15 samples of them.
        Random random = new Random(seed);
        int n = 500;
        int clients = 150;
        int[] queries = new int[clients];
        Arrays.fill(queries, n);
        int r = ClientLimits.leftOutPerCut(clients, cuts, 0.9, 0.1);
        double promised = ClientLimits.shareOutside(clients, (long) r * cuts, 0.1) - 0.05;
        int broken = 0;
        for (int sample = 0; sample < 15; sample++) {
            List<int[]> seen = IntStream.range(0, clients)
                    .mapToObj(i -> client(random, cuts, n, alike))
                    .toList();
            int[] deciding = ClientLimits.deciding(seen, queries, cuts, r, 0.1);
            long outside = IntStream.range(0, 4000)
                    .mapToObj(i -> client(random, cuts, n, alike))
                    .filter(client -> IntStream.range(0, cuts).anyMatch(j -> client[j] > seen.get(deciding[j])[j]))
                    .count();
            broken += outside / 4000.0 > promised ? 1 : 0;
        }

        // At most 5 % of samples may break it: 6 of 15 or more do by chance once in 20,000 properties.
        assertThat(r).isPositive();
        assertThat(broken).isLessThanOrEqualTo(5);
    }

    @Test
    void one_rate_of_all_clients_is_bounded_as_one_cut() {
        long[] repeats = new long[200];
        long[] queries = new long[200];
        Arrays.fill(queries, 300);
        repeats[17] = 90;
        repeats[3] = 30;
        queries[5] = 10;
        repeats[5] = 10;

        ClientQuantile of199 = ClientQuantile.of(repeats, queries, 200, 0.95, 0.001);

        assertThat(of199.clients()).isEqualTo(199);
        assertThat(of199.guaranteed()).isTrue();
        assertThat(of199.clientsNeeded()).isEqualTo(150);
        // Of 199 clients one may be left out before the bound; the one with few queries is none of them.
        assertThat(of199.bound()).isEqualTo(ClopperPearson.upperBound(30, 300, 0.0005));
        assertThat(of199.seen()).isEqualTo(0.1);
        assertThat(ClientQuantile.of(new long[] {1}, new long[] {10}, 200, 0.95, 0.001))
                .isEqualTo(new ClientQuantile(1, Double.NaN, 0, false, 150));
        assertThatThrownBy(() -> ClientQuantile.of(new long[] {11}, new long[] {10}, 1, 0.95, 0.001))
                .hasMessageContaining("count of a client is 11; 0 to its 10 queries");
        assertThatThrownBy(() -> ClientQuantile.of(new long[] {1}, new long[2], 1, 0.95, 0.001))
                .hasMessageContaining("counts are 1; one for each of 2 clients");
    }

    private static int[] client(Random random, int cuts, int n, double alike) {
        double common = random.nextDouble();
        int[] atOrAbove = new int[cuts];
        for (int j = 0; j < cuts; j++) {
            atOrAbove[j] = (int) (n * (alike * common + (1 - alike) * random.nextDouble()));
        }
        return atOrAbove;
    }
}
