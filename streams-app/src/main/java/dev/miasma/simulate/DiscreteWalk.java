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
final class DiscreteWalk implements Walk {
    /** Share of the bits that are flipped in a point near the boundary. */
    private static final double NEARBY = 0.03;

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
    private final FeatureKind.Bits kind = new FeatureKind.Bits();
    private final double[] scores;
    private final double[] flippedAndOther;
    private final int[] flipped;
    private Phase phase = Phase.OWN_LABEL;
    private double[] query;
    private int ownLabel;
    private int tries;
    private double[] outer;
    private Integer[] setBack = {};
    private int low;
    private int high;
    private double[] boundary;
    private int firstDistance = -1;
    private int distance;
    private int iteration;
    private int asked;
    private int others;
    private int stride;

    /**
     * @param target the record
     * @param starts records of which one may be of another class
     */
    DiscreteWalk(double[] target, Supplier<double[]> starts, WalkOptions options, Random random) {
        this.target = target;
        this.starts = starts;
        this.options = options;
        this.random = random;
        scores = random.doubles(target.length).toArray();
        flippedAndOther = new double[target.length];
        flipped = new int[target.length];
        query = target;
        outer = target;
        boundary = target;
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

    /** Begins a binary search between a point of the other class and the target. */
    private Outcome search(double[] from) {
        phase = Phase.SEARCH;
        outer = from;
        // A bit set by the last step was chosen for what flipping it did, so it is needed; one that is to be set back
        // matters least where flipping it led further into the other class.
        setBack = IntStream.range(0, target.length)
                .filter(i -> from[i] != target[i])
                .boxed()
                .sorted(Comparator.comparingDouble(i -> boundary[i] == from[i] ? -scores[i] : scores[i]))
                .toArray(Integer[]::new);
        low = 0;
        high = setBack.length;
        return halve();
    }

    private Outcome halve() {
        if (high - low > 1) {
            query = with(outer, setBack, (low + high) / 2);
            return Outcome.GOES_ON;
        }
        return found();
    }

    private Outcome searched(boolean other) {
        int middle = (low + high) / 2;
        if (other) {
            low = middle;
        } else {
            high = middle;
        }
        return halve();
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
        phase = Phase.GRADIENT;
        iteration++;
        asked = 0;
        others = 0;
        Arrays.fill(flipped, 0);
        Arrays.fill(flippedAndOther, 0);
        query = kind.noisy(boundary, NEARBY, random);
        return Outcome.GOES_ON;
    }

    private Outcome estimated(boolean other) {
        asked++;
        others += other ? 1 : 0;
        for (int i = 0; i < query.length; i++) {
            if (query[i] != boundary[i]) {
                flipped[i]++;
                flippedAndOther[i] += other ? 1 : 0;
            }
        }
        if (asked < options.gradientQueries(iteration)) {
            query = kind.noisy(boundary, NEARBY, random);
            return Outcome.GOES_ON;
        }
        double mean = others / (double) asked;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = flipped[i] == 0 ? 0 : flippedAndOther[i] / flipped[i] - mean;
        }
        phase = Phase.STEP;
        stride = Math.max(1, (int) (distance / (2 * Math.sqrt(iteration))));
        query = ahead();
        return Outcome.GOES_ON;
    }

    /** The boundary point with the bits flipped that are the target's yet and lead furthest into the other class. */
    private double[] ahead() {
        Integer[] furthest = IntStream.range(0, target.length)
                .filter(i -> boundary[i] == target[i] && scores[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .toArray(Integer[]::new);
        return with(boundary, furthest, Math.min(stride, furthest.length));
    }

    private Outcome stepped(boolean other) {
        if (other) {
            return search(query);
        }
        stride /= 2;
        if (stride == 0) {
            return search(boundary);
        }
        query = ahead();
        return Outcome.GOES_ON;
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
