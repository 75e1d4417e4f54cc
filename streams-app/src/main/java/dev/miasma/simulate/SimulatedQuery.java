// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import org.jspecify.annotations.Nullable;

/**
 * One query of a simulated client and its answer.
 *
 * @param id of the event
 * @param client name of the client
 * @param cohort of the client; null for none
 * @param kind of the client
 * @param attack whether that kind is an attack
 * @param features of the record asked about; shared, not to be changed
 * @param posterior the target's answer, classes; not to be changed
 * @param labelOnly whether the client got only the class of the highest probability
 * @param timeMillis event time, milliseconds since 1970
 * @param member whether it is about a training member: that record itself, or a perturbed copy of it
 * @param target number of the client's target record that it belongs to, from 1; 0 for none
 * @param outcome where it leaves that target record
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record SimulatedQuery(
        String id,
        String client,
        @Nullable String cohort,
        String kind,
        boolean attack,
        double[] features,
        double[] posterior,
        boolean labelOnly,
        long timeMillis,
        boolean member,
        long target,
        Outcome outcome) {

    /** The class of the highest probability, the first among equals. */
    public int label() {
        return Labels.highest(posterior);
    }
}
