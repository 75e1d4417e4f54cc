// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    private static final long START = 1_767_225_600_000L;

    private static ScenarioPlan plan(long seed, String... groups) {
        return new ScenarioPlan(
                Arrays.stream(groups).map(ClientGroup::parse).toList(), 20, 1000, seed, START, "drill-");
    }

    private static Scenario scenario(ScenarioPlan plan) {
        return new Scenario(plan, Populations.bits(), Populations.linear(0.3));
    }

    private static List<SimulatedQuery> first(Scenario scenario, int most) {
        List<SimulatedQuery> queries = new ArrayList<>();
        while (queries.size() < most) {
            Optional<SimulatedQuery> query = scenario.next();
            if (query.isEmpty()) {
                break;
            }
            queries.add(query.get());
        }
        return queries;
    }

    private static List<String> told(List<SimulatedQuery> queries) {
        return queries.stream()
                .map(query -> query.client() + " " + query.timeMillis() + " " + Arrays.toString(query.features()) + " "
                        + query.member() + " " + query.outcome())
                .toList();
    }

    static Stream<String> every_kind_asks_the_same_with_the_same_seed_and_something_else_with_another() {
        return ClientKinds.list().stream().map(ClientKind::name);
    }

    @ParameterizedTest
    @MethodSource
    void every_kind_asks_the_same_with_the_same_seed_and_something_else_with_another(String kind) {
        List<String> once = told(first(scenario(plan(1, kind)), 300));
        List<String> again = told(first(scenario(plan(1, kind)), 300));
        List<String> other = told(first(scenario(plan(2, kind)), 300));

        assertThat(once).hasSizeGreaterThanOrEqualTo(100).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void what_a_client_asks_does_not_depend_on_the_others() {
        List<double[]> alone = first(scenario(plan(1, "steady:clients=10", "score")), 5000).stream()
                .filter(query -> query.client().equals("drill-steady-003"))
                .map(SimulatedQuery::features)
                .limit(100)
                .toList();
        List<double[]> amongOthers =
                first(scenario(plan(1, "bursty", "synthesis", "steady:clients=10", "noise:clients=3")), 9000).stream()
                        .filter(query -> query.client().equals("drill-steady-003"))
                        .map(SimulatedQuery::features)
                        .limit(100)
                        .toList();

        assertThat(amongOthers).hasSize(100).usingRecursiveComparison().isEqualTo(alone);
    }

    @Test
    void groups_make_their_shares_of_the_queries_at_the_plan_s_rate() {
        List<SimulatedQuery> queries = first(
                scenario(plan(
                        3, "steady", "bursty:burst=5", "noise:traffic=0.2:clients=4", "synthesis", "batch:rows=10")),
                40_000);
        Map<String, Long> byKind =
                new TreeMap<>(queries.stream().collect(groupingBy(SimulatedQuery::kind, counting())));

        assertThat(queries).isSortedAccordingTo((a, b) -> Long.compare(a.timeMillis(), b.timeMillis()));
        assertThat(queries.getLast().timeMillis() - START).isBetween(38_000L, 42_000L);
        assertThat(byKind.getOrDefault("noise", 0L) / 40_000.0).isBetween(0.19, 0.21);
        assertThat(byKind.getOrDefault("synthesis", 0L) / 40_000.0).isBetween(0.045, 0.055);
        for (String benign : List.of("steady", "bursty", "batch")) {
            assertThat(byKind.getOrDefault(benign, 0L) / 40_000.0).as(benign).isBetween(0.22, 0.28);
        }
        assertThat(queries.stream()
                        .filter(query -> !query.attack())
                        .map(SimulatedQuery::client)
                        .distinct())
                .hasSize(18);
    }

    @Test
    void attacks_alone_share_all_queries() {
        List<SimulatedQuery> queries = first(scenario(plan(3, "noise", "repeat:traffic=0.15")), 10_000);

        assertThat(queries.getLast().timeMillis() - START).isBetween(9_500L, 10_500L);
        assertThat(queries.stream()
                        .filter(query -> query.kind().equals("repeat"))
                        .count())
                .isBetween(7_200L, 7_800L);
    }

    @Test
    void ends_once_nobody_has_anything_left_to_ask_and_goes_on_without_those_who_have_not() {
        Scenario ending = scenario(plan(1, "owner-audit"));
        List<SimulatedQuery> audit = first(ending, 1000);
        List<SimulatedQuery> mixed = first(scenario(plan(1, "owner-audit", "steady")), 20_000);

        assertThat(audit).hasSize(Populations.MEMBERS);
        assertThat(ending.next()).isEmpty();
        assertThat(mixed).hasSize(20_000).filteredOn(SimulatedQuery::attack).hasSize(Populations.MEMBERS);
    }

    @Test
    void the_truth_adds_up() {
        Scenario scenario = scenario(plan(5, "steady", "score:members=0.2", "augmentation", "synthesis", "sybils"));
        List<SimulatedQuery> queries = first(scenario, 10_000);

        assertThat(scenario.truth().stream().mapToLong(ClientTruth::queries).sum())
                .isEqualTo(10_000);
        assertThat(scenario.truth()).allSatisfy(client -> {
            List<SimulatedQuery> own = queries.stream()
                    .filter(query -> query.client().equals(client.client()))
                    .toList();
            assertThat(client.queries()).isEqualTo(own.size());
            assertThat(client.memberQueries())
                    .isEqualTo(own.stream().filter(SimulatedQuery::member).count());
            assertThat(client.kind()).isEqualTo(own.getFirst().kind());
            assertThat(client.firstMillis()).isEqualTo(own.getFirst().timeMillis());
            assertThat(client.lastMillis()).isEqualTo(own.getLast().timeMillis());
            if (!client.attack()) {
                assertThat(client.memberQueries()).isZero();
                assertThat(client.targets()).isZero();
            }
        });
        ClientTruth augmentation = scenario.truth().stream()
                .filter(client -> client.kind().equals("augmentation"))
                .findFirst()
                .orElseThrow();
        assertThat(augmentation.targets())
                .isEqualTo(augmentation.queries() / 10)
                .isGreaterThan(10);
    }

    @Test
    void names_begin_with_the_prefix_and_ids_are_unique_also_over_runs() {
        ScenarioPlan later = new ScenarioPlan(List.of(ClientGroup.of("steady")), 20, 1000, 1, START + 60_000, "drill-");
        List<SimulatedQuery> queries = new ArrayList<>(first(scenario(plan(1, "steady", "flood")), 500));
        queries.addAll(first(scenario(later), 500));

        assertThat(queries).allSatisfy(query -> {
            assertThat(query.client()).startsWith("drill-" + query.kind() + "-");
            assertThat(query.id()).startsWith("drill-");
        });
        assertThat(new HashSet<>(queries.stream().map(SimulatedQuery::id).toList()))
                .hasSize(1000);
    }

    @Test
    void cohorts_hold_the_accounts_of_sybils_and_the_clients_divided_among_them() {
        List<SimulatedQuery> queries =
                first(scenario(plan(1, "steady:clients=6:cohorts=2", "sybils:clients=2", "flood", "score")), 5000);

        assertThat(queries)
                .filteredOn(query -> query.kind().equals("sybils"))
                .allMatch(query -> query.client().startsWith(query.cohort() + "-"))
                .extracting(SimulatedQuery::cohort)
                .containsOnly("drill-sybils-001", "drill-sybils-002");
        assertThat(queries)
                .filteredOn(query -> query.kind().equals("steady"))
                .extracting(query -> query.client() + " " + query.cohort())
                .contains("drill-steady-001 drill-steady-cohort-001", "drill-steady-004 drill-steady-cohort-002")
                .doesNotContain("drill-steady-001 drill-steady-cohort-002");
        assertThat(queries)
                .filteredOn(
                        query -> query.kind().equals("flood") || query.kind().equals("score"))
                .allMatch(query -> query.cohort() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch:rows=30:clients=1", "bursty:burst=30:times=100:clients=1"})
    void benign_events_are_bunched_in_time(String kind) {
        List<SimulatedQuery> queries = first(scenario(plan(1, kind)), 3000);
        long close = 0;
        for (int i = 1; i < queries.size(); i++) {
            close += queries.get(i).timeMillis() == queries.get(i - 1).timeMillis() ? 1 : 0;
        }

        // A steady client at 1,000 queries a second has about 37 % of them in the same millisecond as the last.
        assertThat(close / 3000.0).isGreaterThan(0.9);
    }

    @Test
    void refuses_a_plan_out_of_bounds() {
        assertThatThrownBy(() -> plan(1)).hasMessage("no kinds of clients: at least 1 is needed");
        assertThatThrownBy(() -> plan(1, "score:traffic=0.7", "noise:traffic=0.6"))
                .hasMessage("shares of traffic sum to 1.3: must be at most 1");
        assertThatThrownBy(() -> plan(1, "score:traffic=1", "steady"))
                .hasMessage("shares of traffic sum to 1.0: must be below 1, for the rest is of those without a share");
        assertThatThrownBy(() -> plan(1, "score:traffic=0")).hasMessage("score: traffic is 0: must be above 0");
        assertThatThrownBy(() -> new ScenarioPlan(List.of(ClientGroup.of("steady")), 0, 1, 1, START, ""))
                .hasMessage("benign clients are 0: must be at least 1");
        assertThatThrownBy(() -> new ScenarioPlan(List.of(ClientGroup.of("steady")), 1, 0, 1, START, ""))
                .hasMessage("queries a second are 0.0: must be above 0 to 1e6");
        assertThatThrownBy(() -> Population.of(new double[0][], new double[1][3]))
                .hasMessage("members are 0, non-members 1: at least 1 of each is needed");
        assertThatThrownBy(() -> Population.of(new double[1][2], new double[1][3]))
                .hasMessage("a record has 3 features, another 2: all must have as many, and at least 1");
    }
}
