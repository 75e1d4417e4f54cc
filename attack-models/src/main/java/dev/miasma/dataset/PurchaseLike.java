// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Random;

/**
 * A synthetic stand-in of the shape of the Purchase sets of Shokri et al. 2017: binary records round class prototypes.
 * Synthetic: good for trying things out and for load, not for any number about real data.
 */
public final class PurchaseLike {

    private PurchaseLike() {}

    /**
     * Draws one random prototype a class, each bit 1 with probability a half, and records that are their class's
     * prototype with each bit flipped with probability {@code noise}.
     *
     * @param seed of everything drawn
     * @param records number of records, their classes uniform
     * @param features number of bits
     * @param classes at least 2
     * @param noise in [0, 0.5]; 0.5 leaves nothing of the class
     */
    public static Dataset generate(long seed, int records, int features, int classes, double noise) {
        if (!(noise >= 0 && noise <= 0.5)) {
            throw new IllegalArgumentException("noise is " + noise + "; 0 to 0.5 needed");
        }
        if (records < 0 || features < 1 || classes < 2) {
            throw new IllegalArgumentException("records are " + records + ", features " + features + ", classes "
                    + classes + "; at least 0, 1 and 2 needed");
        }
        Random random = new Random(seed);
        boolean[][] prototypes = new boolean[classes][features];
        for (boolean[] prototype : prototypes) {
            for (int i = 0; i < features; i++) {
                prototype[i] = random.nextBoolean();
            }
        }
        double[][] rows = new double[records][features];
        int[] labels = new int[records];
        for (int r = 0; r < records; r++) {
            labels[r] = random.nextInt(classes);
            for (int i = 0; i < features; i++) {
                boolean flipped = random.nextDouble() < noise;
                rows[r][i] = prototypes[labels[r]][i] == flipped ? 0 : 1;
            }
        }
        return new Dataset("purchase-like (synthetic)", rows, labels, classes, true);
    }
}
