// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a subject since its watch began or since its last alarm.
 *
 * @param queries all queries
 * @param firstSights those of them that were no repeats
 * @param aboveMedian first sights whose score reached the median of known non-members, which half of a benign client's do
 * @param flagged first sights whose answer was flagged
 * @param nullShare share of calibration non-members that are flagged; NaN without an attack score
 * @param compared first sights that were compared with recent ones
 * @param near those of them that were near one
 * @param climbed those of them that were more confident as well
 * @param checked first sights that the training filter was asked about
 * @param hits those of them that it has
 * @param sinceMillis event time of the first of these queries, milliseconds since 1970
 * @param bins first sights with an attack score, by bin of the calibration
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by value below.
public record Observed(
        long queries,
        long firstSights,
        long aboveMedian,
        long flagged,
        double nullShare,
        long compared,
        long near,
        long climbed,
        long checked,
        long hits,
        long sinceMillis,
        long[] bins) {

    static Observed of(Tally tally, double nullShare) {
        return new Observed(
                tally.queries,
                tally.firstSights,
                tally.aboveMedian,
                tally.flagged,
                nullShare,
                tally.compared,
                tally.near,
                tally.climbed,
                tally.checked,
                tally.hits,
                tally.sinceMillis,
                Arrays.stream(tally.bins).asLongStream().toArray());
    }

    /** Queries that were repeats. */
    public long repeats() {
        return queries - firstSights;
    }

    /** First sights with an attack score. */
    public long scored() {
        return Arrays.stream(bins).sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Observed that
                && queries == that.queries
                && firstSights == that.firstSights
                && aboveMedian == that.aboveMedian
                && flagged == that.flagged
                && Double.compare(nullShare, that.nullShare) == 0
                && compared == that.compared
                && near == that.near
                && climbed == that.climbed
                && checked == that.checked
                && hits == that.hits
                && sinceMillis == that.sinceMillis
                && Arrays.equals(bins, that.bins);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(queries * 31 + sinceMillis);
    }
}
