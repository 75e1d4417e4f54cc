// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.dataset.Split;
import dev.miasma.fixtures.Golden;
import dev.miasma.posterior.PosteriorFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evidence table at work: queries a probe gets to make before an e-detector alarms, on the golden posteriors. */
class DetectionDelayTest {

    private static final double ALARM = 1e6;
    private static final int REPEATS = 400;
    private static final int PATIENCE = 20_000;

    /**
     * Medians over calibration splits. At a fifth, 500 scores a side say little and the split decides: from 400 queries
     * at the 10 % quantile to over 5,000 at the 90 %.
     */
    @ParameterizedTest
    @CsvSource({"1, 16", "0.5, 77", "0.2, 1170"})
    void a_probe_is_found_as_soon_as_expected(double share, int expected) throws IOException {
        double[] in = Golden.values(
                PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY, Golden.target().members());
        double[] out = Golden.values(
                PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY, Golden.target().nonMembers());
        int[] delays = new int[REPEATS];

        for (int r = 0; r < REPEATS; r++) {
            int[] order = Split.shuffled(in.length, r);
            double[] liveIn = chosen(in, order, 500, 1000);
            double[] liveOut = chosen(out, order, 500, 1000);
            Calibration calibration =
                    Calibration.of(chosen(out, order, 0, 500), chosen(in, order, 0, 500), Calibration.DELTA);
            delays[r] = delay(calibration, liveIn, liveOut, share, new Random(r));
        }

        Arrays.sort(delays);
        int median = delays[REPEATS / 2];
        System.out.println("share " + share + ": median " + median + " queries to alarm, expected " + expected);
        assertThat(median / (double) expected).isBetween(1 / 1.3, 1.3);
    }

    private static int delay(Calibration calibration, double[] in, double[] out, double share, Random random) {
        EvidenceTable table = calibration.evidence();
        float[] column = new float[table.rows()];
        double[] m = new double[table.rows()];
        for (int query = 1; query < PATIENCE; query++) {
            double[] from = random.nextDouble() < share ? in : out;
            table.copyColumn(calibration.bin(from[random.nextInt(from.length)]), column);
            double evidence = 0;
            for (int row = 0; row < m.length; row++) {
                m[row] = (m[row] + 1) * Math.exp(column[row]);
                evidence += m[row] / m.length;
            }
            if (evidence >= ALARM) {
                return query;
            }
        }
        return PATIENCE;
    }

    private static double[] chosen(double[] values, int[] order, int from, int to) {
        return Arrays.stream(order, from, to).mapToDouble(i -> values[i]).toArray();
    }
}
