// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

/**
 * Rounding to d digits (Shokri et al. 2017, section VIII, coarser precision): the answer becomes multiples of 10^-d
 * that sum to 1, by the method of largest remainders. Where the rounded answer would predict another class, units move to
 * the one predicted before, two at most.
 *
 * @param digits 1 to {@value #MOST_DIGITS}
 */
record Rounding(int digits) implements OutputDefense {

    /** A served float has no more. */
    static final int MOST_DIGITS = 9;

    /** Halvings after which remainders that still can't be told apart count as equal. */
    private static final int HALVINGS = 50;

    Rounding {
        if (digits < 1 || digits > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "digits of defence 'round" + digits + "' are " + digits + "; 1 to " + MOST_DIGITS + " needed");
        }
    }

    @Override
    public String id() {
        return "round" + digits;
    }

    @Override
    public String title() {
        return "rounded to " + digits + (digits == 1 ? " digit" : " digits");
    }

    @Override
    public String source() {
        return "Shokri et al. 2017, section VIII";
    }

    @Override
    public void apply(double[] posterior, int classes, double[] out) {
        int label = Predictions.of(posterior, classes);
        double units = Math.pow(10, digits);
        double scale = units / sum(posterior, classes);
        round(posterior, classes, scale, units, out);
        keep(label, out, classes);
        for (int i = 0; i < classes; i++) {
            out[i] /= units;
        }
    }

    /** Whole units, rounded down, and one more for the largest remainders, so that all units are given out. */
    private static void round(double[] posterior, int classes, double scale, double units, double[] out) {
        long left = (long) units;
        for (int i = 0; i < classes; i++) {
            left -= (long) (posterior[i] * scale);
        }
        // Remainders above the cut get a unit, those at or below the floor none.
        double floor = -1;
        double cut = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (floor + cut) / 2;
            if (above(middle, posterior, classes, scale) <= left) {
                cut = middle;
            } else {
                floor = middle;
            }
        }
        long between = left - above(cut, posterior, classes, scale);
        for (int i = 0; i < classes; i++) {
            double value = posterior[i] * scale;
            double remainder = value - Math.floor(value);
            boolean one = remainder > cut || (remainder > floor && between-- > 0);
            out[i] = Math.floor(value) + (one ? 1 : 0);
        }
    }

    private static long above(double cut, double[] posterior, int classes, double scale) {
        long count = 0;
        for (int i = 0; i < classes; i++) {
            double value = posterior[i] * scale;
            count += value - Math.floor(value) > cut ? 1 : 0;
        }
        return count;
    }

    /** No class had a larger whole part than the label, so none is ahead by more than the unit of its remainder. */
    private static void keep(int label, double[] units, int classes) {
        int ahead = Predictions.of(units, classes);
        while (ahead != label) {
            units[ahead]--;
            units[label]++;
            ahead = Predictions.of(units, classes);
        }
    }

    private static double sum(double[] posterior, int classes) {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += posterior[i];
        }
        return sum;
    }
}
