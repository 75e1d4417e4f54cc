// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.decode.Arrival;
import dev.miasma.decode.Batch;
import dev.miasma.decode.Prediction;
import dev.miasma.score.ScoredQuery;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchEventsTest {
    @Test
    void a_seed_gives_the_same_events_again() {
        BenchEvents first = new BenchEvents(10, 100, 20, 7);
        BenchEvents second = new BenchEvents(10, 100, 20, 7);

        assertThat(IntStream.range(0, 100).mapToObj(i -> first.next()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> second.next()).toList());
    }

    @Test
    void an_event_with_rows_is_a_batch_of_one_client() {
        BenchEvents events = new BenchEvents(10, 1000, 20, 3, 7);

        Batch batch = (Batch) DecodeWork.decoder().decode(events.next(), new Arrival("", 0, null, null));

        assertThat(batch.size()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).mapToObj(batch::row))
                .allSatisfy(row -> assertThat(row).isInstanceOf(Prediction.class))
                .extracting(row -> ((Prediction) row).id())
                .containsExactly("q-1", "q-2", "q-3");
    }

    @Test
    void the_most_active_client_asks_about_twice_as_often_as_the_second() {
        BenchQueries queries = new BenchQueries(new BenchEvents(10, 1000, 0, 1));

        List<Long> counts = queries.take(20_000).stream()
                .collect(Collectors.groupingBy(ScoredQuery::client, Collectors.counting()))
                .values()
                .stream()
                .sorted((a, b) -> Long.compare(b, a))
                .toList();

        assertThat((double) counts.get(0) / counts.get(1)).isBetween(1.7, 2.3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void probers_get_more_member_like_answers_than_others(int classes) {
        BenchEvents events = new BenchEvents(classes, 1000, 20, 1);
        BenchQueries queries = new BenchQueries(events);

        Map<Boolean, Double> aboveMedian = IntStream.range(0, 20_000)
                .mapToObj(i -> Map.entry(queries.next(), events.asksAsProber()))
                .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.averagingDouble(entry -> {
                    var attack = entry.getKey().attack();
                    return attack != null && attack.aboveMedian() ? 1 : 0;
                })));

        assertThat(aboveMedian.get(true)).isGreaterThan(aboveMedian.getOrDefault(false, 1.0) + 0.2);
    }
}
