// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingBenchTest {
    private static final Load FIRST = new Load(10, 10_000, 20, 1, 2, 1, 300_000, 4, 5, 1, Map.of());

    private static BenchRun run(Load load) {
        return new BenchRun(load.asMap(), List.of());
    }

    @Test
    void every_load_differs_from_the_first_in_the_one_thing_that_its_title_says() {
        assertThat(ScalingBench.loads(FIRST, false))
                .extracting(load -> ScalingBench.title(run(FIRST), run(load)))
                .containsExactly(
                        "10 classes, 10,000 clients, 1 instance, 300,000 queries at once",
                        "30 classes",
                        "100 classes",
                        "1,000 clients",
                        "100,000 clients",
                        "1,000,000 clients",
                        "2 instances",
                        "3 instances",
                        "4 instances",
                        "30,000 queries at once",
                        "3,000 queries at once");
    }

    @Test
    void a_round_has_whole_events() {
        Load batches = new Load(10, 10_000, 20, 200, 2, 1, 2_150, 4, 5, 1, Map.of());

        assertThat(batches.queries()).isEqualTo(2_000);
    }
}
