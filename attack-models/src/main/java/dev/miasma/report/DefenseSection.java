// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.DefenseAuditResult;

/** Defences on the page of an audit. */
final class DefenseSection {

    private DefenseSection() {}

    static void write(Markup page, DefenseAuditResult result) {
        DefenseFindings findings = new DefenseFindings(result);
        page.open("section", "aria-labelledby", "defences").element("h2", "Defences of the answers", "id", "defences");
        findings.recommendation().forEach(words -> page.element("p", words));
        page.open("figure");
        DefenseChart.draw(page, result);
        page.element(
                "figcaption",
                "Lower is safer, farther left is closer to the model's own answers. Against the adaptive attacker; the"
                        + " dotted line is "
                        + (result.resolvable() ? "the target." : "guessing."));
        page.close();
        table(page, result);
        page.element("p", DefenseFindings.METHOD);
        if (!findings.warnings().isEmpty()) {
            page.open("ul");
            findings.warnings().forEach(warning -> page.element("li", warning + "."));
            page.close();
        }
        page.close();
    }

    private static void table(Markup page, DefenseAuditResult result) {
        String caption = "Defences: what they cost and what attackers still get";
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
        page.open("table", "class", "narrow")
                .element("caption", caption)
                .open("thead")
                .open("tr")
                .element("th", "defence", "scope", "col");
        DefenseRow.COLUMNS.forEach(column -> page.element("th", column, "scope", "col"));
        page.close().close().open("tbody");
        for (DefenseRow row : DefenseRow.of(result)) {
            page.open("tr").element("th", row.name(), "scope", "row");
            row.cells().forEach(cell -> page.element("td", cell));
            page.close();
        }
        page.close().close().close();
    }
}
