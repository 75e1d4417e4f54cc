// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.config.FeatureQuantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A random sample of vectors (Vitter's algorithm R, 1985), and the quantiles of their features. */
final class QuantileSample {
    private static final int STEPS = 32;

    /** Vectors kept at most, and numbers of all of them. */
    private static final int MOST_VECTORS = 10_000;

    private static final int MOST_NUMBERS = 20_000_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<float[]> kept = new ArrayList<>();
    private long seen;

    /** Takes a vector of as many features as the others; NaN for what is not a number. */
    void add(float[] vector) {
        seen++;
        if (kept.size() < Math.min(MOST_VECTORS, Math.max(100, MOST_NUMBERS / Math.max(1, vector.length)))) {
            kept.add(vector);
        } else {
            long place = random.nextLong(seen);
            if (place < kept.size()) {
                kept.set((int) place, vector);
            }
        }
    }

    /** The quantiles, in {@value #STEPS} steps; none for a feature of which no value is a number. */
    FeatureQuantiles quantiles() {
        float[][] edges = new float[kept.getFirst().length][];
        float[] values = new float[kept.size()];
        for (int feature = 0; feature < edges.length; feature++) {
            int count = 0;
            for (float[] vector : kept) {
                if (Float.isFinite(vector[feature])) {
                    values[count++] = vector[feature] + 0.0f;
                }
            }
            Arrays.sort(values, 0, count);
            edges[feature] = new float[count == 0 ? 0 : STEPS + 1];
            for (int step = 0; step < edges[feature].length; step++) {
                edges[feature][step] = values[(int) ((long) step * (count - 1) / STEPS)];
            }
        }
        return new FeatureQuantiles(seen, edges);
    }
}
