// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;

/**
 * What one simulated client does: it asks, is told the answer, asks again. Neither knows of time; two with the same seed
 * that are told the same ask the same.
 */
interface Behaviour {

    /** The next question; empty once there is nothing left to ask, which stays so. */
    Optional<Question> next();

    /**
     * The answer to the last question.
     *
     * @param posterior classes; where only a label is answered, 1 for that class and 0 for the others
     * @return where this leaves the target record of the question
     */
    default Outcome answered(double[] posterior) {
        return Outcome.GOES_ON;
    }
}
