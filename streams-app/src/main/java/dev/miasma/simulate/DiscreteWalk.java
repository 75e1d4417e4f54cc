// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * HopSkipJump's walk for bits, where distance is the number of bits that differ and nothing lies between 0 and 1. The
 * binary search goes over how many of the differing bits are set back to the target's; the gradient is, for each bit, how
 * much oftener points near the boundary that have it flipped are of the other class; a step flips the bits that lead
 * furthest into the other class, and the next search sets back first those that matter least.
 */
final class DiscreteWalk extends HopSkipJump {
    /** Share of the bits that are flipped in a point near the boundary. */
    private static final double NEARBY = 0.03;

    private final FeatureKind.Bits kind = new FeatureKind.Bits();
    private final double[] scores;
    private final double[] flippedAndOther;
    private final int[] flipped;
    private Integer[] setBack = {};
    private int low;
    private int high;
    private int firstDistance = -1;
    private int distance;
    private int stride;

    /**
     * @param target the record
     * @param starts records of which one may be of another class
     */
    DiscreteWalk(double[] target, Supplier<double[]> starts, WalkOptions options, Random random) {
        super(target, starts, options, random);
        scores = random.doubles(target.length).toArray();
        flippedAndOther = new double[target.length];
        flipped = new int[target.length];
    }

    @Override
    Outcome halve() {
        // A bit set by the last step was chosen for what flipping it did, so it is needed; one that is to be set back
        // matters least where flipping it led further into the other class.
        setBack = IntStream.range(0, target.length)
                .filter(i -> outer[i] != target[i])
                .boxed()
                .sorted(Comparator.comparingDouble(i -> boundary[i] == outer[i] ? -scores[i] : scores[i]))
                .toArray(Integer[]::new);
        low = 0;
        high = setBack.length;
        return halved();
    }

    private Outcome halved() {
        if (high - low > 1) {
            return ask(with(outer, setBack, (low + high) / 2));
        }
        return found();
    }

    @Override
    Outcome searched(boolean other) {
        int middle = (low + high) / 2;
        if (other) {
            low = middle;
        } else {
            high = middle;
        }
        return halved();
    }

    private Outcome found() {
        int left = setBack.length - low;
        if (firstDistance < 0 || left < distance) {
            boundary = with(outer, setBack, low);
            distance = left;
        }
        if (firstDistance < 0) {
            firstDistance = left;
        }
        return next();
    }

    private Outcome next() {
        if (iteration == options.iterations() || distance <= 1) {
            return Outcome.DONE;
        }
        return estimate();
    }

    @Override
    void beginEstimate() {
        Arrays.fill(flipped, 0);
        Arrays.fill(flippedAndOther, 0);
    }

    @Override
    double[] nearby() {
        return kind.noisy(boundary, NEARBY, random);
    }

    @Override
    void count(boolean other) {
        for (int i = 0; i < query.length; i++) {
            if (query[i] != boundary[i]) {
                flipped[i]++;
                flippedAndOther[i] += other ? 1 : 0;
            }
        }
    }

    @Override
    void direct() {
        double mean = others / (double) asked;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = flipped[i] == 0 ? 0 : flippedAndOther[i] / flipped[i] - mean;
        }
        stride = Math.max(1, (int) (distance / (2 * Math.sqrt(iteration))));
    }

    /** The boundary point with the bits flipped that are the target's yet and lead furthest into the other class. */
    @Override
    double[] ahead() {
        Integer[] furthest = IntStream.range(0, target.length)
                .filter(i -> boundary[i] == target[i] && scores[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .toArray(Integer[]::new);
        return with(boundary, furthest, Math.min(stride, furthest.length));
    }

    @Override
    Outcome shorten() {
        stride /= 2;
        if (stride == 0) {
            return search(boundary);
        }
        return ask(ahead());
    }

    /** A copy with the first bits of a list flipped. */
    private static double[] with(double[] record, Integer[] bits, int count) {
        double[] copy = record.clone();
        for (int i = 0; i < count; i++) {
            copy[bits[i]] = 1 - copy[bits[i]];
        }
        return copy;
    }

    @Override
    public double firstDistance() {
        return firstDistance < 0 ? Double.NaN : firstDistance;
    }

    @Override
    public double distance() {
        return firstDistance < 0 ? Double.NaN : distance;
    }
}
