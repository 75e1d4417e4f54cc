// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The cuts of a model file's calibration, with the clients behind them where the null comes from traffic. The bounds are
 * computed again from the counts.
 *
 * @param cuts whose bounds are those of the counts
 * @param traffic null where the scores are one sample
 */
record CutFields(NullCuts cuts, @Nullable TrafficNull traffic) {

    /** A bound computed on another machine may differ by rounding, and by no more. */
    private static final double BOUND_TOLERANCE = 1e-9;

    /** @param ofTraffic whether the null comes from traffic, so that clients have to be there, and must not otherwise */
    static CutFields read(JsonFields calibration, boolean ofTraffic) {
        List<JsonFields> entries = calibration.objects("cuts");
        int m = entries.size();
        double[] rates = new double[m];
        double[] scores = new double[m];
        int[] counts = new int[m];
        int[] clientCounts = new int[m];
        int[] clientQueries = new int[m];
        double[] bounds = new double[m];
        double[] shares = new double[m];
        int shared = 0;
        for (int j = 0; j < m; j++) {
            try (JsonFields cut = entries.get(j)) {
                rates[j] = cut.number("nominalRate");
                scores[j] = cut.number("score");
                counts[j] = cut.count("nonMembersAtOrAbove");
                if (ofTraffic) {
                    clientCounts[j] = cut.count("clientAtOrAbove");
                    clientQueries[j] = cut.count("clientQueries");
                }
                bounds[j] = cut.number("bound");
                OptionalDouble share = ofTraffic ? OptionalDouble.empty() : cut.optionalNumber("evidenceShare");
                shares[j] = share.orElse(0);
                shared += share.isPresent() ? 1 : 0;
            }
        }
        int n = calibration.count("nonMembers");
        double delta = calibration.number("delta");
        if (shared > 0 && shared < m) {
            throw new ModelFileException(
                    "calibration.cuts have " + shared + " times an evidenceShare; all " + m + " or none needed");
        }
        NullCuts cuts = new NullCuts(n, delta, scores, rates, counts, bounds, shared == 0 ? null : shares);
        TrafficNull traffic = ofTraffic ? traffic(calibration, cuts, clientCounts, clientQueries) : null;
        requireBounds(bounds, traffic == null ? NullCuts.bounds(n, delta, counts) : traffic.bounds(delta));
        return new CutFields(cuts, traffic);
    }

    private static TrafficNull traffic(JsonFields calibration, NullCuts cuts, int[] clientCounts, int[] clientQueries) {
        try (JsonFields fields = calibration.object("traffic")) {
            TrafficNull traffic = new TrafficNull(
                    fields.count("clients"),
                    fields.count("minQueries"),
                    fields.number("clientQuantile"),
                    fields.count("cutsTested"),
                    clientCounts,
                    clientQueries);
            traffic.requirePartOf(cuts);
            return traffic;
        }
    }

    private static void requireBounds(double[] bounds, double[] expected) {
        for (int j = 0; j < bounds.length; j++) {
            if (!(Math.abs(bounds[j] - expected[j]) <= BOUND_TOLERANCE * expected[j])) {
                throw new ModelFileException("calibration.cuts[" + j + "].bound is " + bounds[j] + "; " + expected[j]
                        + ", computed from the counts, needed");
            }
        }
    }
}
