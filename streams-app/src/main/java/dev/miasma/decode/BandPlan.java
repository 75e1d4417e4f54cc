// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Which features of a query of some length go into each band, and the offsets of their cells. */
final class BandPlan {
    /** Features a band at most. */
    static final int MOST = 24;

    /** Lengths remembered; beyond that the memory starts anew. */
    private static final int MAX_REMEMBERED = 64;

    private final int size;
    private final int[] features;
    private final double[] offsets;
    private final int[] used;

    private BandPlan(int length, KeyedHash salt) {
        size = Math.min(MOST, (length + 1) / 2);
        features = new int[Locality.BANDS * size];
        offsets = new double[features.length];
        for (int band = 0; band < Locality.BANDS; band++) {
            choose(band, length, salt);
        }
        used = IntStream.of(features).distinct().sorted().toArray();
    }

    /** At most half of the features, so that drawing again until one is new soon ends. */
    private void choose(int band, int length, KeyedHash salt) {
        int from = band * size;
        long draw = 0;
        for (int i = from; i < from + size; i++) {
            do {
                long word = salt.reset()
                        .add((long) length)
                        .add((long) band)
                        .add(draw++)
                        .value();
                features[i] = (int) Long.remainderUnsigned(word, length);
                offsets[i] = (salt.reset().add(word).value() >>> 11) * 0x1p-53;
            } while (has(from, i));
        }
    }

    private boolean has(int from, int to) {
        for (int i = from; i < to; i++) {
            if (features[i] == features[to]) {
                return true;
            }
        }
        return false;
    }

    /** The features that are in any band. */
    int[] used() {
        return used;
    }

    /** Features a band. */
    int size() {
        return size;
    }

    /** The {@code i}-th feature of a band. */
    int feature(int band, int i) {
        return features[band * size + i];
    }

    /** The offset of its cells, in [0, 1). */
    double offset(int band, int i) {
        return offsets[band * size + i];
    }

    /** The plans by length, made when first needed; the same ones wherever the salt is the same. */
    static final class Plans {
        private final KeyedHash salt;
        private final Map<Integer, BandPlan> byLength = new HashMap<>();
        private int lastLength = 1;
        private BandPlan last;

        Plans(KeyedHash salt) {
            this.salt = salt;
            last = new BandPlan(lastLength, salt);
        }

        BandPlan of(int length) {
            if (length != lastLength) {
                if (byLength.size() >= MAX_REMEMBERED) {
                    byLength.clear();
                }
                last = byLength.computeIfAbsent(length, d -> new BandPlan(d, salt));
                lastLength = length;
            }
            return last;
        }
    }
}
