// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.FeatureSettings;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Locality fingerprints of vectors, and how many of them are near, for the tests of this package. */
final class Near {
    static final int ENOUGH = 4;

    private final Locality locality;
    private final Features features;

    Near(FeatureSettings settings) {
        this(settings, 7);
    }

    Near(FeatureSettings settings, long key) {
        locality = new Locality(new KeyedHash(key, ~key), settings);
        features = new Features(settings.limit());
    }

    long[] of(double... vector) {
        features.clear();
        for (int i = 0; i < vector.length; i++) {
            features.addNumber(i, (float) vector[i]);
        }
        features.arrange();
        long[] bands = locality.of(features);
        if (bands == null) {
            throw new AssertionError("no fingerprint of " + vector.length + " features");
        }
        return bands;
    }

    static int equalBands(long[] one, long[] other) {
        int equal = 0;
        for (int band = 0; band < Locality.BANDS; band++) {
            int shift = band % 4 * 16;
            equal += (one[band / 4] >>> shift & 0xffff) == (other[band / 4] >>> shift & 0xffff) ? 1 : 0;
        }
        return equal;
    }

    /** Share of the vectors that are near what becomes of them. */
    double recall(List<double[]> vectors, UnaryOperator<double[]> change) {
        long near = vectors.stream()
                .filter(vector -> equalBands(of(vector), of(change.apply(vector))) >= ENOUGH)
                .count();
        return (double) near / vectors.size();
    }

    /** Share of random pairs of different vectors that are near. */
    double benign(List<double[]> vectors, int pairs, Random random) {
        List<long[]> bands = vectors.stream().map(this::of).toList();
        int near = 0;
        for (int i = 0; i < pairs; i++) {
            int one = random.nextInt(bands.size());
            int other = (one + 1 + random.nextInt(bands.size() - 1)) % bands.size();
            near += equalBands(bands.get(one), bands.get(other)) >= ENOUGH ? 1 : 0;
        }
        return (double) near / pairs;
    }
}
