// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Random;
import java.util.function.Supplier;

/**
 * HopSkipJump for numbers and pixels, untargeted, by the Euclidean distance (Chen, Jordan and Wainwright 2020, Algorithm
 * 2): from a record of another class by binary search to the boundary, there a Monte Carlo estimate of the gradient from
 * labels of points nearby, a step along it that stays in the other class, and again.
 */
final class ContinuousWalk implements Walk {
    private static final double FIRST_DELTA = 0.1;
    private static final int MOST_HALVINGS = 20;

    private enum Phase {
        OWN_LABEL,
        START,
        SEARCH,
        GRADIENT,
        STEP
    }

    private final double[] target;
    private final Supplier<double[]> starts;
    private final WalkOptions options;
    private final Random random;
    private final double precision;
    private Phase phase = Phase.OWN_LABEL;
    private double[] query;
    private int ownLabel;
    private int tries;
    private double low;
    private double high;
    private double[] outer;
    private double[] boundary;
    private double[] direction;
    private double firstDistance = Double.NaN;
    private double nearest = Double.NaN;
    private double distance;
    private int iteration;
    private double delta;
    private int asked;
    private int others;
    private double[] towardsOther;
    private double[] all;
    private double stride;

    /**
     * @param target the record
     * @param starts records of which one may be of another class
     */
    ContinuousWalk(double[] target, Supplier<double[]> starts, WalkOptions options, Random random) {
        this.target = target;
        this.starts = starts;
        this.options = options;
        this.random = random;
        precision = 1 / (target.length * Math.sqrt(target.length));
        query = target;
        outer = target;
        boundary = target;
        direction = target;
        towardsOther = target;
        all = target;
    }

    @Override
    public double[] query() {
        return query;
    }

    @Override
    public Outcome answered(int label) {
        boolean other = phase != Phase.OWN_LABEL && label != ownLabel;
        return switch (phase) {
            case OWN_LABEL -> {
                ownLabel = label;
                yield start();
            }
            case START -> other ? search(query) : start();
            case SEARCH -> searched(other);
            case GRADIENT -> estimated(other);
            case STEP -> stepped(other);
        };
    }

    private Outcome start() {
        phase = Phase.START;
        if (tries++ == options.starts()) {
            return Outcome.GIVEN_UP;
        }
        query = starts.get();
        return Outcome.GOES_ON;
    }

    /** Begins a binary search between the target and a point of the other class. */
    private Outcome search(double[] from) {
        phase = Phase.SEARCH;
        outer = from;
        low = 0;
        high = 1;
        query = between(0.5);
        return Outcome.GOES_ON;
    }

    private Outcome searched(boolean other) {
        double middle = (low + high) / 2;
        if (other) {
            high = middle;
        } else {
            low = middle;
        }
        if (high - low > precision) {
            query = between((low + high) / 2);
            return Outcome.GOES_ON;
        }
        boundary = between(high);
        distance = norm(minus(boundary, target));
        if (iteration == 0) {
            firstDistance = distance;
            nearest = distance;
        }
        nearest = Math.min(nearest, distance);
        return iteration == options.iterations() ? Outcome.DONE : estimate();
    }

    private Outcome estimate() {
        phase = Phase.GRADIENT;
        iteration++;
        delta = iteration == 1 ? FIRST_DELTA : Math.sqrt(target.length) * precision * distance;
        asked = 0;
        others = 0;
        towardsOther = new double[target.length];
        all = new double[target.length];
        query = nearby();
        return Outcome.GOES_ON;
    }

    private double[] nearby() {
        double[] point = new double[target.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = random.nextGaussian();
        }
        double scale = delta / norm(point);
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.clamp(boundary[i] + scale * point[i], 0, 1);
        }
        return point;
    }

    private Outcome estimated(boolean other) {
        asked++;
        others += other ? 1 : 0;
        for (int i = 0; i < query.length; i++) {
            double moved = (query[i] - boundary[i]) / delta;
            all[i] += moved;
            towardsOther[i] += other ? moved : -moved;
        }
        if (asked < options.gradientQueries(iteration)) {
            query = nearby();
            return Outcome.GOES_ON;
        }
        direction = gradient();
        phase = Phase.STEP;
        stride = distance / Math.sqrt(iteration);
        query = ahead();
        return Outcome.GOES_ON;
    }

    /** The estimate with the mean answer as its baseline (the paper's equation 16), of length 1. */
    private double[] gradient() {
        double mean = (2.0 * others - asked) / asked;
        double[] gradient = new double[target.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = others == 0 || others == asked ? mean * all[i] : towardsOther[i] - mean * all[i];
        }
        double length = norm(gradient);
        for (int i = 0; length > 0 && i < gradient.length; i++) {
            gradient[i] /= length;
        }
        return gradient;
    }

    private double[] ahead() {
        double[] point = new double[target.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.clamp(boundary[i] + stride * direction[i], 0, 1);
        }
        return point;
    }

    private Outcome stepped(boolean other) {
        if (other) {
            return search(query);
        }
        stride /= 2;
        if (stride * (1 << MOST_HALVINGS) < distance / Math.sqrt(iteration)) {
            // The estimate leads back: another one, from the same point.
            return iteration == options.iterations() ? Outcome.DONE : estimate();
        }
        query = ahead();
        return Outcome.GOES_ON;
    }

    private double[] between(double share) {
        double[] point = new double[target.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = target[i] + share * (outer[i] - target[i]);
        }
        return point;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    private static double norm(double[] a) {
        double sum = 0;
        for (double value : a) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    @Override
    public double firstDistance() {
        return firstDistance;
    }

    @Override
    public double distance() {
        return nearest;
    }
}
