// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.DefenseResult;
import dev.miasma.audit.Exposure;
import dev.miasma.audit.Utility;
import dev.miasma.evaluation.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What came of trying defences, in words for every kind of report. */
final class DefenseFindings {

    /** How the figures came about. */
    static final String METHOD =
            "The adaptive attacker knows the defence and puts it before the shadow it learns on; the"
                    + " naive one learns on the bare shadow, and its figures say nothing alone. Each figure is that of the"
                    + " attack that does best. TPR at 1 % FPR of an attacker who tells equal scores apart by chance;"
                    + " precision at the learnt threshold of the attack with the largest AUC. Distortion: mean L1 distance"
                    + " of an answer from what it was, 0 to 2. Accuracy: of non-members.";

    /** From here on, an attacker who only wants to be right on average is still served. */
    private static final double SEEN = 0.6;

    private static final String IN_THE_MODEL =
            "what leaks is in the model, not in the digits of its answers. Train it anew"
                    + " with less overfitting (more data, L2, dropout, early stopping), or with differential privacy where"
                    + " a guarantee is needed, and audit that with a shadow trained the same way.";

    private final DefenseAuditResult result;

    DefenseFindings(DefenseAuditResult result) {
        this.result = result;
    }

    /** What to do: a few sentences each. */
    List<String> recommendation() {
        List<String> words = new ArrayList<>();
        if (!result.resolvable()) {
            words.add("No defence is recommended: with fewer than 100 non-members, a TPR at 1 % FPR can't be seen.");
        } else if (result.needless()) {
            words.add("Without a defence the TPR at 1 % FPR is "
                    + Numbers.percent(result.undefended().tprAt1Percent())
                    + ", not above the target of " + Percent.of(result.target()) + ": none is needed for that. "
                    + onAverage(result.undefended(), "Still"));
        } else {
            words.add(result.recommended().map(this::recommended).orElseGet(this::noneDoes));
        }
        return words.stream().map(String::strip).toList();
    }

    /** Attacks that work the wrong way round, and whose. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        inverted("no defence", result.undefended(), warnings);
        for (DefenseResult defence : result.defences()) {
            defence.attackers().compare((adaptive, naive) -> {
                inverted(defence.id() + ", adaptive attacker", adaptive, warnings);
                inverted(defence.id() + ", naive attacker", naive, warnings);
                return warnings;
            });
        }
        return warnings;
    }

    private static void inverted(String where, Exposure exposure, List<String> warnings) {
        if (!exposure.inverted().isEmpty()) {
            warnings.add(where + ": inverted, with an AUC below 0.5: " + String.join("; ", exposure.inverted()));
        }
    }

    private String recommended(DefenseResult best) {
        Utility utility = best.utility();
        return "Recommended is \"" + best.id() + "\" (" + best.title() + "; " + best.source()
                + "), the cheapest of " + result.defences().size()
                + " that brings the TPR at 1 % FPR to at most " + Percent.of(result.target()) + ": from "
                + Numbers.percent(result.undefended().tprAt1Percent()) + " to "
                + Numbers.percent(best.attackers().tprAt1Percent()) + ", also for an attacker who knows it. It keeps "
                + Numbers.percent(utility.labelsKept()) + " of the predicted classes" + accuracy(utility)
                + " and moves an answer by " + Numbers.four(utility.distortion()) + " on average. "
                + onAverage(best.attackers().adaptive(), "But");
    }

    private static String accuracy(Utility utility) {
        OptionalDouble before = utility.accuracyBefore();
        return before.isEmpty()
                ? ""
                : ", leaves an accuracy of " + Numbers.percent(utility.accuracyAfter()) + " where "
                        + Numbers.percent(before) + " was";
    }

    private String noneDoes() {
        DefenseResult best = result.strictest();
        return "None of " + result.defences().size() + " defences brings the TPR at 1 % FPR from "
                + Numbers.percent(result.undefended().tprAt1Percent()) + " to the target of "
                + Percent.of(result.target()) + "; the lowest is "
                + Numbers.percent(best.attackers().tprAt1Percent()) + " with \"" + best.id() + "\". So "
                + IN_THE_MODEL;
    }

    private static String onAverage(Exposure exposure, String but) {
        return exposure.auc() < SEEN
                ? ""
                : but + ", an AUC of " + Numbers.four(exposure.auc())
                        + " remains: whoever asks about many records is still right more often than by guessing, and "
                        + IN_THE_MODEL;
    }
}
