// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final double[][] MEMBERS = pool(300, 1);
    private static final double[][] NON_MEMBERS = pool(500, 0);

    private static double[] answer(double[] features) {
        return new double[] {features[0], 1 - features[0]};
    }

    private static double[][] pool(int size, double mark) {
        double[][] records = new double[size][];
        for (int i = 0; i < size; i++) {
            records[i] = new double[] {mark, i};
        }
        return records;
    }

    private static TrafficPlan plan(double memberShare) {
        return new TrafficPlan(42, 20, 4, memberShare, 0.1, 1_000_000, 1000);
    }

    private static List<SimulatedQuery> first(Traffic traffic, int count) {
        List<SimulatedQuery> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(traffic.next());
        }
        return queries;
    }

    @Test
    void the_same_plan_gives_the_same_queries() {
        List<SimulatedQuery> once = first(new Traffic(plan(0.5), MEMBERS, NON_MEMBERS, TrafficTest::answer), 1000);
        List<SimulatedQuery> again = first(new Traffic(plan(0.5), MEMBERS, NON_MEMBERS, TrafficTest::answer), 1000);

        assertThat(again).usingRecursiveComparison().isEqualTo(once);
    }

    @Test
    void benign_clients_never_ask_about_a_member() {
        List<SimulatedQuery> queries = first(new Traffic(plan(1), MEMBERS, NON_MEMBERS, TrafficTest::answer), 5000);

        assertThat(queries)
                .filteredOn(query -> query.client().startsWith(Traffic.BENIGN))
                .allMatch(query -> query.features()[0] == 0);
    }

    @Test
    void probers_ask_about_members_as_often_as_the_plan_says() {
        List<SimulatedQuery> queries = first(new Traffic(plan(0.5), MEMBERS, NON_MEMBERS, TrafficTest::answer), 10_000);
        List<SimulatedQuery> probes = queries.stream()
                .filter(query -> query.client().startsWith(Traffic.PROBER))
                .toList();
        double aboutMembers =
                probes.stream().filter(query -> query.features()[0] == 1).count() / (double) probes.size();

        // Five standard deviations of a share of about 1,000.
        assertThat(probes.size() / 10_000.0).isBetween(0.085, 0.115);
        assertThat(aboutMembers).isBetween(0.42, 0.58);
    }

    @Test
    void a_client_asks_each_record_once_before_any_twice() {
        List<SimulatedQuery> queries = first(new Traffic(plan(1), MEMBERS, NON_MEMBERS, TrafficTest::answer), 8_000);
        Set<Double> seen = new HashSet<>();

        for (SimulatedQuery query : queries) {
            if (query.client().equals("prober-001") && seen.size() < MEMBERS.length) {
                assertThat(seen.add(query.features()[1])).isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
    }

    @Test
    void counts_what_it_gave() {
        Traffic traffic = new Traffic(plan(0.5), MEMBERS, NON_MEMBERS, TrafficTest::answer);
        List<SimulatedQuery> queries = first(traffic, 3000);

        long benign = queries.stream()
                .filter(query -> query.client().startsWith(Traffic.BENIGN))
                .count();
        assertThat(traffic.benignQueries()).isEqualTo(benign);
        assertThat(traffic.proberQueries().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(3000 - benign);
        assertThat(traffic.proberQueries()).hasSize(4);
    }

    @Test
    void event_time_runs_at_the_plan_s_rate() {
        List<SimulatedQuery> queries = first(new Traffic(plan(0.5), MEMBERS, NON_MEMBERS, TrafficTest::answer), 2001);

        assertThat(queries.getFirst().timeMillis()).isEqualTo(1_000_000);
        assertThat(queries.getLast().timeMillis()).isEqualTo(1_002_000);
    }

    /** What the demo's figures in the documents rest on. */
    @Test
    void a_seed_still_gives_the_queries_it_always_gave() {
        long hash = 0;
        for (SimulatedQuery query : first(new Traffic(plan(0.5), MEMBERS, NON_MEMBERS, TrafficTest::answer), 20_000)) {
            hash = hash * 31
                    + Objects.hash(
                            query.id(), query.client(), query.timeMillis(), query.features()[0], query.features()[1]);
        }

        assertThat(hash).isEqualTo(7631516404757704583L);
    }

    @Test
    void every_query_comes_with_its_answer() {
        List<SimulatedQuery> queries = first(new Traffic(plan(0.5), MEMBERS, NON_MEMBERS, TrafficTest::answer), 500);

        assertThat(queries).allSatisfy(query -> {
            assertThat(query.posterior()).isEqualTo(answer(query.features()));
            assertThat(query.member()).isEqualTo(query.features()[0] == 1);
        });
    }

    @Test
    void a_plan_out_of_bounds_is_refused() {
        assertThatThrownBy(() -> new TrafficPlan(1, 0, 1, 0.5, 0.1, 0, 1))
                .hasMessage("benign clients is 0: must be at least 1");
        assertThatThrownBy(() -> new TrafficPlan(1, 1, 1, 1.5, 0.1, 0, 1))
                .hasMessage("member share is 1.5: must be 0 to 1");
        assertThatThrownBy(() -> new Traffic(plan(0.5), new double[0][], NON_MEMBERS, TrafficTest::answer))
                .hasMessage("no records to ask about");
    }
}
