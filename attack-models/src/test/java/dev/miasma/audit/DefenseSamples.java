// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import java.util.List;
import java.util.OptionalDouble;

/** Made-up results of defences, whose adaptive and naive figures can be told apart by their digits. */
public final class DefenseSamples {

    private DefenseSamples() {}

    /**
     * Two defences: "weak" misses a target of 0.02, "strong" reaches it and costs more.
     *
     * @param target of the TPR at 1 % FPR
     */
    public static DefenseAuditResult result(double target) {
        return new DefenseAuditResult(
                exposure(0.8731, 0.0712, List.of()),
                target,
                List.of(
                        new DefenseResult(
                                "weak",
                                "a weak defence",
                                "A paper, section 1",
                                new Utility(OptionalDouble.of(0.6), OptionalDouble.of(0.6), 1, 0.05),
                                new Attackers(
                                        exposure(0.8641, 0.0691, List.of()),
                                        exposure(0.5132, 0.0112, List.of("A naive attack")))),
                        new DefenseResult(
                                "strong",
                                "a strong defence",
                                "A paper, section 2",
                                new Utility(OptionalDouble.of(0.6), OptionalDouble.of(0.55), 0.9, 1.25),
                                new Attackers(
                                        exposure(0.6812, 0.0173, List.of()), exposure(0.5001, 0.0101, List.of())))));
    }

    /** The same with too few non-members to speak of 1 % of them. */
    public static DefenseAuditResult small() {
        Exposure exposure =
                new Exposure(0.7, OptionalDouble.empty(), OptionalDouble.empty(), 0, "An attack", List.of());
        DefenseResult defence = new DefenseResult(
                "weak",
                "a weak defence",
                "A paper, section 1",
                new Utility(OptionalDouble.empty(), OptionalDouble.empty(), 1, 0),
                new Attackers(exposure, exposure));
        return new DefenseAuditResult(exposure, 0.02, List.of(defence));
    }

    private static Exposure exposure(double auc, double tpr, List<String> inverted) {
        return new Exposure(
                auc, OptionalDouble.of(tpr), OptionalDouble.of(auc - 0.1), auc + 0.1, "An attack", inverted);
    }
}
