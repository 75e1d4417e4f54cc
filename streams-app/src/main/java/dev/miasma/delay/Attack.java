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
 */
record Attack(ClientGroup group, String name, double memberShare) {
    private static final String MEMBERS = "members";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong, if it is no attack
     */
    static Attack of(String text) {
        ClientGroup group = ClientGroup.parse(text);
        if (!group.kind().attack()) {
            throw new IllegalArgumentException(text + " is benign: must be an attack");
        }
        double memberShare = switch (group.kind().name()) {
            case "score", "sybils" -> group.value(MEMBERS);
            case "low-and-slow" -> group.value(MEMBERS) * group.value("share");
            case "owner-audit" -> 1;
            default -> Double.NaN;
        };
        return new Attack(group, text, memberShare);
    }

    /** Every kind of attack of the simulator; some with several shares of members, or confidences wanted. */
    static List<String> all() {
        return List.of(
                "score:members=1",
                "score:members=0.5",
                "score:members=0.2",
                "owner-audit",
                "ml-leaks",
                "lira",
                "low-and-slow",
                "sybils:members=1",
                "sybils",
                "flood",
                "augmentation",
                "noise",
                "boundary",
                "repeat",
                "synthesis",
                "synthesis:conf-min=0.8");
    }

    /** Whether the limit is that of its cohort. */
    boolean byCohort() {
        return group.kind().name().equals("sybils");
    }

    /** Whether it gets the larger number of queries. */
    boolean slow() {
        return group.kind().name().equals("low-and-slow");
    }

    /** Whether it goes on until a target record is finished. */
    boolean untilDone() {
        return group.kind().name().equals("synthesis");
    }
}
