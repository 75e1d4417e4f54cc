// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import org.jspecify.annotations.Nullable;

/**
 * One answer of a model to one query, validated.
 *
 * @param id id of the event, or of its row
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param client pseudonym of the client, or its id where pseudonyms are off
 * @param cohort tenant, network block or whatever the operator groups clients by
 * @param timeMillis event time, milliseconds since 1970
 * @param posterior buffer with the posterior in its first {@code classes} places; the decoder's own, valid
 *     until it has decoded {@value PosteriorBuffers#KEPT} more events or rows
 * @param classes classes of the posterior; 0 where the answer was a label only
 * @param trueClass index of the true class, -1 where unknown
 * @param fingerprint keyed 64-bit hash of the query: of the client's fingerprint, else of the features, else of the
 *     posterior, because a deterministic model answers the same record the same way
 * @param identified whether the fingerprint is the query's own; otherwise it is its posterior's, which two queries may
 *     share
 * @param hasRecordHash whether the event has features, and so a {@code recordHash}
 * @param recordHash keyed 64-bit hash of the features, whatever fingerprint the event brings; 0 without features
 * @param locality locality fingerprint of the features, or the client's own: 16 bands of 16 bits in 4 words; near queries
 *     have at least 4 bands equal. Null where the event has neither
 * @param represents how many queries this one stands for where the input is sampled; 1 otherwise
 * @param traceparent W3C trace context of the inference
 */
@SuppressWarnings("ArrayRecordComponent") // A record for its accessors; it is never compared.
public record Prediction(
        String id,
        String endpoint,
        String version,
        String client,
        @Nullable String cohort,
        long timeMillis,
        double[] posterior,
        int classes,
        int trueClass,
        long fingerprint,
        boolean identified,
        boolean hasRecordHash,
        long recordHash,
        long @Nullable [] locality,
        int represents,
        @Nullable String traceparent)
        implements Answered {

    /** A prediction whose event says nothing of the query itself; parameters as above. */
    public Prediction(
            String id,
            String endpoint,
            String version,
            String client,
            @Nullable String cohort,
            long timeMillis,
            double[] posterior,
            int classes,
            int trueClass,
            long fingerprint,
            int represents,
            @Nullable String traceparent) {
        this(
                id,
                endpoint,
                version,
                client,
                cohort,
                timeMillis,
                posterior,
                classes,
                trueClass,
                fingerprint,
                false,
                false,
                0,
                null,
                represents,
                traceparent);
    }

    /** Whether the model answered with a label and no posterior. */
    public boolean labelOnly() {
        return classes == 0;
    }

    /** Shows neither client nor posterior. */
    @Override
    public String toString() {
        return "Prediction[id=" + id + ", endpoint=" + endpoint + ", version=" + version + ", classes=" + classes + "]";
    }
}
