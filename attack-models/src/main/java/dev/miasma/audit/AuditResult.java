// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.evaluation.Figure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an audit found.
 *
 * @param protocol how the attacks learnt, for people
 * @param answers the evaluated answers
 * @param memberAccuracy share of right answers to members; absent without labels
 * @param nonMemberAccuracy likewise for non-members
 * @param options how it was done
 * @param attacks at least one, in the order they were given
 * @param notes what a reader should know of the audit as a whole, sentences without a full stop at the end
 */
public record AuditResult(
        String protocol,
        Answers answers,
        OptionalDouble memberAccuracy,
        OptionalDouble nonMemberAccuracy,
        AuditOptions options,
        List<AttackResult> attacks,
        List<String> notes) {

    public AuditResult {
        attacks = List.copyOf(attacks);
        notes = List.copyOf(notes);
        if (attacks.isEmpty()) {
            throw new AuditException("no attack can be run on these answers");
        }
    }

    /** The attack with the largest area under its curve; the first of several. */
    public AttackResult strongest() {
        return attacks.stream()
                .max(Comparator.comparingDouble(attack -> attack.figures().roc().auc()))
                .orElseThrow();
    }

    /** The attack that finds most members at 1 % false positives; absent where no non-member sample resolves that. */
    public Optional<AttackResult> mostCareful() {
        return attacks.stream()
                .filter(attack ->
                        attack.figures().value(Figure.TPR_AT_1_PERCENT).isPresent())
                .max(Comparator.comparingDouble(attack ->
                        attack.figures().value(Figure.TPR_AT_1_PERCENT).orElseThrow()));
    }
}
