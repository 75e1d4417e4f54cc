// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.LocationDataset;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.dataset.Split;
import dev.miasma.fixtures.SharedFolder;
import dev.miasma.target.LogisticRegressionTarget;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ModelBasedSynthesisTest {
    private static final int FEATURES = 60;

    /** Confident in class 1 as far as the first half of the bits is set, in class 0 as far as the second is. */
    private static double[] halves(double[] x) {
        double first = 0;
        double second = 0;
        for (int i = 0; i < FEATURES / 2; i++) {
            first += x[i];
            second += x[i + FEATURES / 2];
        }
        double p = 1 / (1 + Math.exp(0.5 * (second - first)));
        return new double[] {1 - p, p};
    }

    @Test
    void makes_records_that_the_target_puts_into_their_class() {
        var synthesis = new ModelBasedSynthesis(
                ModelBasedSynthesisTest::halves, RecordSource.bits(FEATURES), SynthesisOptions.DEFAULT);

        SyntheticData made = synthesis.synthesise("halves", 2, 20, 7);

        assertThat(made.givenUp()).isZero();
        assertThat(made.data().size()).isEqualTo(40);
        assertThat(made.data().synthetic()).isTrue();
        for (int i = 0; i < made.data().size(); i++) {
            int label = made.data().labels()[i];
            double confidence = halves(made.data().features()[i])[label];
            assertThat(confidence).isGreaterThanOrEqualTo(0.5);
            assertThat(made.data().features()[i]).containsOnly(0, 1);
        }
    }

    @Test
    void counts_every_query_it_makes() {
        var asked = new AtomicLong();
        Function<double[], double[]> counting = x -> {
            asked.incrementAndGet();
            return halves(x);
        };

        SyntheticData made = new ModelBasedSynthesis(counting, RecordSource.bits(FEATURES), SynthesisOptions.DEFAULT)
                .synthesise("halves", 2, 5, 7);

        assertThat(made.queries()).isEqualTo(asked.get());
        assertThat(made.queriesPerRecord()).isEqualTo(asked.get() / 10.0);
    }

    @Test
    void gives_up_a_class_that_no_record_reaches() {
        Function<double[], double[]> stubborn = x -> new double[] {0.9, 0.1};
        var options = new SynthesisOptions(128, 4, 10, 0.2, 50);

        SyntheticData made =
                new ModelBasedSynthesis(stubborn, RecordSource.bits(FEATURES), options).synthesise("stubborn", 2, 3, 7);

        assertThat(made.givenUp()).isEqualTo(3);
        assertThat(made.data().labels()).containsOnly(0).hasSize(3);
        assertThat(made.queries()).isGreaterThanOrEqualTo(3 * 50 + 3);
    }

    @Test
    void the_same_seed_makes_the_same_records() {
        var synthesis = new ModelBasedSynthesis(
                ModelBasedSynthesisTest::halves, RecordSource.bits(FEATURES), SynthesisOptions.DEFAULT);

        double[][] first = synthesis.synthesise("halves", 2, 5, 11).data().features();
        double[][] again = synthesis.synthesise("halves", 2, 5, 11).data().features();
        double[][] other = synthesis.synthesise("halves", 2, 5, 12).data().features();

        assertThat(again).isDeepEqualTo(first);
        assertThat(other[0]).isNotEqualTo(first[0]);
    }

    @Test
    void climbs_a_target_trained_on_real_check_ins() throws IOException {
        Dataset location = LocationDataset.read(SharedFolder.require("data"));
        Split split = Split.of(location, 1, 1200);
        var target = LogisticRegressionTarget.train(split.part(0), 0, 1e-3, 30);

        SyntheticData made = new ModelBasedSynthesis(
                        target::posterior, RecordSource.bits(location.width(), 0.12), SynthesisOptions.DEFAULT)
                .synthesise("Location-30, synthesised", location.classes(), 4, 1);

        System.out.printf(
                "model-based synthesis on Location-30: %d records, %.0f queries a record, %d given up%n",
                made.data().size(), made.queriesPerRecord(), made.givenUp());
        assertThat(made.data().size()).isGreaterThanOrEqualTo(100);
        assertThat(made.queriesPerRecord()).isBetween(5.0, 1000.0);
        for (int i = 0; i < made.data().size(); i++) {
            assertThat(target.posterior(made.data().features()[i])[made.data().labels()[i]])
                    .isGreaterThan(SynthesisOptions.DEFAULT.leastConfidence());
        }
    }

    @Test
    void refuses_a_search_that_goes_upwards() {
        assertThatThrownBy(() -> new SynthesisOptions(4, 128, 10, 0.2, 1000))
                .hasMessage("k goes from 4 to 128; at least 1, and not upwards, needed");
    }

    @Test
    void noise_flips_exactly_its_share_of_each_record() {
        Dataset clean = PurchaseLike.generate(3, 50, 200, 5, 0.1);

        Dataset noisy = NoisyRecords.flip(clean, 0.1, 3);

        for (int r = 0; r < clean.size(); r++) {
            int different = 0;
            for (int i = 0; i < clean.width(); i++) {
                different += clean.features()[r][i] == noisy.features()[r][i] ? 0 : 1;
            }
            assertThat(different).isEqualTo(20);
        }
        assertThat(noisy.labels()).isEqualTo(clean.labels());
    }

    @Test
    void noise_refuses_what_is_no_bit() {
        Dataset numeric = new Dataset("numeric", new double[][] {{0.5}}, new int[] {0}, 2, true);

        assertThatThrownBy(() -> NoisyRecords.flip(numeric, 1, 3))
                .hasMessage("feature 0 of record 0 is 0.5; 0 or 1 needed to be flipped");
    }

    @Test
    void marginals_keep_the_frequency_of_every_value() {
        Dataset sample = PurchaseLike.generate(5, 400, 30, 3, 0.2);
        Marginals marginals = Marginals.of(sample.features());
        var random = new Random(5);
        int draws = 4000;
        double[] drawn = new double[sample.width()];
        for (int i = 0; i < draws; i++) {
            double[] record = marginals.record(random);
            for (int f = 0; f < record.length; f++) {
                drawn[f] += record[f] / draws;
            }
        }

        for (int f = 0; f < sample.width(); f++) {
            double share = 0;
            for (double[] record : sample.features()) {
                share += record[f] / sample.size();
            }
            // Five standard deviations of a share of 4,000 draws.
            assertThat(drawn[f]).isBetween(share - 0.04, share + 0.04);
        }
    }
}
