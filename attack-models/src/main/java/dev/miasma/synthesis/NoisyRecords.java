// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.synthesis;

import dev.miasma.dataset.Dataset;
import java.util.Random;

/**
 * Real records with noise, for an attacker whose data is similar to the target's and not the same (Shokri et al. 2017,
 * section V-C: the bits of 10 or 20 % of the features flipped).
 */
public final class NoisyRecords {

    private NoisyRecords() {}

    /**
     * Flips bits.
     *
     * @param dataset records of bits, 0 and 1
     * @param share of the features of each record that are flipped, chosen anew for each, 0 to 1
     * @param seed of the choice
     * @return as many records with the same labels
     */
    public static Dataset flip(Dataset dataset, double share, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share of flipped features is " + share + "; 0 to 1 needed");
        }
        Random random = new Random(seed);
        int width = dataset.width();
        int flips = (int) Math.round(share * width);
        int[] order = new int[width];
        for (int i = 0; i < width; i++) {
            order[i] = i;
        }
        double[][] clean = dataset.features();
        double[][] noisy = new double[dataset.size()][];
        for (int r = 0; r < noisy.length; r++) {
            noisy[r] = clean[r].clone();
            for (int i = 0; i < flips; i++) {
                int j = i + random.nextInt(width - i);
                int feature = order[j];
                order[j] = order[i];
                order[i] = feature;
                noisy[r][feature] = flipped(noisy[r][feature], r, feature);
            }
        }
        String name = dataset.name() + " with " + Math.round(share * 100) + " % of its bits flipped";
        return new Dataset(name, noisy, dataset.labels(), dataset.classes(), dataset.synthetic());
    }

    private static double flipped(double bit, int record, int feature) {
        if (bit != 0 && bit != 1) {
            throw new IllegalArgumentException(
                    "feature " + feature + " of record " + record + " is " + bit + "; 0 or 1 needed to be flipped");
        }
        return 1 - bit;
    }
}
