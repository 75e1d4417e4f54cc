// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.DefenseAuditResult;
import java.util.List;
import java.util.Locale;

/** Defences for a terminal. */
final class DefenseText {

    private DefenseText() {}

    /** The table and what it means, without a line feed at the end. */
    static String of(DefenseAuditResult result) {
        List<DefenseRow> rows = DefenseRow.of(result);
        int width = rows.stream().mapToInt(row -> row.name().length()).reduce("defence".length(), Math::max);
        StringBuilder text = new StringBuilder("Defences of the answers, each figure of the adaptive attacker and, to"
                + " compare, of the naive one:\n\n");
        line(text, width, "defence", DefenseRow.COLUMNS);
        rows.forEach(row -> line(text, width, row.name(), row.cells()));
        text.append(DefenseFindings.METHOD);
        DefenseFindings findings = new DefenseFindings(result);
        findings.warnings()
                .forEach(warning -> text.append("\nWarning: ").append(warning).append('.'));
        findings.recommendation().forEach(words -> text.append("\n\n").append(words));
        return text.toString();
    }

    private static void line(StringBuilder text, int width, String name, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
        for (int i = 0; i < cells.size(); i++) {
            int cell = Math.max(6, DefenseRow.COLUMNS.get(i).length());
            line.append(String.format(Locale.ROOT, "  %" + cell + "s", cells.get(i)));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
