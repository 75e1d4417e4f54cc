// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Check;
import dev.miasma.experiment.ExperimentResult;
import dev.miasma.experiment.ResultTable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results for a terminal. */
public final class ResultText {

    private static final int WIDTH = 100;

    private ResultText() {}

    /** The text of an experiment, without a line feed at the end. */
    public static String of(ExperimentResult result) {
        StringBuilder text = new StringBuilder(result.title())
                .append('\n')
                .append("=".repeat(result.title().length()))
                .append("\n");
        wrapped(text, "", result.about());
        result.tables().forEach(table -> table(text, table));
        if (!result.checks().isEmpty()) {
            text.append("\nWhat the papers show\n");
            result.checks().forEach(check -> check(text, check));
        }
        text.append(result.notes().isEmpty() ? "" : "\n");
        result.notes().forEach(note -> wrapped(text, "Note: ", note));
        if (!result.sources().isEmpty()) {
            text.append("\nThe papers' figures\n");
            ResultMarkdown.sourceLines(result.sources()).forEach(line -> wrapped(text, "- ", line));
            wrapped(text, "", ResultMarkdown.marks(result.sources()));
        }
        return text.toString().stripTrailing();
    }

    private static void check(StringBuilder text, Check check) {
        wrapped(text, check.holds() ? "  holds  " : "  FAILS  ", check.claim() + " (" + check.seen() + ")");
    }

    private static void table(StringBuilder text, ResultTable table) {
        List<List<String>> rows = Stream.concat(
                        Stream.of(table.columns()),
                        table.rows().stream()
                                .map(row ->
                                        row.stream().map(cell -> cell.text()).toList()))
                .toList();
        int columns = table.columns().size();
        int[] widths = IntStream.range(0, columns)
                .map(c ->
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
                .toArray();
        boolean[] right = new boolean[columns];
        for (int c = 1; c < columns; c++) {
            right[c] = ResultMarkdown.isFigures(table, c);
        }
        text.append('\n');
        wrapped(text, "", table.title());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int c = 0; c < columns; c++) {
                String pad = " ".repeat(widths[c] - row.get(c).length());
                line.append(right[c] ? pad : "")
                        .append(row.get(c))
                        .append(right[c] ? "" : pad)
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** Lines of at most so many characters, those after the first indented as the first one's text. */
    private static void wrapped(StringBuilder text, String before, String content) {
        StringBuilder line = new StringBuilder(before);
        for (String word : content.strip().split("\\s+")) {
            if (line.length() > before.length() && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(" ".repeat(before.length()));
            }
            line.append(line.length() > before.length() ? " " : "").append(word);
        }
        text.append(line).append('\n');
    }
}
