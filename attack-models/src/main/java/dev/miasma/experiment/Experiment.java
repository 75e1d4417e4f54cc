// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.List;

/** An experiment of the papers. */
public interface Experiment {

    /** The name on the command line and of its result. */
    String name();

    /** For people. */
    String title();

    /** Every model it needs, for the data sets of the study. */
    List<ModelJob> jobs(Study study);

    /** Attacks the models' answers. Models that aren't trained yet are trained on the way. */
    ExperimentResult run(Workbench bench, Study study);
}
