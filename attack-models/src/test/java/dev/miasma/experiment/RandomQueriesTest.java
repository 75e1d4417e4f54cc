// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.target.TargetModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomQueriesTest {

    /** Two bits, the first rare; a number from -2 to 6. */
    private static final Dataset RECORDS = new Dataset(
            "records", new double[][] {{0, 1, -2}, {0, 1, 6}, {0, 0, 0.5}, {1, 1, 3}}, new int[] {0, 1, 0, 1}, 2, true);

    @Test
    void uniform_queries_fill_the_range_and_toss_a_coin_for_bits() {
        List<double[]> asked = asked(RandomQueries.UNIFORM);

        assertThat(asked).allMatch(x -> (x[0] == 0 || x[0] == 1) && x[2] >= -2 && x[2] <= 6);
        assertThat(mean(asked, 0)).isCloseTo(0.5, within(0.05));
        assertThat(mean(asked, 2)).isCloseTo(2, within(0.25));
        assertThat(asked).anyMatch(x -> x[2] != 0.5 && x[2] != -2 && x[2] != 6 && x[2] != 3);
    }

    @Test
    void marginal_queries_have_the_values_of_records_as_often_as_those() {
        List<double[]> asked = asked(RandomQueries.MARGINAL);

        assertThat(mean(asked, 0)).isCloseTo(0.25, within(0.05));
        assertThat(mean(asked, 1)).isCloseTo(0.75, within(0.05));
        assertThat(asked).allMatch(x -> x[2] == -2 || x[2] == 6 || x[2] == 0.5 || x[2] == 3);
    }

    @Test
    void equal_seeds_ask_equal_queries() {
        assertThat(asked(RandomQueries.UNIFORM).get(17))
                .isEqualTo(asked(RandomQueries.UNIFORM).get(17));
    }

    private static List<double[]> asked(RandomQueries queries) {
        List<double[]> asked = new ArrayList<>();
        TargetModel model = new TargetModel() {
            @Override
            public int classes() {
                return 2;
            }

            @Override
            public int features() {
                return 3;
            }

            @Override
            public void posterior(double[] x, double[] out) {
                asked.add(x.clone());
                out[0] = 0.25;
                out[1] = 0.75;
            }
        };
        PosteriorSet answers = queries.ask(model, RECORDS, 2000, 7);
        assertThat(answers.size()).isEqualTo(2000);
        assertThat(answers.posteriors()[0]).containsExactly(0.25, 0.75);
        return asked;
    }

    private static double mean(List<double[]> asked, int feature) {
        return asked.stream().mapToDouble(x -> x[feature]).average().orElseThrow();
    }
}
