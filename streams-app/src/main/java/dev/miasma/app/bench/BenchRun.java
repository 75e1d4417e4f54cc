// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The figures of one combination of settings.
 *
 * @param settings by name, in the order to be shown
 * @param figures in the order to be shown
 */
record BenchRun(Map<String, Object> settings, List<Figure> figures) {
    BenchRun {
        figures = List.copyOf(figures);
    }

    /** A figure by its name in JSON. */
    Figure figure(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no figure " + name));
    }

    /** The median of a figure. */
    double median(String name) {
        return figure(name).samples().median();
    }

    void describe(ObjectNode json) {
        ObjectNode given = json.putObject("settings");
        settings.forEach(given::putPOJO);
        ObjectNode details = json.objectNode();
        figures.forEach(figure -> figure.describe(json, details));
        json.set("figures", details);
    }

    /** A section with a table in Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder("## " + title() + "\n\n");
        text.append("| | median | spread | target | |\n|---|--:|--:|--:|---|\n");
        figures.forEach(figure ->
                text.append("| ").append(String.join(" | ", figure.cells())).append(" |\n"));
        return text.append('\n').toString();
    }

    /** The settings in one line. */
    String title() {
        StringBuilder title = new StringBuilder();
        settings.forEach((name, value) -> title.append(title.isEmpty() ? "" : ", ")
                .append(name)
                .append(' ')
                .append(value instanceof Number number ? Goal.number(number.doubleValue()) : value));
        return title.toString();
    }
}
