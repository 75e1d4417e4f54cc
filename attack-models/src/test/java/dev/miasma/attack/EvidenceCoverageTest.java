// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The promise of evidence: but for a chance of delta over the calibration's sample, its mean is at most 1. */
class EvidenceCoverageTest {

    private static final double DELTA = 0.05;
    private static final int SAMPLES = 300;

    /** Any distribution over levels of a score, ties included, with cuts chosen on samples of quite another one. */
    @Property(tries = 12, seed = "20261122")
    void evidence_has_mean_at_most_1_in_all_but_delta_of_calibrations(
            @ForAll long seed,
            @ForAll @IntRange(min = 5, max = 60) int levels,
            @ForAll @IntRange(min = 200, max = 1200) int n) {
        Random random = new Random(seed);
        double[] truth = distribution(random, levels, 0);
        double[] members = drawn(random, distribution(random, levels, 3), 300);
        double[] others = drawn(random, distribution(random, levels, random.nextInt(2)), 300);
        int uncovered = 0;
        int broken = 0;

        for (int i = 0; i < SAMPLES; i++) {
            Calibration calibration =
                    Calibration.of(drawn(random, truth, n), members, DELTA, NullSource.NON_MEMBERS, others);
            boolean covered = covers(calibration, truth);
            boolean bears = largestMean(calibration, truth) <= 1;
            uncovered += covered ? 0 : 1;
            broken += bears ? 0 : 1;
            assertThat(bears || !covered).isTrue();
        }

        double most = SAMPLES * DELTA + 4 * Math.sqrt(SAMPLES * DELTA * (1 - DELTA));
        assertThat((double) uncovered).isLessThanOrEqualTo(most);
        assertThat(broken).isLessThanOrEqualTo(uncovered);
    }

    /** Cut where members begin, a table has no room to spare: it fails about as often as it may. */
    @Property(tries = 3, seed = "20261122")
    void a_single_cut_spends_nearly_all_that_it_may(@ForAll long seed) {
        Random random = new Random(seed);
        EvidenceCuts one = new EvidenceCuts(new double[] {0.7}, new double[] {1 - EvidenceCuts.EVENLY});
        int uncovered = 0;
        int samples = 2000;

        for (int i = 0; i < samples; i++) {
            NullCuts cuts = NullCuts.of(random.doubles(1000).toArray(), DELTA, one);
            int at = Arrays.binarySearch(cuts.cuts, 0.7);
            uncovered += cuts.evidenceBounds[at < 0 ? -at - 1 : at] < 0.3 ? 1 : 0;
        }

        assertThat(uncovered / (double) samples).isBetween(0.5 * DELTA, 1.2 * DELTA);
    }

    private static boolean covers(Calibration calibration, double[] truth) {
        double[] cuts = calibration.cuts();
        double[] bounds = calibration.evidenceBounds();
        for (int j = 0; j < cuts.length; j++) {
            double above = 0;
            for (int level = 0; level < truth.length; level++) {
                above += level >= cuts[j] ? truth[level] : 0;
            }
            if (above > bounds[j]) {
                return false;
            }
        }
        return true;
    }

    private static double largestMean(Calibration calibration, double[] truth) {
        EvidenceTable table = calibration.evidence();
        double largest = 0;
        for (int row = 0; row < table.rows(); row++) {
            double mean = 0;
            for (int level = 0; level < truth.length; level++) {
                mean += truth[level] * StrictMath.exp(table.logEvidence(row, calibration.bin(level)));
            }
            largest = Math.max(largest, mean);
        }
        return largest;
    }

    /** Random masses, leaning to the higher levels by a power. */
    private static double[] distribution(Random random, int levels, int power) {
        double[] masses = new double[levels];
        double sum = 0;
        for (int level = 0; level < levels; level++) {
            masses[level] = -Math.log(1 - random.nextDouble()) * Math.pow((level + 1.0) / levels, power);
            sum += masses[level];
        }
        for (int level = 0; level < levels; level++) {
            masses[level] /= sum;
        }
        return masses;
    }

    private static double[] drawn(Random random, double[] masses, int n) {
        double[] upTo = masses.clone();
        Arrays.parallelPrefix(upTo, Double::sum);
        return random.doubles(n)
                .map(u -> {
                    int at = Arrays.binarySearch(upTo, u);
                    return Math.min(masses.length - 1, at < 0 ? -at - 1 : at);
                })
                .toArray();
    }
}
