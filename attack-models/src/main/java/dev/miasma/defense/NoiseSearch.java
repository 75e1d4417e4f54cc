// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import dev.miasma.attack.AttackModel;
import dev.miasma.posterior.PosteriorView;
import dev.miasma.posterior.Posteriors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Phase I of MemGuard (Jia et al. 2019, section 4.2, algorithm 1), for one answer. In logits z, which make every
 * candidate a posterior, it descends |h(z)| + c2 max(0, highest other logit - the label's) + c3 |softmax(z) - s|_1 by
 * steps of one length, h being the log odds of the surrogate's score, until the score has crossed 1/2 with the label
 * kept. While that succeeds it is tried again with c3 ten times as large, for a smaller noise; the smallest is taken.
 *
 * <p>Against the paper: the gradient is numeric, over the {@value #SINGLE} highest logits and all others moved together,
 * since our attacks read little of the others; steps are longer and fewer; and between the last two points the search
 * halves to where the score is 1/2, instead of stopping a step beyond.
 */
final class NoiseSearch {

    private static final int SINGLE = 8;
    private static final double STEP = 0.2;
    private static final int MOST_STEPS = 200;
    private static final double C2 = 10;
    private static final double FIRST_C3 = 0.1;
    private static final double LAST_C3 = 10;
    private static final double DIFFERENCE = 1e-3;
    private static final int HALVINGS = 30;
    /** Closer to 0 or 1 a score's log odds are mostly rounding, and their gradient is nothing else. */
    private static final double EDGE = 1e-9;
    /** Attacks see no difference below. */
    private static final double LEAST_PROBABILITY = 1e-12;

    private final AttackModel surrogate;
    private final PosteriorView view = new PosteriorView();
    private final double[] posterior;
    private final int classes;
    private final int label;
    private final double[] logits;
    /** Which logits each direction moves. */
    private final int[][] directions;

    private final double[] softmax;
    private final double[] gradient;

    NoiseSearch(AttackModel surrogate, double[] posterior, int classes) {
        this.surrogate = surrogate;
        this.posterior = Arrays.copyOf(posterior, classes);
        this.classes = classes;
        label = Predictions.of(posterior, classes);
        logits = Arrays.stream(this.posterior)
                .map(p -> Math.log(Math.max(p, LEAST_PROBABILITY)))
                .toArray();
        directions = directions();
        softmax = new double[classes];
        gradient = new double[directions.length];
    }

    /** The answer with noise, or the answer itself where none was found. */
    double[] run() {
        double[] best = posterior;
        double least = Double.POSITIVE_INFINITY;
        if (classes < 2 || logOdds(logits) == 0) {
            return best;
        }
        for (double c3 = FIRST_C3; c3 <= LAST_C3; c3 *= 10) {
            double[] found = descend(c3);
            if (found.length == 0) {
                break;
            }
            double distance = distance(found, posterior, classes);
            if (distance < least) {
                best = found;
                least = distance;
            }
        }
        return best;
    }

    /** The surrogate's score of an answer whose true class it isn't told. */
    double score(double[] answer) {
        return surrogate.score(view.set(answer, classes, PosteriorView.UNKNOWN));
    }

    /** The L1 distance of two answers, 0 to 2. */
    static double distance(double[] a, double[] b, int classes) {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    /** An answer on the other side of 1/2, or at it, that predicts the label; empty if none was found. */
    private double[] descend(double c3) {
        double side = Math.signum(logOdds(logits));
        double[] z = logits.clone();
        double[] before = logits;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (side * logOdds(z) <= 0 && Predictions.of(z, classes) == label) {
                double[] edge = Predictions.of(before, classes) == label ? halved(before, z, side) : z;
                double[] found = toPosterior(edge).clone();
                Predictions.keep(label, found, classes);
                return found;
            }
            before = z.clone();
            move(z, c3, side);
        }
        return new double[0];
    }

    private void move(double[] z, double c3, double side) {
        if (flat(z)) {
            // Too sure of it either way: the label's logit alone leads back to where there is a slope.
            shift(z, 0, -side * STEP);
            return;
        }
        double here = loss(z, c3);
        double norm = 0;
        for (int d = 0; d < directions.length; d++) {
            shift(z, d, DIFFERENCE);
            gradient[d] = (loss(z, c3) - here) / DIFFERENCE;
            shift(z, d, -DIFFERENCE);
            norm += gradient[d] * gradient[d];
        }
        for (int d = 0; d < directions.length && norm > 0; d++) {
            shift(z, d, -STEP * gradient[d] / Math.sqrt(norm));
        }
    }

    private double loss(double[] z, double c3) {
        double others = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            others = i == label ? others : Math.max(others, z[i]);
        }
        double odds = Math.abs(logOdds(z));
        return odds + C2 * Math.max(0, others - z[label]) + c3 * distance(softmax, posterior, classes);
    }

    /** Between two points on different sides of 1/2 that both predict the label, where the score is 1/2. */
    private double[] halved(double[] here, double[] beyond, double side) {
        double[] middle = beyond.clone();
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double t = (low + high) / 2;
            between(here, beyond, t, middle);
            if (side * logOdds(middle) <= 0) {
                high = t;
            } else {
                low = t;
            }
        }
        between(here, beyond, high, middle);
        return middle;
    }

    private void between(double[] here, double[] beyond, double t, double[] out) {
        for (int i = 0; i < classes; i++) {
            out[i] = here[i] + t * (beyond[i] - here[i]);
        }
    }

    private boolean flat(double[] z) {
        double score = score(toPosterior(z));
        return score < EDGE || score > 1 - EDGE;
    }

    /** Leaves the posterior in {@link #softmax}. */
    private double logOdds(double[] z) {
        double score = Math.clamp(score(toPosterior(z)), EDGE, 1 - EDGE);
        return Math.log(score) - Math.log1p(-score);
    }

    private double[] toPosterior(double[] z) {
        System.arraycopy(z, 0, softmax, 0, classes);
        Posteriors.softmax(softmax, classes);
        return softmax;
    }

    private void shift(double[] z, int direction, double by) {
        for (int i : directions[direction]) {
            z[i] += by;
        }
    }

    /** The highest logits one by one, the label's first, and the others together. */
    private int[][] directions() {
        int[] order = IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -posterior[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int single = Math.min(SINGLE, classes);
        int[][] all = new int[classes > single ? single + 1 : single][];
        for (int d = 0; d < single; d++) {
            all[d] = new int[] {order[d]};
        }
        if (classes > single) {
            all[single] = Arrays.copyOfRange(order, single, classes);
        }
        return all;
    }
}
