// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an attack does on some of the records.
 *
 * @param name what they share
 * @param members how many members
 * @param nonMembers how many non-members
 * @param auc area under the curve within the slice; absent without records of both kinds
 * @param confusion the calls within the slice, at the thresholds of the whole; absent likewise
 */
public record Slice(String name, int members, int nonMembers, OptionalDouble auc, Optional<Confusion> confusion) {

    /** With fewer records than this on a side, a slice's figures say little. */
    public static final int FEW = 10;

    /** Whether the slice has too few records on a side to say much. */
    public boolean small() {
        return members < FEW || nonMembers < FEW;
    }

    /**
     * Cuts the evaluated records; slices without any record are left out.
     *
     * @param names of the slices
     * @param memberKeys the slice of each member, an index into {@code names}; -1 for none
     * @param nonMemberKeys the slice of each non-member, likewise
     */
    public static List<Slice> cut(AuditedScores audited, List<String> names, int[] memberKeys, int[] nonMemberKeys) {
        requireAsMany("member", memberKeys, audited.size(true));
        requireAsMany("non-member", nonMemberKeys, audited.size(false));
        List<Slice> slices = new ArrayList<>();
        for (int key = 0; key < names.size(); key++) {
            int[] in = indicesOf(memberKeys, key);
            int[] out = indicesOf(nonMemberKeys, key);
            if (in.length + out.length > 0) {
                slices.add(of(names.get(key), audited, in, out));
            }
        }
        return List.copyOf(slices);
    }

    private static Slice of(String name, AuditedScores audited, int[] in, int[] out) {
        if (in.length == 0 || out.length == 0) {
            return new Slice(name, in.length, out.length, OptionalDouble.empty(), Optional.empty());
        }
        int tp = calls(audited, true, in);
        int fp = calls(audited, false, out);
        return new Slice(
                name,
                in.length,
                out.length,
                OptionalDouble.of(Roc.of(scores(audited, true, in), scores(audited, false, out))
                        .auc()),
                Optional.of(new Confusion(tp, in.length - tp, fp, out.length - fp)));
    }

    private static int calls(AuditedScores audited, boolean member, int[] indices) {
        int calls = 0;
        for (int i : indices) {
            calls += audited.called(member, i) ? 1 : 0;
        }
        return calls;
    }

    private static double[] scores(AuditedScores audited, boolean member, int[] indices) {
        double[] scores = audited.view(member);
        double[] some = new double[indices.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = scores[indices[i]];
        }
        return some;
    }

    private static int[] indicesOf(int[] keys, int key) {
        return java.util.stream.IntStream.range(0, keys.length)
                .filter(i -> keys[i] == key)
                .toArray();
    }

    private static void requireAsMany(String name, int[] keys, int size) {
        if (keys.length != size) {
            throw new IllegalArgumentException(
                    name + " keys are " + keys.length + "; " + size + ", one a record, needed");
        }
    }
}
