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
 * @param filtered whether the monitor has a filter of the training set
 */
record Attack(ClientGroup group, String name, double memberShare, boolean filtered) {
    private static final String MEMBERS = "members";

    /** Behind an attack: the monitor has a filter of the training set. */
    private static final String FILTER = "+training-filter";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong, if it is no attack
     */
    static Attack of(String text) {
        boolean filtered = text.endsWith(FILTER);
        ClientGroup group = ClientGroup.parse(filtered ? text.substring(0, text.length() - FILTER.length()) : text);
        if (!group.kind().attack()) {
            throw new IllegalArgumentException(text + " is benign: must be an attack");
        }
        double memberShare = switch (group.kind().name()) {
            case "score", "sybils" -> group.value(MEMBERS);
            case "low-and-slow" -> group.value(MEMBERS) * group.value("share");
            case "owner-audit" -> 1;
            default -> Double.NaN;
        };
        return new Attack(group, text, filtered ? Double.NaN : memberShare, filtered);
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
                "low-and-slow:members=1:share=0.1",
                "low-and-slow:members=1:share=0.1+training-filter",
                "low-and-slow:members=1:share=0.05+training-filter",
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
