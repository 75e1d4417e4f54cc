// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the features, for telling near queries.
 *
 * @param picture their size where they are pictures
 * @param quantiles their quantiles where these are known
 */
public record FeatureSettings(
        @Nullable PictureSize picture, @Nullable FeatureQuantiles quantiles) {
    /** Features of a query that its locality fingerprint looks at, at most, unless a picture has more. */
    public static final int MOST_FEATURES = 65_536;

    /** Nothing is known. */
    public static FeatureSettings unknown() {
        return new FeatureSettings(null, null);
    }

    /** How many features of a query count for its locality fingerprint: the first ones. */
    public int limit() {
        return picture == null ? MOST_FEATURES : Math.max(MOST_FEATURES, picture.length());
    }
}
