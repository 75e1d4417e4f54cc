// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/** The values of the detect stage, as the settings of its levels. */
final class DetectionView {
    private final Values values;

    DetectionView(Values values) {
        this.values = values;
    }

    /** Clients have what cohorts and endpoints leave of the budget. */
    DetectSettings clients() {
        return level(1 - values.real(ConfigKey.DETECT_SHARE_COHORT) - values.real(ConfigKey.DETECT_SHARE_ENDPOINT));
    }

    DetectSettings cohorts() {
        return level(values.real(ConfigKey.DETECT_SHARE_COHORT));
    }

    DetectSettings endpoints() {
        return level(values.real(ConfigKey.DETECT_SHARE_ENDPOINT));
    }

    double budgetPerMillion() {
        return values.real(ConfigKey.DETECT_BUDGET);
    }

    SensorSettings sensors() {
        return new SensorSettings(
                values.real(ConfigKey.WEIGHT_MEMBER_LIKENESS),
                values.real(ConfigKey.WEIGHT_NEIGHBOURHOOD),
                values.real(ConfigKey.WEIGHT_CLIMB),
                values.real(ConfigKey.WEIGHT_REPEAT),
                values.real(ConfigKey.WEIGHT_TRAINING_HIT),
                values.real(ConfigKey.NULL_NEIGHBOURHOOD),
                values.real(ConfigKey.NULL_CLIMB),
                values.real(ConfigKey.NULL_REPEAT),
                values.real(ConfigKey.NULL_TRAINING_HIT));
    }

    private DetectSettings level(double share) {
        return new DetectSettings(
                share * budgetPerMillion(),
                values.integer64(ConfigKey.DETECT_COOLDOWN_MS),
                values.integer64(ConfigKey.DETECT_HALF_LIFE_MS),
                values.integer64(ConfigKey.DETECT_IDLE_TTL_MS),
                values.integer(ConfigKey.DETECT_FIRST_SIGHT_CAPACITY),
                values.integer(ConfigKey.DETECT_MAX_SUBJECTS),
                sensors());
    }
}
