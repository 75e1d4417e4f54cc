// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the record around an event says.
 *
 * @param position topic, partition and offset, as a name for an event that has none; made only for such
 * @param timeMillis time of the record, milliseconds since 1970, for an event that has none
 * @param clientHeader client named by a header, which overrides the event's own field
 * @param traceparent W3C trace context of the inference
 */
public record Arrival(
        Supplier<String> position,
        long timeMillis,
        @Nullable String clientHeader,
        @Nullable String traceparent) {
    /** Of a record with a name; parameters as above. */
    public Arrival(String position, long timeMillis, @Nullable String clientHeader, @Nullable String traceparent) {
        this(() -> position, timeMillis, clientHeader, traceparent);
    }
}
