// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.FeatureQuantiles;
import dev.miasma.config.FeatureSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Locality fingerprints: queries that differ in few features, or in all but by little, have bands in common, and others
 * have not. Banded locality-sensitive hashing (Indyk and Motwani, "Approximate nearest neighbors", 1998; the cells with
 * offsets of Datar et al., "Locality-sensitive hashing scheme based on p-stable distributions", 2004, one feature a
 * coordinate). 16 bands; each hashes a salted choice of features, put into cells with salted offsets, to 16 bits.
 *
 * <p>Choices, offsets and hashes depend on the operator's key alone. Not thread-safe.
 */
final class Locality {
    /** Bands of a fingerprint. */
    static final int BANDS = 16;

    /** Words of a fingerprint; four bands in each, the first in the lowest bits. */
    static final int WORDS = 4;

    /** With fewer features the values two records have in common by accident would make them near. */
    static final int FEWEST_FEATURES = 6;

    private static final int BITS = 16;
    private static final int BANDS_A_WORD = Long.SIZE / BITS;

    private final KeyedHash hash;
    private final BandPlan.Plans plans;
    private final @Nullable FeatureQuantiles quantiles;
    private final @Nullable Picture picture;

    /** Of the features of one query, by index: where they stand on the scale of cells; NaN where not asked for yet. */
    private double[] scaled = new double[0];

    /**
     * @param hash the salt
     * @param settings what is known of the features
     */
    Locality(KeyedHash hash, FeatureSettings settings) {
        this.hash = hash;
        plans = new BandPlan.Plans(hash);
        quantiles = settings.quantiles();
        picture = settings.picture() == null ? null : new Picture(settings.picture());
    }

    /** The fingerprint of a query's features, {@value #WORDS} words, or null where they are too few. */
    long @Nullable [] of(Features features) {
        if (features.count() < FEWEST_FEATURES) {
            return null;
        }
        if (picture != null && features.isVector() && features.count() == picture.length()) {
            return ofPicture(picture, features);
        }
        BandPlan plan = plans.of(features.count());
        FeatureQuantiles ranks =
                quantiles != null && !features.isNamed() && quantiles.length() == features.count() ? quantiles : null;
        forgetScaled(features.count());
        long[] bands = new long[WORDS];
        for (int band = 0; band < BANDS; band++) {
            start(band, features.count());
            for (int i = 0; i < plan.size(); i++) {
                int feature = plan.feature(band, i);
                hash.add(cell(features, feature, plan.offset(band, i), ranks));
            }
            set(bands, band, hash.value());
        }
        return bands;
    }

    private long[] ofPicture(Picture shape, Features features) {
        float[] cells = shape.cells(features.values());
        BandPlan plan = plans.of(cells.length);
        long[] bands = new long[WORDS];
        for (int band = 0; band < BANDS; band++) {
            start(band, cells.length);
            for (int i = 0; i < plan.size(); i++) {
                hash.add((long) Math.floor(cells[plan.feature(band, i)] + plan.offset(band, i)));
            }
            set(bands, band, hash.value());
        }
        return bands;
    }

    private void start(int band, int features) {
        hash.reset().add((long) band).add((long) features);
    }

    private void forgetScaled(int count) {
        if (scaled.length < count) {
            scaled = new double[Math.max(count, 2 * scaled.length)];
        }
        Arrays.fill(scaled, 0, count, Double.NaN);
    }

    private long cell(Features features, int feature, double offset, @Nullable FeatureQuantiles ranks) {
        long code = features.code(feature);
        if (code != 0) {
            return code;
        }
        float value = features.value(feature);
        double rank = ranks == null ? Double.NaN : ranks.rank(feature, value);
        if (!Double.isNaN(rank)) {
            return Cells.ofRank(rank, offset);
        }
        return Cells.isOwnCell(value) ? Cells.ownCell(value) : Cells.ofScaled(scaled(feature, value), offset);
    }

    /** A feature is in several bands, and its logarithm is the dearest part of them. */
    private double scaled(int feature, float value) {
        if (Double.isNaN(scaled[feature])) {
            scaled[feature] = Cells.scaled(value);
        }
        return scaled[feature];
    }

    /** Puts the lowest bits of a hash into a band of a fingerprint that has zeros there. */
    static void set(long[] bands, int band, long value) {
        bands[band / BANDS_A_WORD] |= (value & 0xffff) << (band % BANDS_A_WORD * BITS);
    }
}
