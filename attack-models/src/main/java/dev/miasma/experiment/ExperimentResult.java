// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.List;

/**
 * What came of an experiment.
 *
 * @param name of the experiment
 * @param title for people
 * @param about what was done, sentences
 * @param tables at least one
 * @param plots may be empty
 * @param checks what had to come out, and whether it did
 * @param notes what a reader should know, sentences
 * @param sources of the papers' figures in the tables
 */
public record ExperimentResult(
        String name,
        String title,
        String about,
        List<ResultTable> tables,
        List<Plot> plots,
        List<Check> checks,
        List<String> notes,
        List<PaperFigure> sources) {

    public ExperimentResult {
        tables = List.copyOf(tables);
        plots = List.copyOf(plots);
        checks = List.copyOf(checks);
        notes = List.copyOf(notes);
        sources = List.copyOf(sources);
    }
}
