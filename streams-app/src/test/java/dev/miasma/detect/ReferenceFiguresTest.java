// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.miasma.attack.EvidenceTable;
import dev.miasma.score.EvidenceColumn;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Queries to an alarm of a sensor that only flags, against the figures of the design: threshold 1e6, a benign query
 * flagged in 5 % of cases, probes assumed to be flagged 1.5, 2.5, 5 and 12 times as often.
 */
class ReferenceFiguresTest {
    private static final double THRESHOLD = 1e6;
    private static final double P0 = 0.05;
    private static final int RUNS = 4000;
    private static final int BENIGN = 3000;
    private static final EvidenceTable TABLE = EvidenceTable.likelihoodRatios(
            P0,
            DoubleStream.of(1.5, 2.5, 5, 12)
                    .map(factor -> Math.min(0.95, P0 * factor))
                    .toArray());
    private static final EvidenceColumn PLAIN = EvidenceColumn.of(TABLE.column(0));
    private static final EvidenceColumn FLAGGED = EvidenceColumn.of(TABLE.column(1));

    /** M after the benign queries, one a run; an alarm on the way starts it anew. */
    private static final float[][] AFTER_BENIGN = new float[RUNS][];

    @BeforeAll
    static void ask_benign_queries() {
        var random = new SplittableRandom(20261122);
        for (int run = 0; run < RUNS; run++) {
            float[] m = new float[TABLE.rows()];
            for (int query = 0; query < BENIGN; query++) {
                if (evidenceAfter(m, random.nextDouble() < P0) >= THRESHOLD) {
                    m = new float[TABLE.rows()];
                }
            }
            AFTER_BENIGN[run] = m;
        }
    }

    private static double evidenceAfter(float[] m, boolean flagged) {
        EDetector.update(m, flagged ? FLAGGED : PLAIN);
        return EDetector.evidence(m);
    }

    /** Queries of a probe until the alarm, in ascending order. */
    private static int[] delays(double flagRate, boolean afterBenign) {
        var random = new SplittableRandom(Double.doubleToLongBits(flagRate));
        int[] delays = new int[RUNS];
        for (int run = 0; run < RUNS; run++) {
            float[] m = afterBenign ? AFTER_BENIGN[run].clone() : new float[TABLE.rows()];
            do {
                delays[run]++;
            } while (evidenceAfter(m, random.nextDouble() < flagRate) < THRESHOLD);
        }
        Arrays.sort(delays);
        return delays;
    }

    @ParameterizedTest
    @CsvSource({
        "0.10, 483, 972, 434, 910",
        "0.20, 85, 165, 76, 150",
        "0.30, 40, 72, 37, 72",
        "0.60, 12, 22, 12, 20",
        "0.90, 7, 9, 6, 10"
    })
    void queries_to_alarm_are_those_of_the_design(
            double flagRate, int median, int most, int medianAfterBenign, int mostAfterBenign) {
        int[] fresh = delays(flagRate, false);
        int[] later = delays(flagRate, true);

        assertThat(fresh[RUNS / 2]).isCloseTo(median, withinPercentage(15));
        assertThat(fresh[RUNS * 95 / 100]).isCloseTo(most, withinPercentage(15));
        assertThat(later[RUNS / 2]).isCloseTo(medianAfterBenign, withinPercentage(15));
        assertThat(later[RUNS * 95 / 100]).isCloseTo(mostAfterBenign, withinPercentage(15));
    }
}
