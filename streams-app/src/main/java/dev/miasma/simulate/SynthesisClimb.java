// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * The search for one record of a class: Algorithm 1 of Shokri et al. 2017 (section V-C), one query at a time. Names in
 * brackets are the paper's.
 */
final class SynthesisClimb {
    private final SynthesisOptions options;
    private final FeatureKind kind;
    private final Random random;
    private final int[] order;
    private double[] candidate; // x
    private double[] best; // x*
    private double bestConfidence; // y*_c
    private int rejects; // j
    private int changed; // k
    private int queries;

    SynthesisClimb(int features, FeatureKind kind, SynthesisOptions options, Random random) {
        this.options = options;
        this.kind = kind;
        this.random = random;
        order = IntStream.range(0, features).toArray();
        changed = Math.min(options.mostChanged(), features);
        candidate = kind.random(features, options.density(), random);
        best = candidate;
    }

    /** The record to ask about. */
    double[] query() {
        return candidate;
    }

    /** Number of features drawn again in a step, as things are (k). */
    int changed() {
        return changed;
    }

    /** Queries answered. */
    int queries() {
        return queries;
    }

    /**
     * Takes the answer. After {@link Outcome#DONE} {@link #query} is the record found.
     *
     * @param label class that a record is wanted of (c)
     */
    Outcome answered(double[] posterior, int label) {
        queries++;
        double confidence = posterior[label];
        if (confidence >= bestConfidence) {
            boolean confident = confidence > options.leastConfidence() && label == highest(posterior, label);
            if (confident && random.nextDouble() < confidence) {
                return Outcome.DONE;
            }
            best = candidate;
            bestConfidence = confidence;
            rejects = 0;
        } else if (++rejects > options.mostRejects()) {
            changed = Math.max(Math.min(options.fewestChanged(), changed), (changed + 1) / 2);
            rejects = 0;
        }
        if (queries >= options.mostQueries()) {
            return Outcome.GIVEN_UP;
        }
        candidate = redraw();
        return Outcome.GOES_ON;
    }

    /** The class of the highest probability; among equals the one given. */
    private static int highest(double[] posterior, int label) {
        int highest = label;
        for (int i = 0; i < posterior.length; i++) {
            if (posterior[i] > posterior[highest]) {
                highest = i;
            }
        }
        return highest;
    }

    /** The best record with {@code changed} different features drawn again. */
    private double[] redraw() {
        double[] next = best.clone();
        for (int i = 0; i < changed; i++) {
            int j = i + random.nextInt(order.length - i);
            int feature = order[j];
            order[j] = order[i];
            order[i] = feature;
            next[feature] = kind.draw(options.density(), random);
        }
        return next;
    }
}
