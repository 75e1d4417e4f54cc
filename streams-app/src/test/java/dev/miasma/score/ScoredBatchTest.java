// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoredBatchTest {
    private final ScoredBatch.Builder builder = new ScoredBatch.Builder();

    private int fill(ScoredQuery query) {
        int added = 0;
        while (added < 1_000 && builder.add(query, added)) {
            added++;
        }
        return added;
    }

    @Test
    void has_room_for_sixty_four_queries() {
        assertThat(fill(Queries.query())).isEqualTo(64);
    }

    @Test
    void has_room_for_sixty_four_kilobytes_as_they_are_written() {
        ScoredQuery large = Queries.withId("é".repeat(1_000));

        int added = fill(large);

        assertThat(added).isBetween(10, 30);
        assertThat(ScoredBatchSerde.write(builder.take())).hasSizeLessThan(64 << 10);
    }

    @Test
    void has_room_for_any_query_alone_and_for_none_beside_a_large_one() {
        ScoredQuery large = Queries.withId("x".repeat(60_000));

        assertThat(builder.add(large, 1)).isTrue();
        assertThat(builder.add(Queries.query(), 2)).isFalse();
        assertThat(builder.take().queries()).containsExactly(new ScoredBatch.Timed(large, 1));
    }

    @Test
    void begins_anew_when_its_batch_is_taken() {
        builder.add(Queries.withId("a"), 1);
        builder.add(Queries.withId("b"), 2);

        ScoredBatch first = builder.take();
        builder.add(Queries.withId("c"), 3);

        assertThat(first.queries()).extracting(timed -> timed.query().queryId()).containsExactly("a", "b");
        assertThat(builder.isEmpty()).isFalse();
        assertThat(builder.take().queries())
                .extracting(ScoredBatch.Timed::timestampMillis)
                .containsExactly(3L);
        assertThat(builder.isEmpty()).isTrue();
    }

    @Test
    void no_query_takes_more_bytes_than_it_is_reckoned_with() {
        for (String id : new String[] {"", "a", "é", "漢", "😀", "x".repeat(5_000)}) {
            ScoredQuery query = Queries.withId(id);
            assertThat(ScoredQuerySerde.write(query).length)
                    .as(id)
                    .isLessThanOrEqualTo(ScoredQuerySerde.sizeAtMost(query));
        }
    }
}
