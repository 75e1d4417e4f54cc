// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.FeatureQuantiles;
import dev.miasma.config.FeatureSettings;
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

    /** Of the features of one query, by index: where they stand on the scale of cells; 0 for one with a cell of its own. */
    private double[] scaled = new double[0];

    /** The cells of those, 0 for the others: a sum, since a branch would often be foretold wrong. */
    private long[] own = new long[0];

    /** What a band is the hash of: its number, the number of features, and the cells of those it has chosen. */
    private final long[] words = new long[2 + BandPlan.MOST];

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
        scale(features, plan, ranks);
        long[] bands = new long[WORDS];
        for (int band = 0; band < BANDS; band++) {
            words[0] = band;
            words[1] = features.count();
            for (int i = 0; i < plan.size(); i++) {
                int feature = plan.feature(band, i);
                words[2 + i] = own[feature] + Cells.ofScaled(scaled[feature], plan.offset(band, i));
            }
            set(bands, band, hash.of(words, 2 + plan.size()));
        }
        return bands;
    }

    /** Once for all bands, for a feature is in several of them and its logarithm is the dearest part. */
    private void scale(Features features, BandPlan plan, @Nullable FeatureQuantiles ranks) {
        if (scaled.length < features.count()) {
            scaled = new double[features.count()];
            own = new long[features.count()];
        }
        for (int feature : plan.used()) {
            long code = features.code(feature);
            float value = features.value(feature);
            double rank = code != 0 || ranks == null ? Double.NaN : ranks.rank(feature, value);
            if (!Double.isNaN(rank)) {
                scaled[feature] = Cells.scaledRank(rank);
                own[feature] = 0;
            } else if (code != 0 || Cells.isOwnCell(value)) {
                scaled[feature] = 0;
                own[feature] = code != 0 ? code : Cells.ownCell(value);
            } else {
                scaled[feature] = Cells.scaled(value);
                own[feature] = 0;
            }
        }
    }

    private long[] ofPicture(Picture shape, Features features) {
        float[] cells = shape.cells(features.values());
        BandPlan plan = plans.of(cells.length);
        long[] bands = new long[WORDS];
        for (int band = 0; band < BANDS; band++) {
            words[0] = band;
            words[1] = cells.length;
            for (int i = 0; i < plan.size(); i++) {
                words[2 + i] = Cells.ofScaled(cells[plan.feature(band, i)], plan.offset(band, i));
            }
            set(bands, band, hash.of(words, 2 + plan.size()));
        }
        return bands;
    }

    /** Puts the lowest bits of a hash into a band of a fingerprint that has zeros there. */
    static void set(long[] bands, int band, long value) {
        bands[band / BANDS_A_WORD] |= (value & 0xffff) << (band % BANDS_A_WORD * BITS);
    }
}
