// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Check;
import dev.miasma.experiment.ExperimentResult;
import java.util.List;

/**
 * One line on an experiment.
 *
 * @param name of the experiment and its page
 * @param title for people
 * @param held checks that hold
 * @param checks in all
 * @param quick whether the run was quick
 * @param seed of the run
 * @param datasets of the run
 */
public record ResultSummary(
        String name, String title, int held, int checks, boolean quick, long seed, List<String> datasets) {

    public ResultSummary {
        datasets = List.copyOf(datasets);
    }

    /** Of a result. */
    public static ResultSummary of(ExperimentResult result, ResultHeader header) {
        return new ResultSummary(
                result.name(),
                result.title(),
                (int) result.checks().stream().filter(Check::holds).count(),
                result.checks().size(),
                header.study().quick(),
                header.study().seed(),
                header.study().datasets());
    }
}
