// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import java.util.Random;

/** Made-up answers of a model of three classes that is surer of its members. */
public final class Samples {

    private Samples() {}

    /** As many members as non-members. */
    public static Answers answers(long seed, int each) {
        return Answers.of(set(seed, each, 3.5), set(seed + 1, each, 2));
    }

    /** The same as a shadow. */
    public static Reference shadow(long seed, int each) {
        Answers answers = answers(seed, each);
        return new Reference("the shadow", answers.members(), answers.nonMembers());
    }

    private static PosteriorSet set(long seed, int n, double sureness) {
        Random random = new Random(seed);
        double[][] posteriors = new double[n][3];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = random.nextInt(3);
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                posteriors[i][c] = Math.exp(random.nextGaussian() + (c == labels[i] ? sureness : 0));
                sum += posteriors[i][c];
            }
            for (int c = 0; c < 3; c++) {
                posteriors[i][c] /= sum;
            }
        }
        return new PosteriorSet(posteriors, labels);
    }
}
