// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.io.IOException;

/** The records of a training set, one after the other. */
interface TrainingRecords {
    /** Takes one record. */
    interface Sink {
        /**
         * Takes the next one.
         *
         * @param line where it is in the file, from 1, for messages
         * @param features its features as JSON, as an event has them
         */
        void take(long line, byte[] features);
    }

    /**
     * Reads all.
     *
     * @throws TrainingFilterException naming the line that cannot be used
     * @throws IOException if the file cannot be read
     */
    void each(Sink sink) throws IOException;
}
