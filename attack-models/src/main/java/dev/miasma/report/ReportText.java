// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.AttackResult;
import dev.miasma.audit.AuditResult;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An audit for a terminal: a table and what it means. */
public final class ReportText {

    private ReportText() {}

    /** The text, without a line feed at the end, and that of the defences if any were tried. */
    public static String of(AuditResult result, Optional<DefenseAuditResult> defences) {
        return of(result)
                + defences.map(tried -> "\n\n" + DefenseText.of(tried)).orElse("");
    }

    /** The text, without a line feed at the end. */
    public static String of(AuditResult result) {
        StringBuilder text = new StringBuilder(result.protocol()).append(".\n\n");
        int width = result.attacks().stream()
                .mapToInt(attack -> attack.name().length())
                .max()
                .orElse(0);
        text.append(row(width, "attack", "AUC", "bal.acc", "precision", "recall", "10%", "1%", "0.1%"));
        Map<String, List<String>> warnings = new LinkedHashMap<>();
        for (AttackResult attack : result.attacks()) {
            AttackFigures figures = attack.figures();
            text.append(row(
                    width,
                    attack.name(),
                    Numbers.four(figures.roc().auc()),
                    Numbers.four(figures.confusion().balancedAccuracy()),
                    Numbers.four(figures.confusion().precision()),
                    Numbers.four(figures.confusion().recall()),
                    Numbers.four(figures.value(Figure.TPR_AT_10_PERCENT)),
                    Numbers.four(figures.value(Figure.TPR_AT_1_PERCENT)),
                    Numbers.four(figures.value(Figure.TPR_AT_01_PERCENT))));
            figures.warnings()
                    .forEach(w ->
                            warnings.computeIfAbsent(w, x -> new ArrayList<>()).add(attack.name()));
        }
        text.append("Last three: TPR at that FPR. Balanced accuracy, precision and recall at the learnt threshold.\n");
        result.notes().forEach(note -> text.append("\nNote: ").append(note).append('.'));
        warnings.forEach((warning, names) -> text.append("\nWarning: ")
                .append(names.size() == result.attacks().size() ? "" : String.join(", ", names) + ": ")
                .append(warning)
                .append('.'));
        Findings findings = new Findings(result);
        findings.meaning().forEach(words -> text.append("\n\n").append(words.strip()));
        findings.advice().forEach(words -> text.append("\n- ").append(words));
        return text.toString();
    }

    private static String row(int width, String name, String... cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
        for (String cell : cells) {
            row.append(String.format(Locale.ROOT, "  %9s", cell));
        }
        return row.append('\n').toString();
    }
}
