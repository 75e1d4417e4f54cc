// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.decode.Prediction;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One query with all that the sensors read of it: some 100 bytes, 150 with a locality fingerprint; no features, no
 * posterior.
 *
 * @param queryId id of the event
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param client pseudonym of the client
 * @param cohort group of the client
 * @param timeMillis event time, milliseconds since 1970
 * @param fingerprint keyed hash of the query
 * @param identified whether the fingerprint is the query's own; otherwise it is its posterior's, which two queries may
 *     share
 * @param locality locality fingerprint, 16 bands of 16 bits in 4 words, or empty; never changed
 * @param topConfidence largest probability of the answer; NaN where it had none
 * @param attack what an attack model says of the answer; null where it carried a label only
 * @param training what the filter of training records says of the query; null without filter or features
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by value below.
public record ScoredQuery(
        String queryId,
        String endpoint,
        String version,
        String client,
        @Nullable String cohort,
        long timeMillis,
        long fingerprint,
        boolean identified,
        long[] locality,
        float topConfidence,
        @Nullable AttackScore attack,
        @Nullable TrainingCheck training) {

    /** Words of a locality fingerprint. */
    public static final int LOCALITY_WORDS = 4;

    /** A locality fingerprint of a query that has none. */
    public static final long[] NO_LOCALITY = {};

    /** A query of a prediction; the other parameters as above. */
    static ScoredQuery of(
            Prediction prediction,
            float topConfidence,
            @Nullable AttackScore attack,
            @Nullable TrainingCheck training) {
        long[] locality = prediction.locality();
        return new ScoredQuery(
                prediction.id(),
                prediction.endpoint(),
                prediction.version(),
                prediction.client(),
                prediction.cohort(),
                prediction.timeMillis(),
                prediction.fingerprint(),
                prediction.identified(),
                locality == null ? NO_LOCALITY : locality,
                topConfidence,
                attack,
                training);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScoredQuery that
                && queryId.equals(that.queryId)
                && endpoint.equals(that.endpoint)
                && version.equals(that.version)
                && client.equals(that.client)
                && Objects.equals(cohort, that.cohort)
                && timeMillis == that.timeMillis
                && fingerprint == that.fingerprint
                && identified == that.identified
                && Arrays.equals(locality, that.locality)
                && Float.compare(topConfidence, that.topConfidence) == 0
                && Objects.equals(attack, that.attack)
                && Objects.equals(training, that.training);
    }

    @Override
    public int hashCode() {
        return Objects.hash(queryId, client, timeMillis, fingerprint);
    }
}
