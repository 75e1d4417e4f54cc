// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One query with what an attack model says of its answer: about 100 bytes, no features, no posterior.
 *
 * @param queryId id of the event
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param client pseudonym of the client
 * @param cohort group of the client
 * @param timeMillis event time, milliseconds since 1970
 * @param fingerprint keyed hash of the query
 * @param score attack score; higher is more member-like
 * @param aboveMedian whether the score reached the median of the calibration's non-members
 * @param flagged whether the score reached the flag cut
 * @param logEvidence ln L of the score's bin, one a row of the evidence table; shared and never changed
 * @param nullShare share of the calibration's non-members at or above the flag cut
 * @param modelId short id of the attack-model file
 * @param budgetGuaranteed whether the calibration bears the alert budget
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
        double score,
        boolean aboveMedian,
        boolean flagged,
        float[] logEvidence,
        double nullShare,
        String modelId,
        boolean budgetGuaranteed) {

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
                && Double.compare(score, that.score) == 0
                && aboveMedian == that.aboveMedian
                && flagged == that.flagged
                && Arrays.equals(logEvidence, that.logEvidence)
                && Double.compare(nullShare, that.nullShare) == 0
                && modelId.equals(that.modelId)
                && budgetGuaranteed == that.budgetGuaranteed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(queryId, client, timeMillis, fingerprint);
    }
}
