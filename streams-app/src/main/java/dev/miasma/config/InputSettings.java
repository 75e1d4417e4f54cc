// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.util.List;

/**
 * What the decode stage accepts.
 *
 * @param topics topics read
 * @param keyedByClient whether the record key already spreads the records by client
 * @param clientHeader header that overrides the event's client; empty for none
 * @param maxBytes largest event, bytes
 * @param maxAheadMillis how far an event's time may be ahead of the clock, milliseconds
 * @param sumTolerance largest distance of a posterior's sum from 1
 * @param maxClasses most classes of a posterior
 * @param maxRows most rows of a batch event
 * @param features what is known of the features
 */
public record InputSettings(
        List<String> topics,
        boolean keyedByClient,
        String clientHeader,
        int maxBytes,
        long maxAheadMillis,
        double sumTolerance,
        int maxClasses,
        int maxRows,
        FeatureSettings features) {
    /** Most rows of a batch event unless told otherwise. */
    public static final int MAX_ROWS = 1000;

    /** As many rows as by default, and nothing is known of the features; the other parameters as above. */
    public InputSettings(
            List<String> topics,
            boolean keyedByClient,
            String clientHeader,
            int maxBytes,
            long maxAheadMillis,
            double sumTolerance,
            int maxClasses) {
        this(
                topics,
                keyedByClient,
                clientHeader,
                maxBytes,
                maxAheadMillis,
                sumTolerance,
                maxClasses,
                MAX_ROWS,
                FeatureSettings.unknown());
    }
}
