// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.AttackResult;
import dev.miasma.audit.AuditOptions;
import dev.miasma.audit.AuditResult;
import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.Confusion;
import dev.miasma.evaluation.Figure;
import dev.miasma.evaluation.Percent;
import dev.miasma.evaluation.Slice;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The tables of the HTML report. Wide ones scroll by keyboard. */
final class ReportTables {

    /** Members listed with their risk. */
    private static final int LISTED = 20;

    private static final double HIGH_RISK = 0.9;

    private static final List<Figure> CURVE = List.of(
            Figure.AUC,
            Figure.TPR_AT_10_PERCENT,
            Figure.TPR_AT_1_PERCENT,
            Figure.TPR_AT_01_PERCENT,
            Figure.TPR_AT_001_PERCENT,
            Figure.BEST_BALANCED_ACCURACY);

    private static final List<Figure> CALLS = List.of(
            Figure.BALANCED_ACCURACY, Figure.ACCURACY, Figure.PRECISION, Figure.RECALL, Figure.FALSE_POSITIVE_RATE);

    private final Markup page;
    private final AuditResult result;

    ReportTables(Markup page, AuditResult result) {
        this.page = page;
        this.result = result;
    }

    void attacks() {
        open("attacks", "Attacks");
        page.element(
                "p",
                "Over all thresholds an attack could use, with 95 % intervals. The best balanced accuracy is what"
                        + " a threshold chosen with hindsight would give.");
        figures(
                CURVE,
                "Figures over all thresholds",
                "attack",
                "AUC",
                "TPR at 10 % FPR",
                "TPR at 1 % FPR",
                "TPR at 0.1 % FPR",
                "TPR at 0.01 % FPR",
                "best balanced accuracy");
        page.element("p", "At the threshold an attack learnt beforehand, without a look at these records:");
        figures(
                CALLS,
                "Figures at the learnt threshold",
                "attack",
                "balanced accuracy",
                "accuracy",
                "precision",
                "recall (TPR)",
                "FPR");
        page.close();
    }

    private void figures(List<Figure> columns, String caption, String... headings) {
        table("figures", caption, headings);
        for (AttackResult attack : result.attacks()) {
            AttackFigures figures = attack.figures();
            page.open("tr").open("th", "scope", "row").text(attack.title());
            if (figures.inverted()) {
                page.text(" ").element("strong", "inverted");
            }
            page.close();
            columns.forEach(f -> ReportHtml.figure(page, figures.value(f), figures.interval(f)));
            page.close();
        }
        closeTable();
    }

    void sources() {
        table("prose", "Sources of the attacks", "attack", "described by", "threshold");
        for (AttackResult attack : result.attacks()) {
            page.open("tr").element("th", attack.title(), "scope", "row");
            page.element("td", attack.source(), "class", "words");
            page.element("td", attack.threshold(), "class", "words");
            page.close();
        }
        closeTable();
    }

    void priors() {
        open("priors", "How often a call is right");
        page.element(
                "p",
                "The share of true members among the records an attack calls members, by the share of members among the"
                        + " records the attacker asks about (the prior). An attacker who tries everybody has a low"
                        + " prior, and most of the calls are wrong. Left at the learnt threshold; right at a threshold"
                        + " learnt beforehand to accuse 1 % of non-members, with what came of it here.");
        TreeSet<Double> priors =
                new TreeSet<>(DoubleStream.of(AuditOptions.priors()).boxed().toList());
        priors.add(result.options().prior());
        String[] headings = java.util.stream.Stream.of(
                        List.of("attack"),
                        priors.stream().map(p -> "prior " + Percent.of(p)).toList(),
                        List.of("aimed at 1 %: FPR", "TPR"),
                        priors.stream().map(p -> "prior " + Percent.of(p)).toList())
                .flatMap(List::stream)
                .toArray(String[]::new);
        table("figures", "Precision by prior", headings);
        for (AttackResult attack : result.attacks()) {
            AttackFigures figures = attack.figures();
            Optional<Confusion> careful = figures.confusionAtLowFpr();
            page.open("tr").element("th", attack.title(), "scope", "row");
            priors.forEach(p -> cell(Numbers.percent(figures.ppv(p))));
            cell(careful.map(c -> Numbers.percent(c.falsePositiveRate())).orElse(Numbers.NONE));
            cell(careful.map(c -> Numbers.percent(c.recall())).orElse(Numbers.NONE));
            priors.forEach(p -> cell(careful.map(c -> Numbers.percent(c.ppv(p))).orElse(Numbers.NONE)));
            page.close();
        }
        closeTable();
        page.close();
    }

    void confidences() {
        table(
                "figures",
                "Slices by confidence",
                "answers with",
                "members",
                "non-members",
                "AUC",
                "TPR",
                "FPR",
                "precision");
        for (Slice slice : result.strongest().confidences()) {
            Optional<Confusion> calls = slice.confusion();
            page.open("tr").element("th", slice.name(), "scope", "row");
            cell(Numbers.count(slice.members()));
            cell(Numbers.count(slice.nonMembers()));
            cell(Numbers.four(slice.auc()));
            cell(calls.map(c -> Numbers.percent(c.recall())).orElse(Numbers.NONE));
            cell(calls.map(c -> Numbers.percent(c.falsePositiveRate())).orElse(Numbers.NONE));
            cell(calls.map(c -> Numbers.percent(c.precision())).orElse(Numbers.NONE));
            page.close();
        }
        closeTable();
    }

    void records() {
        AttackResult attack = result.mostCareful().orElse(result.strongest());
        open("records", "Members most at risk");
        page.element(
                "p",
                "Risk by \"" + attack.title()
                        + "\": the best precision an attacker reaches, at a prior of "
                        + Percent.of(result.options().prior())
                        + ", with a threshold that still catches the record; learnt where the thresholds are. "
                        + highRisk(attack) + " Rows are counted from 1 in the file, without its header.");
        table("narrow", "Members most at risk", "row", "class", "highest posterior", "score", "risk");
        double[] scores = attack.scores().scores(true);
        IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer i) -> attack.scores().risk(true, i))
                        .thenComparingDouble(i -> scores[i])
                        .reversed())
                .limit(LISTED)
                .forEach(i -> record(attack, i, scores[i]));
        closeTable();
        page.close();
    }

    private void record(AttackResult attack, int index, double score) {
        int label = result.answers().members().labels()[index];
        double top = DoubleStream.of(result.answers().members().posteriors()[index])
                .max()
                .orElse(0);
        page.open("tr").element("th", String.valueOf(result.answers().memberRows()[index]), "scope", "row");
        cell(label < 0 ? Numbers.NONE : String.valueOf(label));
        cell(Numbers.four(top));
        cell(Numbers.four(score));
        cell(Numbers.percent(attack.scores().risk(true, index)));
        page.close();
    }

    /** How many are at high risk, and whether the scale keeps its word on this model. */
    private static String highRisk(AttackResult attack) {
        int members = atLeast(attack, true);
        int nonMembers = atLeast(attack, false);
        String counts =
                Numbers.count(members) + " of " + Numbers.count(attack.scores().size(true))
                        + " members have a risk of " + Percent.of(HIGH_RISK) + " or more, and so have "
                        + Numbers.count(nonMembers) + " of "
                        + Numbers.count(attack.scores().size(false)) + " non-members";
        return members + nonMembers == 0
                ? counts + "."
                : counts + ": where this attacker sees such a risk, "
                        + Numbers.percent(members / (double) (members + nonMembers))
                        + " of the records of this audit are members.";
    }

    private static int atLeast(AttackResult attack, boolean members) {
        return (int) IntStream.range(0, attack.scores().size(members))
                .filter(i -> attack.scores().risk(members, i) >= HIGH_RISK)
                .count();
    }

    void warnings() {
        Map<String, List<String>> warnings = new LinkedHashMap<>();
        for (AttackResult attack : result.attacks()) {
            attack.figures()
                    .warnings()
                    .forEach(w -> warnings.computeIfAbsent(w, x -> new java.util.ArrayList<>())
                            .add(attack.title()));
        }
        if (warnings.isEmpty() && result.notes().isEmpty()) {
            return;
        }
        open("warnings", "Warnings");
        page.open("ul");
        result.notes().forEach(note -> page.element("li", note + "."));
        warnings.forEach((warning, titles) -> page.element(
                "li",
                (titles.size() == result.attacks().size() ? "All attacks" : String.join("; ", titles)) + ": " + warning
                        + "."));
        page.close().close();
    }

    private void open(String id, String title) {
        page.open("section", "aria-labelledby", id).element("h2", title, "id", id);
    }

    private void table(String style, String caption, String... headings) {
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
        page.open("table", "class", style)
                .element("caption", caption)
                .open("thead")
                .open("tr");
        for (String heading : headings) {
            page.element("th", heading, "scope", "col");
        }
        page.close().close().open("tbody");
    }

    private void closeTable() {
        page.close().close().close();
    }

    private void cell(String text) {
        page.element("td", text);
    }
}
