// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.ScoredQuery;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForeseenKeysTest {
    private final ForeseenKeys keys = new ForeseenKeys();

    private static ScoredQuery query(String client) {
        return new ScoredQuery(
                "q",
                "fraud",
                "7",
                client,
                null,
                1,
                2,
                true,
                ScoredQuery.NO_LOCALITY,
                0.5f,
                new AttackScore(0.5, 0, false, false, EvidenceColumn.of(new float[1]), 0.01, "model", true),
                null);
    }

    private List<ScoredQuery> foresee(int count) {
        List<ScoredQuery> queries =
                IntStream.range(0, count).mapToObj(i -> query("client-" + i)).toList();
        queries.forEach(query -> keys.keep(query, query.client()));
        return queries;
    }

    @Test
    void gives_the_keys_back_in_turn_again_and_again() {
        for (int round = 0; round < 3; round++) {
            assertThat(foresee(ForeseenKeys.MOST))
                    .allSatisfy(query -> assertThat(keys.take(query)).isEqualTo(query.client()));
        }
    }

    @Test
    void has_no_key_of_a_query_that_was_not_foreseen_or_is_past_the_most() {
        assertThat(keys.take(query("nobody"))).isNull();

        List<ScoredQuery> queries = foresee(ForeseenKeys.MOST + 1);

        queries.subList(0, ForeseenKeys.MOST)
                .forEach(query -> assertThat(keys.take(query)).isNotNull());
        assertThat(keys.take(queries.getLast())).isNull();
    }

    @Test
    void forgets_what_was_foreseen_where_another_query_comes() {
        List<ScoredQuery> queries = foresee(3);
        assertThat(keys.take(queries.get(0))).isNotNull();

        assertThat(keys.take(query("client-1"))).as("the like of it is not it").isNull();

        assertThat(keys.take(queries.get(1))).isNull();
        ScoredQuery next = foresee(1).getFirst();
        assertThat(keys.take(next)).isEqualTo("client-0");
    }
}
