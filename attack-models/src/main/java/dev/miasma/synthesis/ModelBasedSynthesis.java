// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.synthesis;

import dev.miasma.dataset.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Model-based synthesis, Algorithm 1 of Shokri et al. 2017 (section V-C): hill climbing on the target's confidence in a
 * class, with nothing but black-box queries. Records that the target is confident about are, for an overfitted target,
 * statistically near its training data.
 */
public final class ModelBasedSynthesis {

    private final Function<double[], double[]> target;
    private final RecordSource source;
    private final SynthesisOptions options;

    /**
     * @param target features to posterior; called from several threads
     * @param source what features may be
     * @param options of the search
     */
    public ModelBasedSynthesis(Function<double[], double[]> target, RecordSource source, SynthesisOptions options) {
        this.target = target;
        this.source = source;
        this.options = options;
    }

    /**
     * Makes records of every class, the classes in parallel. Equal input gives equal records.
     *
     * @param name of the data set made
     * @param classes of the target
     * @param perClass records wanted of each
     * @param seed of every random choice
     */
    public SyntheticData synthesise(String name, int classes, int perClass, long seed) {
        List<OfClass> all = IntStream.range(0, classes)
                .parallel()
                .mapToObj(c -> ofClass(c, perClass, new Random(seed * 31 + c)))
                .toList();
        List<double[]> records = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        long queries = 0;
        int givenUp = 0;
        for (OfClass one : all) {
            for (double[] record : one.records()) {
                records.add(record);
                labels.add(one.label());
            }
            queries += one.queries();
            givenUp += one.givenUp();
        }
        Dataset data = new Dataset(
                name,
                records.toArray(double[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                classes,
                true);
        return new SyntheticData(data, queries, givenUp);
    }

    private record OfClass(int label, List<double[]> records, long queries, int givenUp) {}

    private OfClass ofClass(int label, int wanted, Random random) {
        List<double[]> records = new ArrayList<>();
        long queries = 0;
        int givenUp = 0;
        for (int i = 0; i < wanted; i++) {
            Climb climb = new Climb(label, random);
            double[] record = climb.run();
            queries += climb.queries;
            if (record == null) {
                givenUp++;
            } else {
                records.add(record);
            }
        }
        return new OfClass(label, records, queries, givenUp);
    }

    /** The search for one record; names in brackets are the algorithm's. */
    private final class Climb {
        private final int label;
        private final Random random;
        private final int[] order = IntStream.range(0, source.features()).toArray();
        private int queries;

        Climb(int label, Random random) {
            this.label = label;
            this.random = random;
        }

        /** A record, or null when the queries ran out. */
        double @Nullable [] run() {
            double[] candidate = source.record(random); // x
            double[] best = candidate; // x*
            double bestConfidence = 0; // y*_c
            int rejects = 0; // j
            int changed = Math.min(options.mostChanged(), source.features()); // k
            while (queries < options.mostQueries()) {
                double[] posterior = target.apply(candidate);
                queries++;
                double confidence = posterior[label];
                if (confidence >= bestConfidence) {
                    boolean confident = confidence > options.leastConfidence() && isArgMax(posterior);
                    if (confident && random.nextDouble() < confidence) {
                        return candidate;
                    }
                    best = candidate;
                    bestConfidence = confidence;
                    rejects = 0;
                } else if (++rejects > options.mostRejects()) {
                    changed = Math.max(Math.min(options.fewestChanged(), changed), (changed + 1) / 2);
                    rejects = 0;
                }
                candidate = redraw(best, changed);
            }
            return null;
        }

        private boolean isArgMax(double[] posterior) {
            for (double p : posterior) {
                if (p > posterior[label]) {
                    return false;
                }
            }
            return true;
        }

        /** Draws {@code changed} different features of a record again. */
        private double[] redraw(double[] record, int changed) {
            double[] next = record.clone();
            for (int i = 0; i < changed; i++) {
                int j = i + random.nextInt(order.length - i);
                int feature = order[j];
                order[j] = order[i];
                order[i] = feature;
                next[feature] = source.draw(feature, random);
            }
            return next;
        }
    }
}
