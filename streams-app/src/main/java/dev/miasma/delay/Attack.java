// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.simulate.ClientGroup;
import java.util.List;

/**
 * An attack whose delay is measured.
 *
 * @param group the kind of client with its parameters
 * @param name as it is given to {@code miasma simulate}
 * @param memberShare share of training members among its new queries, where its posteriors are those of the records
 *     themselves; NaN where a limit by the attack score is not defined
 * @param byCohort whether the limit is that of its cohort
 * @param slow whether it gets the larger number of queries
 * @param untilDone whether it goes on until a target record is finished
 */
record Attack(ClientGroup group, String name, double memberShare, boolean byCohort, boolean slow, boolean untilDone) {

    /** Every kind of attack of the simulator; those by the score with several shares of members. */
    static List<Attack> all() {
        return List.of(
                scored("score:members=1", 1),
                scored("score:members=0.5", 0.5),
                scored("score:members=0.2", 0.2),
                scored("owner-audit", 1),
                plain("ml-leaks"),
                plain("lira"),
                new Attack(group("low-and-slow"), "low-and-slow", 0.05 * 0.5, false, true, false),
                new Attack(group("sybils:members=1"), "sybils:members=1", 1, true, false, false),
                new Attack(group("sybils"), "sybils", 0.5, true, false, false),
                plain("flood"),
                plain("augmentation"),
                plain("noise"),
                plain("boundary"),
                plain("repeat"),
                new Attack(group("synthesis"), "synthesis", Double.NaN, false, false, true));
    }

    private static ClientGroup group(String text) {
        return ClientGroup.parse(text);
    }

    private static Attack scored(String text, double memberShare) {
        return new Attack(group(text), text, memberShare, false, false, false);
    }

    private static Attack plain(String text) {
        return new Attack(group(text), text, Double.NaN, false, false, false);
    }
}
