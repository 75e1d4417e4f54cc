// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Cell;
import dev.miasma.experiment.Check;
import dev.miasma.experiment.ExperimentResult;
import dev.miasma.experiment.PaperFigure;
import dev.miasma.experiment.Plot;
import dev.miasma.experiment.ResultTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Results as pages in GitHub's Markdown, with the plots beside them as files. Equal results give equal bytes. */
public final class ResultMarkdown {

    private final Markdown page = new Markdown();
    private final ExperimentResult result;
    private final ResultHeader header;

    private ResultMarkdown(ExperimentResult result, ResultHeader header) {
        this.result = result;
        this.header = header;
    }

    /** The page of an experiment. */
    public static String page(ExperimentResult result, ResultHeader header) {
        return new ResultMarkdown(result, header).page();
    }

    /** The page that lists the pages. */
    public static String index(List<ResultSummary> summaries) {
        Markdown page = new Markdown().heading(1, "The papers' experiments");
        page.paragraph(
                "Made by 'miasma reproduce': the papers' attacks on the papers' data, our figures beside theirs.");
        List<List<String>> rows = summaries.stream()
                .map(one -> List.of(
                        "[" + one.name() + "](" + one.name() + ".md)",
                        Markdown.escaped(one.title()),
                        one.held() + " of " + one.checks(),
                        ResultHeader.size(one.quick()),
                        String.valueOf(one.seed()),
                        Markdown.escaped(String.join(", ", one.datasets()))))
                .toList();
        page.table(
                List.of("experiment", "what it shows", "checks that hold", "size", "seed", "data sets"),
                List.of(false, false, true, false, true, false),
                rows);
        return page.toString();
    }

    private String page() {
        page.heading(1, result.title()).paragraph(result.about());
        made();
        page.heading(2, "Results");
        result.tables().forEach(this::table);
        result.plots().forEach(this::plot);
        checks();
        if (!result.notes().isEmpty()) {
            page.heading(2, "Notes").list(result.notes());
        }
        sources();
        page.trusted("[All experiments](README.md)");
        return page.toString();
    }

    private void made() {
        page.trusted("```sh\n" + header.command(result.name()) + "\n```");
        page.paragraph("Data sets: " + String.join(", ", header.study().datasets()) + "."
                + (header.leftOut().isEmpty()
                        ? ""
                        : " Not there, and left out: " + String.join(", ", header.leftOut()) + ".")
                + (header.study().quick() ? " A quick run: fewer records and epochs than the full one." : ""));
    }

    private void table(ResultTable table) {
        int width = table.columns().size();
        List<Boolean> right = IntStream.range(0, width)
                .mapToObj(c -> c > 0 && isFigures(table, c))
                .toList();
        page.trusted("**" + Markdown.escaped(table.title()) + "**");
        page.table(
                table.columns().stream().map(Markdown::escaped).toList(),
                right,
                table.rows().stream()
                        .map(row -> row.stream()
                                .map(cell -> Markdown.escaped(cell.text()))
                                .toList())
                        .toList());
    }

    /** Whether a column holds figures: ours, a paper's with its mark, or none. */
    static boolean isFigures(ResultTable table, int column) {
        List<Cell> cells = table.rows().stream().map(row -> row.get(column)).toList();
        return cells.stream().anyMatch(ResultMarkdown::isFigure)
                && cells.stream().allMatch(cell -> isFigure(cell) || cell.text().isBlank() || isNone(cell));
    }

    private static boolean isFigure(Cell cell) {
        return cell.value().isPresent() || cell.text().matches("[~<>≤≥≈+−-]?\\s?[\\d.].*");
    }

    static boolean isNone(Cell cell) {
        return cell.text().equals(Numbers.NONE);
    }

    private void plot(Plot plot) {
        page.trusted("![" + Markdown.escaped(plot.title()).replace("[", "\\[").replace("]", "\\]") + "](" + plot.name()
                + ".svg)");
    }

    private void checks() {
        if (result.checks().isEmpty()) {
            return;
        }
        page.heading(2, "Checks");
        page.table(
                List.of("what the papers show", "holds", "seen"),
                Collections.nCopies(3, false),
                result.checks().stream().map(ResultMarkdown::check).toList());
    }

    private static List<String> check(Check check) {
        return List.of(
                Markdown.escaped(check.claim()), check.holds() ? "yes" : "**no**", Markdown.escaped(check.seen()));
    }

    private void sources() {
        if (result.sources().isEmpty()) {
            return;
        }
        page.heading(2, "The papers' figures");
        page.list(sourceLines(result.sources()));
        page.paragraph(marks(result.sources()));
    }

    /** A line a source: where, how sure, and which figures. */
    static List<String> sourceLines(List<PaperFigure> figures) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        figures.forEach(figure -> values.computeIfAbsent(
                        figure.source() + " " + figure.certainty().mark(), any -> new LinkedHashSet<>())
                .add(figure.value()));
        List<String> lines = new ArrayList<>();
        values.forEach((source, all) -> lines.add(source + ": " + String.join(", ", all)));
        return lines;
    }

    /** "[P] means read in the paper." for each mark that occurs. */
    static String marks(List<PaperFigure> figures) {
        Set<PaperFigure.Certainty> used = new TreeSet<>();
        figures.forEach(figure -> used.add(figure.certainty()));
        return String.join(
                " ",
                used.stream()
                        .map(mark -> mark.mark() + " means " + mark.meaning() + ".")
                        .toList());
    }
}
