// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.config.SensorSettings;
import dev.miasma.detect.Exemptions;
import dev.miasma.measure.Measures;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.TrainingFilters;

/**
 * What the stages know beside the configuration; it changes while they run.
 *
 * @param models attack models in force
 * @param filters of training records in force
 * @param exemptions of the operator
 */
public record Knowledge(AttackModels models, TrainingFilters filters, Exemptions exemptions) {

    /** Attack models alone. */
    public static Knowledge of(AttackModels models, SensorSettings sensors, Measures measures) {
        return new Knowledge(models, TrainingFilters.none(), Exemptions.none(sensors, measures));
    }

    /** Nothing at all, for looking at a topology that is never started. */
    static Knowledge none(SensorSettings sensors) {
        return of(AttackModels.none(), sensors, new NoMeasures());
    }
}
