// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.List;

/** Writes GitHub's Markdown and escapes whatever it is given. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    Markdown heading(int level, String title) {
        return block("#".repeat(level) + " " + escaped(title));
    }

    Markdown paragraph(String content) {
        return content.isBlank() ? this : block(escaped(content));
    }

    /** Text that is Markdown already. */
    Markdown trusted(String markdown) {
        return block(markdown);
    }

    Markdown list(List<String> items) {
        return items.isEmpty()
                ? this
                : block(String.join(
                        "\n", items.stream().map(item -> "- " + escaped(item)).toList()));
    }

    /**
     * A table.
     *
     * @param right whether a column's cells stand at its right
     * @param rows cells that are Markdown already
     */
    Markdown table(List<String> columns, List<Boolean> right, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(columns)).append('\n').append('|');
        right.forEach(isRight -> table.append(isRight ? " ---: |" : " --- |"));
        rows.forEach(cells -> table.append('\n').append(row(cells)));
        return block(table.toString());
    }

    private static String row(List<String> cells) {
        StringBuilder row = new StringBuilder("|");
        cells.forEach(cell -> row.append(' ').append(cell).append(cell.isEmpty() ? "|" : " |"));
        return row.toString();
    }

    private Markdown block(String markdown) {
        text.append(text.isEmpty() ? "" : "\n").append(markdown).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** One line in which nothing is markup. Brackets stay: without a target behind them they are text. */
    static String escaped(String content) {
        String line = content.strip().replaceAll("\\s+", " ");
        StringBuilder safe = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean markup = switch (c) {
                case '\\', '`', '*', '<', '>', '|', '~', '&' -> true;
                // Within a word it is text.
                case '_' -> !between(line, i);
                case '(' -> i > 0 && line.charAt(i - 1) == ']';
                case '#', '-', '+' -> i == 0;
                default -> false;
            };
            safe.append(markup ? "\\" : "").append(c);
        }
        return safe.toString();
    }

    private static boolean between(String line, int i) {
        return i > 0
                && i + 1 < line.length()
                && Character.isLetterOrDigit(line.charAt(i - 1))
                && Character.isLetterOrDigit(line.charAt(i + 1));
    }
}
