// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Study;
import java.util.List;

/**
 * What a report says of the run that made results.
 *
 * @param program that made the report, with its version
 * @param study how large it was, and on which data
 * @param leftOut names of the data sets that weren't there
 */
public record ResultHeader(String program, Study study, List<String> leftOut) {

    public ResultHeader {
        leftOut = List.copyOf(leftOut);
    }

    /** The command that gives these results again, for anybody: it names no folder of this machine. */
    String command(String experiment) {
        return "./miasma reproduce " + experiment + " --data-dir DIR" + (study.quick() ? " --quick" : "") + " --seed "
                + study.seed();
    }

    /** How large the run was, within a sentence. */
    static String size(boolean quick) {
        return quick ? "quick" : "full";
    }
}
