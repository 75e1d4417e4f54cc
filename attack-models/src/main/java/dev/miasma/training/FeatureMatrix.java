// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.Arrays;
import java.util.List;

/**
 * Features of members and then non-members, each standardised to mean 0 and deviation 1. A constant feature stays at 0.
 *
 * @param x records x features, standardised
 * @param y 1 for members, 0 for non-members
 * @param means features
 * @param deviations features, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two steps; nobody compares it
record FeatureMatrix(double[][] x, int[] y, double[] means, double[] deviations) {

    /** Features that vary less are taken as constant: what they say is rounding. */
    private static final double LEAST_DEVIATION = 1e-12;

    static FeatureMatrix of(PosteriorSet members, PosteriorSet nonMembers, List<PosteriorFeature> features) {
        requireRecords("members", members);
        requireRecords("non-members", nonMembers);
        double[][] x = new double[members.size() + nonMembers.size()][];
        extract(members, features, x, 0);
        extract(nonMembers, features, x, members.size());
        int[] y = new int[x.length];
        Arrays.fill(y, 0, members.size(), 1);
        double[] means = new double[features.size()];
        double[] deviations = new double[features.size()];
        for (int f = 0; f < means.length; f++) {
            standardise(x, f, means, deviations);
        }
        return new FeatureMatrix(x, y, means, deviations);
    }

    private static void extract(PosteriorSet set, List<PosteriorFeature> features, double[][] x, int from) {
        PosteriorView view = new PosteriorView();
        for (int i = 0; i < set.size(); i++) {
            view.set(set.posteriors()[i], set.classes(), set.labels()[i]);
            x[from + i] = features.stream().mapToDouble(f -> f.of(view)).toArray();
        }
    }

    private static void standardise(double[][] x, int f, double[] means, double[] deviations) {
        for (double[] row : x) {
            means[f] += row[f] / x.length;
        }
        double squares = 0;
        for (double[] row : x) {
            row[f] -= means[f];
            squares += row[f] * row[f];
        }
        double root = Math.sqrt(squares / x.length);
        deviations[f] = root > LEAST_DEVIATION ? root : 1;
        for (double[] row : x) {
            row[f] /= deviations[f];
        }
    }

    private static void requireRecords(String name, PosteriorSet set) {
        if (set.size() == 0) {
            throw new IllegalArgumentException(name + " are 0; at least 1 needed");
        }
    }
}
