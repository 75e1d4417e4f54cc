// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import org.jspecify.annotations.Nullable;

/**
 * One scored answer, as the measures see it.
 *
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param score attack score; higher is more member-like
 * @param flagged whether the score reached the flag cut
 * @param nullShare share of the calibration's non-members that reach that cut
 * @param represents how many queries this one stands for where the input is sampled; 1 otherwise
 * @param traceId W3C trace id of the inference, for exemplars
 * @param spanId W3C span id of the inference, for exemplars
 */
public record ScoredAnswer(
        String endpoint,
        String version,
        double score,
        boolean flagged,
        double nullShare,
        int represents,
        @Nullable String traceId,
        @Nullable String spanId) {}
