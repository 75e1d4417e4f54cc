// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/**
 * A walk along the decision boundary towards one target record, by labels alone: how far the record is from the boundary
 * tells whether it was trained on (Choquette-Choo et al. 2021, section 4; Li and Zhang 2021, section 4).
 */
interface Walk {

    /** The record to ask about. */
    double[] query();

    /** Takes the label of the answer. */
    Outcome answered(int label);

    /** Distance of the target record from the first point found on the boundary; NaN before there is one. */
    double firstDistance();

    /** Distance of the target record from the nearest point found on the boundary; NaN before there is one. */
    double distance();
}
