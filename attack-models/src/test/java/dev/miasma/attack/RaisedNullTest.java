// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaisedNullTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_stays_far_below_the_bounds_raises_nothing(boolean shared) {
        Calibration calibration = calibration(shared);
        long[] observed = new long[calibration.bins()];
        observed[0] = 100_000;

        assertThat(RaisedNull.logMeans(calibration, observed)).containsOnly(0.0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evidence_over_its_raised_mean_bears_what_was_observed(boolean shared) {
        Calibration calibration = calibration(shared);
        long[] observed = new long[calibration.bins()];
        Arrays.fill(observed, 500);

        double[] logMeans = RaisedNull.logMeans(calibration, observed);

        EvidenceTable evidence = calibration.evidence();
        for (int row = 0; row < evidence.rows(); row++) {
            double mean = 0;
            for (int bin = 0; bin < observed.length; bin++) {
                mean += Math.exp(evidence.logEvidence(row, bin) - logMeans[row]) / observed.length;
            }
            assertThat(logMeans[row]).isGreaterThan(0.02);
            assertThat(mean).isBetween(0.5, 1.0);
        }
    }

    private static Calibration calibration(boolean shared) {
        Random random = new Random(5);
        double[] out = random.doubles(2000).toArray();
        double[] in = random.doubles(500, 0.7, 1).toArray();
        Calibration calibration = shared
                ? Calibration.of(
                        out,
                        in,
                        0.001,
                        NullSource.NON_MEMBERS,
                        random.doubles(500).toArray())
                : Calibration.of(out, in, 0.001);
        assertThat(calibration.evidenceShares().isPresent()).isEqualTo(shared);
        return calibration;
    }
}
