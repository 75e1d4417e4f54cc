// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.function.IntFunction;

/**
 * The answers to the queries of one batch event, each decoded when it is asked for. It is the decoder's own, valid until
 * that decodes the next event.
 */
public final class Batch implements Answered {
    private final int size;
    private final IntFunction<Decoded> rows;

    Batch(int size, IntFunction<Decoded> rows) {
        this.size = size;
        this.rows = rows;
    }

    /** Rows, good and bad ones, 1 at least. */
    public int size() {
        return size;
    }

    /**
     * Decodes one row, as often as wanted.
     *
     * @param place index of the row, from 0
     * @return a {@link Prediction}, or a {@link Rejection} whose message names row and field
     */
    public Decoded row(int place) {
        return rows.apply(place);
    }

    /** What dead letters and queries of a row are known by, where they go by their event's name. */
    public static String name(String event, int place) {
        return event + "#" + place;
    }

    /** Shows nothing of the event. */
    @Override
    public String toString() {
        return "Batch[size=" + size + "]";
    }
}
