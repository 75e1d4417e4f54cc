// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks.
 *
 * @param features of the query; not to be changed
 * @param member whether it is about a training member: that record itself, or a perturbed copy of it
 * @param target number of the target record this query belongs to, from 1; 0 for none
 * @param account of the client's that asks; null where it has but one
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
record Question(
        double[] features,
        boolean member,
        long target,
        @Nullable Account account) {

    /**
     * One of several names a client goes by.
     *
     * @param number from 1
     * @param inCohort whether all of them can be seen to belong together: one tenant, one network block
     */
    record Account(long number, boolean inCohort) {}

    /** Of a client with one account. */
    static Question of(double[] features, boolean member, long target) {
        return new Question(features, member, target, null);
    }

    Question by(Account other) {
        return new Question(features, member, target, other);
    }
}
