// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Random;
import java.util.function.Supplier;

/**
 * HopSkipJump, untargeted (Chen, Jordan and Wainwright 2020, Algorithm 2): from a record of another class by binary search
 * to the boundary, there an estimate of the gradient from labels of points nearby, a step along it that stays in the other
 * class, and again. What a point between two others is, and what a step, depends on the features.
 */
abstract sealed class HopSkipJump implements Walk permits ContinuousWalk, DiscreteWalk {
    private enum Phase {
        OWN_LABEL,
        START,
        SEARCH,
        GRADIENT,
        STEP
    }

    final double[] target;
    final WalkOptions options;
    final Random random;

    /** Where the binary search began. */
    double[] outer;

    /** What it ended at. */
    double[] boundary;

    double[] query;
    int iteration;

    /** Queries of this estimate, and how many of their answers were of another class. */
    int asked;

    int others;

    private final Supplier<double[]> starts;
    private Phase phase = Phase.OWN_LABEL;
    private int ownLabel;
    private int tries;

    HopSkipJump(double[] target, Supplier<double[]> starts, WalkOptions options, Random random) {
        this.target = target;
        this.starts = starts;
        this.options = options;
        this.random = random;
        query = target;
        outer = target;
        boundary = target;
    }

    /** Asks for the first point between {@link #outer} and the target, or goes on where there is none. */
    abstract Outcome halve();

    /** Takes the answer to a point of the binary search. */
    abstract Outcome searched(boolean other);

    /** Forgets what the last estimate counted. */
    abstract void beginEstimate();

    /** A random point near the boundary's. */
    abstract double[] nearby();

    /** Takes the answer to such a point. */
    abstract void count(boolean other);

    /** Makes of the counts where the next step goes, and how far. */
    abstract void direct();

    /** The point one step from the boundary's. */
    abstract double[] ahead();

    /** What to do after a step that led back into the target's class. */
    abstract Outcome shorten();

    @Override
    public final double[] query() {
        return query;
    }

    @Override
    public final Outcome answered(int label) {
        boolean other = phase != Phase.OWN_LABEL && label != ownLabel;
        return switch (phase) {
            case OWN_LABEL -> {
                ownLabel = label;
                yield start();
            }
            case START -> other ? search(query) : start();
            case SEARCH -> searched(other);
            case GRADIENT -> estimated(other);
            case STEP -> other ? search(query) : shorten();
        };
    }

    private Outcome start() {
        phase = Phase.START;
        if (tries++ == options.starts()) {
            return Outcome.GIVEN_UP;
        }
        return ask(starts.get());
    }

    final Outcome ask(double[] point) {
        query = point;
        return Outcome.GOES_ON;
    }

    /** Begins a binary search between a point of the other class and the target. */
    final Outcome search(double[] from) {
        phase = Phase.SEARCH;
        outer = from;
        return halve();
    }

    /** Begins an estimate of the gradient at the boundary's point. */
    final Outcome estimate() {
        phase = Phase.GRADIENT;
        iteration++;
        asked = 0;
        others = 0;
        beginEstimate();
        return ask(nearby());
    }

    private Outcome estimated(boolean other) {
        asked++;
        others += other ? 1 : 0;
        count(other);
        if (asked < options.gradientQueries(iteration)) {
            return ask(nearby());
        }
        direct();
        phase = Phase.STEP;
        return ask(ahead());
    }
}
