// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

/** The class that an answer predicts. */
final class Predictions {

    private Predictions() {}

    /** The class of the highest probability, the first of several. */
    static int of(double[] posterior, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            best = posterior[i] > posterior[best] ? i : best;
        }
        return best;
    }

    /**
     * Makes a class the predicted one again where rounding of the last bits has made it equal to another. Where it is
     * already, nothing happens.
     */
    static void keep(int label, double[] posterior, int classes) {
        int now = of(posterior, classes);
        if (now != label) {
            posterior[label] = now < label ? Math.nextUp(posterior[now]) : posterior[now];
        }
    }
}
