// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EvidenceTableTest {

    @Property(tries = 300, seed = "20261122")
    void every_table_is_nondecreasing_with_mean_at_most_1_under_the_null(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int cuts) {
        Random random = new Random(seed);
        double[] bounds = random.doubles(cuts, 1e-9, 1)
                .map(d -> random.nextBoolean() ? d : d * d * d)
                .boxed()
                .sorted((a, b) -> Double.compare(b, a))
                .mapToDouble(d -> d)
                .toArray();
        int[] members = random.ints(cuts + 1, 0, 1 + random.nextInt(2000)).toArray();
        int[] others = random.ints(cuts + 1, 0, 1 + random.nextInt(2000)).toArray();

        List<EvidenceTable> tables = List.of(
                EvidenceTable.fromMembers(bounds, others, members),
                EvidenceTable.fromPValues(bounds),
                EvidenceTable.likelihoodRatios(bounds[0], (1 + bounds[0]) / 2, 0.5 * bounds[0] + 0.499999));

        assertValid(tables.get(0), bounds);
        assertValid(tables.get(1), bounds);
        assertValid(tables.get(2), new double[] {bounds[0]});
    }

    @Property(tries = 100, seed = "20261122")
    void a_null_that_obeys_the_bounds_gains_nothing(@ForAll long seed) {
        Random random = new Random(seed);
        double[] bounds = {0.6, 0.3, 0.1, 0.02};
        EvidenceTable table =
                EvidenceTable.fromMembers(bounds, new int[] {50, 25, 15, 8, 2}, new int[] {10, 20, 40, 100, 60});
        double[] lower = new double[bounds.length];
        for (int j = 0; j < lower.length; j++) {
            lower[j] = Math.min(bounds[j], j == 0 ? 1 : lower[j - 1]) * random.nextDouble();
        }

        for (int row = 0; row < table.rows(); row++) {
            assertThat(EvidenceTable.mean(likelihoods(table, row), lower)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void members_evidence_is_the_ratio_of_a_probe_to_the_extremal_null() {
        double[] bounds = {0.5, 0.1};

        EvidenceTable table = EvidenceTable.fromMembers(bounds, new int[] {59, 34, 4}, new int[] {9, 30, 60});

        // Non-members (59.5, 34.5, 4.5) / 98.5 and members (9.5, 30.5, 60.5) / 100.5, over the null's (0.5, 0.4, 0.1).
        double[] q = {0.5, 0.4, 0.1};
        double[] out = {59.5 / 98.5, 34.5 / 98.5, 4.5 / 98.5};
        double[] in = {9.5 / 100.5, 30.5 / 100.5, 60.5 / 100.5};
        double[] shares = {0.2, 0.5, 1};
        assertThat(table.rows()).isEqualTo(3);
        for (int row = 0; row < 3; row++) {
            assertThat(table.rowName(row)).isEqualTo("member-share-" + shares[row]);
            double[] ratio = new double[3];
            for (int bin = 0; bin < 3; bin++) {
                ratio[bin] = ((1 - shares[row]) * out[bin] + shares[row] * in[bin]) / q[bin];
            }
            if (ratio[0] > ratio[1]) {
                ratio[0] = (ratio[0] * q[0] + ratio[1] * q[1]) / (q[0] + q[1]);
                ratio[1] = ratio[0];
            }
            for (int bin = 0; bin < 3; bin++) {
                assertThat((double) table.logEvidence(row, bin)).isEqualTo(Math.log(ratio[bin]), within(1e-6));
            }
        }
    }

    @Test
    void a_share_of_members_that_the_bounds_explain_has_no_row() {
        int[] others = {700, 200, 80, 20};
        int[] members = {100, 200, 300, 400};

        EvidenceTable narrow = EvidenceTable.fromMembers(new double[] {0.305, 0.103, 0.022}, others, members);
        EvidenceTable wide = EvidenceTable.fromMembers(new double[] {0.45, 0.25, 0.1}, others, members);
        EvidenceTable none = EvidenceTable.fromMembers(new double[] {0.45, 0.25, 0.1}, others, others);

        assertThat(narrow.rows()).isEqualTo(4);
        assertThat(wide.rows()).isEqualTo(2);
        assertThat(wide.rowName(0)).isEqualTo("member-share-0.5");
        assertThat(none.rows()).isEqualTo(1);
        assertThat(none.rowName(0)).isEqualTo("member-share-1.0");
        assertThat(none.logEvidence(0, 3)).isBetween(-1e-5f, 0f);
    }

    @Test
    void between_two_equal_bounds_evidence_does_not_rise() {
        EvidenceTable table = EvidenceTable.fromMembers(
                new double[] {0.3, 0.3, 0.1}, new int[] {70, 10, 15, 5}, new int[] {5, 5, 30, 60});

        for (int row = 0; row < table.rows(); row++) {
            assertThat(table.logEvidence(row, 1)).isEqualTo(table.logEvidence(row, 2));
        }
        assertValid(table, new double[] {0.3, 0.3, 0.1});
    }

    @Test
    void p_value_evidence_is_never_below_the_calibrator_at_the_bins_bound() {
        double[] bounds = {0.9, 0.5, 0.2, 0.05, 0.01};

        EvidenceTable table = EvidenceTable.fromPValues(bounds);

        double[] kappas = {0.2, 0.5, 0.8};
        for (int row = 0; row < kappas.length; row++) {
            for (int bin = 0; bin < table.bins(); bin++) {
                double p = bin == 0 ? 1 : bounds[bin - 1];
                assertThat(Math.exp(table.logEvidence(row, bin)) + 1e-6)
                        .isGreaterThan(kappas[row] * Math.pow(p, kappas[row] - 1));
            }
        }
    }

    @Test
    void a_flag_is_worth_its_likelihood_ratio() {
        EvidenceTable table = EvidenceTable.likelihoodRatios(0.05, 0.6, 0.95);

        assertThat(table.column(1)).hasSize(2);
        assertThat((double) table.logEvidence(0, 1)).isEqualTo(Math.log(0.6 / 0.05), within(1e-6));
        assertThat((double) table.logEvidence(1, 0)).isEqualTo(Math.log(0.05 / 0.95), within(1e-6));
        float[] out = new float[3];
        table.copyColumn(1, out);
        assertThat(Arrays.copyOf(out, 2)).containsExactly(table.column(1));
        assertThatThrownBy(() -> EvidenceTable.likelihoodRatios(0.05, 0.05))
                .hasMessageContaining("flag rate is 0.05; between p0 = 0.05 and 1");
    }

    @Test
    void a_constant_row_of_no_evidence_is_allowed() {
        assertThat(EvidenceTable.of(new double[] {0.3, 0.1}, List.of("none"), new float[][] {{0, 0, 0}})
                        .bins())
                .isEqualTo(3);
    }

    @Test
    void a_table_that_breaks_an_invariant_is_refused() {
        double[] bounds = {0.5};
        assertRefused(bounds, new float[][] {{0, 1e-3f}}, "row a has mean 1.0005");
        assertRefused(bounds, new float[][] {{-0.1f, -0.2f}}, "row a, bin 1 is -0.2; at least -0.1");
        assertRefused(bounds, new float[][] {{Float.NEGATIVE_INFINITY, 0}}, "row a, bin 0 is -Infinity; a finite");
        assertRefused(bounds, new float[][] {{0, Float.NaN}}, "row a, bin 1 is NaN");
        assertRefused(bounds, new float[][] {{0, 0, 0}}, "row a has 3 bins; 2 needed");
        assertRefused(bounds, new float[][] {}, "evidence rows are 0");
        assertRefused(new double[] {0.5, 0.6}, new float[][] {{0, 0, 0}}, "bound 2 is 0.6; at most 0.5");
        assertRefused(new double[] {1}, new float[][] {{0, 0}}, "bound 1 is 1.0; at most 1.0, below 1");
    }

    private static void assertRefused(double[] bounds, float[][] rows, String message) {
        assertThatThrownBy(() -> EvidenceTable.of(bounds, List.of("a"), rows)).hasMessageContaining(message);
    }

    private static void assertValid(EvidenceTable table, double[] bounds) {
        for (int row = 0; row < table.rows(); row++) {
            double[] l = likelihoods(table, row);
            assertThat(l).isSorted();
            assertThat(EvidenceTable.mean(l, bounds)).isBetween(0.9999, 1.0);
        }
    }

    private static double[] likelihoods(EvidenceTable table, int row) {
        double[] l = new double[table.bins()];
        for (int bin = 0; bin < l.length; bin++) {
            l[bin] = StrictMath.exp(table.logEvidence(row, bin));
        }
        return l;
    }
}
