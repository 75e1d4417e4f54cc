// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

/**
 * Temperature (Shokri et al. 2017, section VIII, more entropy): the softmax of logits divided by t, which is
 * p^(1/t) over the sum of the same. Above 1 answers come closer to uniform. Computed from logarithms relative to the
 * highest, so nothing overflows; a probability of 0 stays 0.
 *
 * @param t {@value #LEAST} to {@value #MOST}
 */
record Temperature(double t) implements OutputDefense {

    static final double LEAST = 0.01;
    static final double MOST = 1000;

    Temperature {
        if (!(t >= LEAST && t <= MOST)) {
            throw new IllegalArgumentException(
                    "temperature of defence 'temperature" + t + "' is " + t + "; " + LEAST + " to " + MOST + " needed");
        }
    }

    @Override
    public String id() {
        return "temperature" + DefenseParser.number(t);
    }

    @Override
    public String title() {
        return "softmax at temperature " + DefenseParser.number(t);
    }

    @Override
    public String source() {
        return "Shokri et al. 2017, section VIII";
    }

    @Override
    public void apply(double[] posterior, int classes, double[] out) {
        int label = Predictions.of(posterior, classes);
        double highest = Math.log(posterior[label]);
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            out[i] = posterior[i] == 0 ? 0 : Math.exp((Math.log(posterior[i]) - highest) / t);
            sum += out[i];
        }
        for (int i = 0; i < classes; i++) {
            out[i] /= sum;
        }
        Predictions.keep(label, out, classes);
    }
}
