// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a measurement found.
 *
 * @param kind of measurement
 * @param command line that made it
 * @param machine it ran on
 * @param runs one a combination of settings, at least one; the figures of the first stand for the whole
 * @param notes on how it was measured, one sentence each
 */
record BenchReport(String kind, String command, Machine machine, List<BenchRun> runs, List<String> notes) {
    private static final String[] HEAD = {"", "median", "spread", "target", ""};

    BenchReport {
        runs = List.copyOf(runs);
        notes = List.copyOf(notes);
    }

    /** One object: the first run's medians by name, then every run in full. */
    ObjectNode json() {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("bench", kind).put("command", command);
        runs.getFirst().describe(json);
        machine.describe(json);
        ArrayNode all = json.putArray("runs");
        runs.forEach(run -> run.describe(all.addObject()));
        ArrayNode said = json.putArray("notes");
        notes.forEach(said::add);
        return json;
    }

    /** Tables for a terminal. */
    String plain() {
        StringBuilder text = new StringBuilder();
        for (BenchRun run : runs) {
            text.append(run.title()).append("\n\n").append(table(run)).append('\n');
        }
        text.append("On ").append(machine).append(".\n");
        notes.forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    private static String table(BenchRun run) {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        run.figures().forEach(figure -> rows.add(figure.cells()));
        int[] widths = new int[HEAD.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < row.length; i++) {
                String format = i == 0 ? "%-" + widths[i] + "s" : "  %" + Math.max(1, widths[i]) + "s";
                line.append(String.format(Locale.ROOT, format, row[i]));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** A page in Markdown. */
    String markdown(List<String> plots) {
        StringBuilder text = new StringBuilder("# Bench: " + kind + "\n\nMade by\n\n    " + command + "\n\n");
        text.append("On ").append(machine).append(".\n\n");
        plots.forEach(
                plot -> text.append("![").append(plot).append("](").append(plot).append(".svg)\n\n"));
        runs.forEach(run -> text.append(run.markdown()));
        text.append(String.join("\n", notes)).append('\n');
        return text.toString();
    }
}
