// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of trying defences.
 *
 * @param undefended the attacker against the bare answers
 * @param target the true-positive rate at 1 % FPR that a defence has to bring attackers down to
 * @param defences in the order they were given, at least one
 */
public record DefenseAuditResult(Exposure undefended, double target, List<DefenseResult> defences) {

    /** Twice what guessing gives. */
    public static final double USUAL_TARGET = 0.02;

    private static final double GUESSING = 0.01;

    public DefenseAuditResult {
        requireTarget(target);
        defences = List.copyOf(defences);
        if (defences.isEmpty()) {
            throw new AuditException("defences are 0; at least 1 needed");
        }
    }

    /**
     * Refuses a target that guessing already misses, or that nothing can.
     *
     * @throws AuditException naming the target and its bounds
     */
    public static void requireTarget(double target) {
        if (!(target > GUESSING && target <= 1)) {
            throw new AuditException("target of the TPR at 1 % FPR is " + target + "; above " + GUESSING
                    + ", which guessing gives, and at most 1 needed");
        }
    }

    /** Whether the sample has enough non-members to speak of 1 % of them. */
    public boolean resolvable() {
        return undefended.tprAt1Percent().isPresent();
    }

    /** Whether the bare answers are at or under the target already. */
    public boolean needless() {
        return reaches(undefended.tprAt1Percent());
    }

    /**
     * The cheapest defence that brings both attackers to the target: fewest labels changed, then least accuracy lost,
     * then least distortion. Absent if none does.
     */
    public Optional<DefenseResult> recommended() {
        return defences.stream()
                .filter(defence -> reaches(defence.attackers().tprAt1Percent()))
                .min(Comparator.comparingDouble(
                                (DefenseResult d) -> -d.utility().labelsKept())
                        .thenComparingDouble(d -> d.utility().accuracyLost())
                        .thenComparingDouble(d -> d.utility().distortion()));
    }

    /** The defence that leaves attackers the lowest rate, whatever it costs. */
    public DefenseResult strictest() {
        return defences.stream()
                .min(Comparator.comparingDouble(
                        defence -> defence.attackers().tprAt1Percent().orElse(1)))
                .orElseThrow();
    }

    private boolean reaches(OptionalDouble rate) {
        return rate.isPresent() && rate.getAsDouble() <= target;
    }
}
