// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/** Answers of a label alone. */
final class Labels {
    private Labels() {}

    /** The class of the highest probability, the first among equals. */
    static int highest(double[] posterior) {
        int highest = 0;
        for (int i = 1; i < posterior.length; i++) {
            if (posterior[i] > posterior[highest]) {
                highest = i;
            }
        }
        return highest;
    }

    /** What one learns of a posterior from its label: 1 for that class and 0 for the others. */
    static double[] only(double[] posterior) {
        double[] label = new double[posterior.length];
        label[highest(posterior)] = 1;
        return label;
    }
}
