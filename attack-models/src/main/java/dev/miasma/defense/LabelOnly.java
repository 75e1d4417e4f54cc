// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import java.util.Arrays;

/**
 * Only the predicted class, as a posterior of one 1 (Shokri et al. 2017, section VIII, their strongest restriction). It
 * still tells whether the model is right, which on an overfitted model is most of what an attacker needs: the gap attack
 * of Yeom et al. 2018 reads nothing else.
 */
record LabelOnly() implements OutputDefense {

    @Override
    public String id() {
        return "label";
    }

    @Override
    public String title() {
        return "only the predicted class";
    }

    @Override
    public String source() {
        return "Shokri et al. 2017, section VIII";
    }

    @Override
    public void apply(double[] posterior, int classes, double[] out) {
        int label = Predictions.of(posterior, classes);
        Arrays.fill(out, 0, classes, 0);
        out[label] = 1;
    }
}
