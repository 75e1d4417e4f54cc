// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.AttackResult;
import dev.miasma.audit.AuditOptions;
import dev.miasma.audit.AuditResult;
import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.Confusion;
import dev.miasma.evaluation.Figure;
import dev.miasma.evaluation.Interval;
import dev.miasma.evaluation.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an audit means, in words. */
final class Findings {

    /** An AUC whose interval ends below this is little better than guessing, even where it does not reach down to 0.5. */
    private static final double LITTLE_AUC = 0.55;

    /** A member found this many times as often as by guessing stands out. */
    private static final double STANDS_OUT = 2;

    /** From this gap between the accuracies on, overfitting alone explains an attack. */
    private static final double OVERFITTED = 0.05;

    private final AuditResult result;
    private final AttackResult strongest;

    Findings(AuditResult result) {
        this.result = result;
        strongest = result.strongest();
    }

    /** One sentence for the top of a page. */
    String verdict() {
        return switch (level()) {
            case LITTLE -> "No attack of this audit does notably better than guessing.";
            case SOME -> "The answers give some members away.";
            case MUCH -> "The answers give members away.";
        };
    }

    /** How bad it is, for the colour of the verdict. */
    Level level() {
        AttackFigures figures = strongest.figures();
        double low = figures.interval(Figure.AUC)
                .map(Interval::low)
                .orElse(figures.roc().auc());
        double high = figures.interval(Figure.AUC)
                .map(Interval::high)
                .orElse(figures.roc().auc());
        boolean standOut = result.mostCareful()
                .filter(a -> figuresLow(a.figures()) > STANDS_OUT * 0.01)
                .isPresent();
        if ((low <= 0.5 || high < LITTLE_AUC) && !standOut) {
            return Level.LITTLE;
        }
        return low >= 0.7 ? Level.MUCH : Level.SOME;
    }

    /** How much the answers leak. */
    enum Level {
        /** Not notably more than nothing. */
        LITTLE,
        /** Enough to be seen. */
        SOME,
        /** Enough to be used. */
        MUCH
    }

    /** The paragraphs on what was found. */
    List<String> meaning() {
        List<String> words = new ArrayList<>();
        words.add(strongestInWords());
        result.mostCareful().map(this::exposureInWords).ifPresent(words::add);
        words.add(priorInWords());
        strongest.figures().confusionAtLowFpr().map(this::carefulInWords).ifPresent(words::add);
        overfittingInWords().ifPresent(words::add);
        return words;
    }

    /** What to do about it, a sentence or two each. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (level() == Level.LITTLE) {
            strongest
                    .figures()
                    .interval(Figure.AUC)
                    .ifPresent(i -> advice.add("With this sample, an AUC of up to " + Numbers.four(i.high())
                            + " cannot be excluded; more records narrow it."));
            advice.add("Keep this report as a baseline, and audit again when the model or its training data changes. It"
                    + " is no proof: attacks that compare with reference models record by record are not among these,"
                    + " and find members that these do not.");
        } else {
            advice.add("Train with less overfitting: more data, early stopping, stronger regularisation, fewer epochs;"
                    + " where a guarantee is needed, differentially private training. Then audit again with a shadow"
                    + " trained the same way: a defence tested with an undefended shadow looks better than it is.");
            advice.add(filteringInWords());
            advice.add("Until then, limit how much one client may ask, and watch for probes: miasma run scores every"
                    + " answer with such an attack and raises an alert on clients that collect members.");
        }
        leakiestClass().ifPresent(advice::add);
        return advice;
    }

    private String strongestInWords() {
        AttackFigures figures = strongest.figures();
        return "Strongest is \"" + strongest.title() + "\" with an AUC of "
                + Numbers.four(figures.roc().auc())
                + figures.interval(Figure.AUC)
                        .map(i -> " (95 %: " + Numbers.four(Optional.of(i)) + ")")
                        .orElse("")
                + ": shown a random member and a random non-member, it tells them apart in "
                + Math.round(100 * figures.roc().auc()) + " of 100 cases, where guessing gets 50. "
                + (result.attacks().size() > 1
                        ? "It is the best of " + result.attacks().size()
                                + " attacks, picked with hindsight, so a little of its lead is luck."
                        : "");
    }

    private String exposureInWords(AttackResult careful) {
        AttackFigures figures = careful.figures();
        double tpr = figures.value(Figure.TPR_AT_1_PERCENT).orElseThrow();
        int members = figures.roc().members();
        return "At 1 % false positives, \"" + careful.title() + "\" finds "
                + Numbers.count((int) Math.round(tpr * members)) + " of "
                + Numbers.count(members) + " members (" + Numbers.percent(tpr)
                + figures.interval(Figure.TPR_AT_1_PERCENT)
                        .map(i -> "; 95 %: " + Numbers.percent(i))
                        .orElse("")
                + "), guessing 1 %. "
                + (figuresLow(figures) > 0.01
                        ? "These members stand out from nearly all non-members: an average over all records, such as"
                                + " the AUC, says nothing of them."
                        : "That is within chance of guessing.");
    }

    private String priorInWords() {
        Confusion confusion = strongest.figures().confusion();
        StringBuilder words = new StringBuilder("With the threshold it learnt, \"" + strongest.title()
                + "\" says \"member\" of "
                + Numbers.percent(confusion.recall()) + " of the members and "
                + Numbers.percent(confusion.falsePositiveRate())
                + " of the non-members. How often such a call is right depends on whom the attacker asks"
                + " about: ");
        for (double prior : AuditOptions.priors()) {
            words.append("if ")
                    .append(Percent.of(prior))
                    .append(" of them are members, ")
                    .append(Numbers.percent(confusion.ppv(prior)))
                    .append(prior == 0.5 ? "." : "; ");
        }
        return words.append(" The precision above assumes the share in this audit, ")
                .append(Numbers.percent(strongest.figures().roc().members()
                        / (double) (strongest.figures().roc().members()
                                + strongest.figures().roc().nonMembers())))
                .append(".")
                .toString();
    }

    private String carefulInWords(Confusion careful) {
        OptionalDouble rare = careful.ppv(0.01);
        return "An attacker who aims at 1 % false positives, with a threshold learnt beforehand, gets "
                + Numbers.percent(careful.falsePositiveRate()) + " on this model and finds "
                + Numbers.percent(careful.recall()) + " of the members"
                + (rare.isPresent()
                        ? "; where 1 % of the records asked about are members, " + Numbers.percent(rare.getAsDouble())
                                + " of these calls are right."
                        : ".");
    }

    private Optional<String> overfittingInWords() {
        if (result.memberAccuracy().isEmpty() || result.nonMemberAccuracy().isEmpty()) {
            return Optional.empty();
        }
        double in = result.memberAccuracy().getAsDouble();
        double out = result.nonMemberAccuracy().getAsDouble();
        String gap = "The model answers " + Numbers.percent(in) + " of the members and " + Numbers.percent(out)
                + " of the non-members rightly. ";
        return Optional.of(gap
                + (in - out >= OVERFITTED
                        ? "It is overfitted, and that alone gives members away: calling every right answer a member is"
                                + " right in " + Numbers.percent((1 + in - out) / 2) + " of cases, half of the records"
                                + " being members."
                        : "There is hardly a gap"
                                + (level() == Level.LITTLE
                                        ? "."
                                        : ", so what leaks is in how sure the answers are, not in whether they are"
                                                + " right.")));
    }

    private String filteringInWords() {
        String label = result.memberAccuracy().isPresent()
                        && result.memberAccuracy().getAsDouble()
                                        - result.nonMemberAccuracy().orElse(0)
                                >= OVERFITTED
                ? " Not even answering with the bare label would help: the gap attack needs no more."
                : "";
        return "Do not count on rounding the answers or cutting them to the top classes: Shokri et al. 2017 found that"
                + " it barely helps." + label;
    }

    private Optional<String> leakiestClass() {
        return strongest.classes().stream()
                .filter(slice -> !slice.small())
                .max(java.util.Comparator.comparingDouble(slice -> slice.auc().orElse(0)))
                .filter(slice ->
                        slice.auc().orElse(0) > strongest.figures().roc().auc() + 0.02)
                .map(slice -> "Look at " + slice.name() + " first: its AUC is "
                        + Numbers.four(slice.auc()) + " on " + slice.members() + " members and " + slice.nonMembers()
                        + " non-members, the highest of all classes and above that of the whole.");
    }

    private static double figuresLow(AttackFigures figures) {
        return figures.interval(Figure.TPR_AT_1_PERCENT)
                .map(Interval::low)
                .orElse(figures.value(Figure.TPR_AT_1_PERCENT).orElse(0));
    }
}
