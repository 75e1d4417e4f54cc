// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import org.jspecify.annotations.Nullable;

/**
 * A prediction, or several, with the record they came in, for the one stage that passes the record on: it goes nowhere else.
 *
 * @param key the record's key as it came
 * @param event the record's value as it came
 * @param answered what the event says; valid until the decoder decodes the next event
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
public record Original(byte @Nullable [] key, byte[] event, Answered answered) implements Decoded {

    /** Shows nothing of the event. */
    @Override
    public String toString() {
        return "Original[" + answered + ", bytes=" + event.length + "]";
    }
}
