// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Random;
import java.util.function.Supplier;

/** HopSkipJump for numbers and pixels, by the Euclidean distance, with the paper's Monte Carlo estimate of the gradient. */
final class ContinuousWalk extends HopSkipJump {
    private static final double FIRST_DELTA = 0.1;
    private static final int MOST_HALVINGS = 20;

    private final double precision;
    private double low;
    private double high;
    private double[] direction;
    private double firstDistance = Double.NaN;
    private double nearest = Double.NaN;
    private double distance;
    private double delta;
    private double[] towardsOther;
    private double[] all;
    private double stride;

    /**
     * @param target the record
     * @param starts records of which one may be of another class
     */
    ContinuousWalk(double[] target, Supplier<double[]> starts, WalkOptions options, Random random) {
        super(target, starts, options, random);
        precision = 1 / (target.length * Math.sqrt(target.length));
        direction = target;
        towardsOther = target;
        all = target;
    }

    @Override
    Outcome halve() {
        low = 0;
        high = 1;
        return ask(between(0.5));
    }

    @Override
    Outcome searched(boolean other) {
        double middle = (low + high) / 2;
        if (other) {
            high = middle;
        } else {
            low = middle;
        }
        if (high - low > precision) {
            return ask(between((low + high) / 2));
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

    @Override
    void beginEstimate() {
        delta = iteration == 1 ? FIRST_DELTA : Math.sqrt(target.length) * precision * distance;
        towardsOther = new double[target.length];
        all = new double[target.length];
    }

    @Override
    double[] nearby() {
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

    @Override
    void count(boolean other) {
        for (int i = 0; i < query.length; i++) {
            double moved = (query[i] - boundary[i]) / delta;
            all[i] += moved;
            towardsOther[i] += other ? moved : -moved;
        }
    }

    @Override
    void direct() {
        direction = gradient();
        stride = distance / Math.sqrt(iteration);
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

    @Override
    double[] ahead() {
        double[] point = new double[target.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.clamp(boundary[i] + stride * direction[i], 0, 1);
        }
        return point;
    }

    @Override
    Outcome shorten() {
        stride /= 2;
        if (stride * (1 << MOST_HALVINGS) < distance / Math.sqrt(iteration)) {
            // The estimate leads back: another one, from the same point.
            return iteration == options.iterations() ? Outcome.DONE : estimate();
        }
        return ask(ahead());
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
