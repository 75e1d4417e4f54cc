// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;
import java.util.Random;

/** Hands out target records, a share of them training members, each in random order. */
final class TargetPool {
    private final Random random;
    private final RecordPool members;
    private final RecordPool nonMembers;
    private final double memberShare;
    private final boolean again;

    /** A record and whether it is a training member. */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    record Target(double[] features, boolean member) {}

    /**
     * @param memberShare probability that a target is a member, 0 to 1
     * @param again whether a pool that has been through starts over; otherwise the targets end there
     */
    TargetPool(double[][] members, double[][] nonMembers, double memberShare, boolean again, Random random) {
        this.random = random;
        this.members = new RecordPool(members, random);
        this.nonMembers = new RecordPool(nonMembers, random);
        this.memberShare = memberShare;
        this.again = again;
    }

    Optional<Target> next() {
        boolean member = random.nextDouble() < memberShare;
        RecordPool pool = member ? members : nonMembers;
        return pool.isThrough() && !again ? Optional.empty() : Optional.of(new Target(pool.next(), member));
    }
}
