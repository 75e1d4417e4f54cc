// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/**
 * The records simulated clients ask about.
 *
 * @param members training members of the target, records x features
 * @param nonMembers records the target was not trained on, as long
 * @param kind what the features are
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record Population(double[][] members, double[][] nonMembers, FeatureKind kind) {

    /** Checks that there are records of one length. */
    public Population {
        if (members.length == 0 || nonMembers.length == 0) {
            throw new IllegalArgumentException("members are " + members.length + ", non-members " + nonMembers.length
                    + ": at least 1 of each is needed");
        }
        for (double[][] records : new double[][][] {members, nonMembers}) {
            for (double[] record : records) {
                if (record.length != members[0].length || record.length == 0) {
                    throw new IllegalArgumentException("a record has " + record.length + " features, another "
                            + members[0].length + ": all must have as many, and at least 1");
                }
            }
        }
    }

    /** With the kind of features that the records look like: bits or numbers. */
    public static Population of(double[][] members, double[][] nonMembers) {
        FeatureKind kind = FeatureKind.of(members);
        return new Population(members, nonMembers, kind.bits() ? FeatureKind.of(nonMembers) : kind);
    }

    int features() {
        return members[0].length;
    }
}
