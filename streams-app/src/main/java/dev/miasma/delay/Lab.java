// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.Exemptions;
import dev.miasma.detect.OfflineDetection;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.KnownModels;
import dev.miasma.score.TrainingChecks;
import dev.miasma.score.TrainingFilter;
import dev.miasma.score.TrainingFilters;
import dev.miasma.simulate.ClientGroup;
import dev.miasma.simulate.Population;
import dev.miasma.simulate.Scenario;
import dev.miasma.simulate.ScenarioPlan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What delays are measured in: a target, the records clients ask about, and the stages.
 *
 * @param config of sensors and thresholds
 * @param population pools of records
 * @param answers of the target, scored
 * @param checked the same with a filter of the training set
 * @param seed of every random choice
 */
record Lab(MiasmaConfig config, Population population, RecordAnswers answers, RecordAnswers checked, long seed) {
    private static final double FALSE_POSITIVE_RATE = 1e-6;
    private static final double PER_SECOND = 1;
    private static final long START_MILLIS = 1_767_225_600_000L;

    static Lab of(
            MiasmaConfig config,
            Function<double[], double[]> target,
            double[][] members,
            double[][] nonMembers,
            AttackModels models,
            long seed) {
        byte[] key = ("delays " + seed + " ................").getBytes(StandardCharsets.UTF_8);
        var identity = new IdentitySettings(key, false);
        List<double[][]> pools = List.of(members, nonMembers);
        double nullShare = config.sensors().trainingHitNull();
        RecordAnswers answers = RecordAnswers.of(
                target, pools, config.input(), identity, models, new TrainingChecks(TrainingFilters.none(), nullShare));
        // A record without a ready-made fingerprint goes by its hash.
        long[] hashes = Arrays.stream(members)
                .mapToLong(record -> answers.ofRecord(record).fingerprint())
                .toArray();
        TrainingFilters filters =
                TrainingFilters.of(TrainingFilter.of(hashes, FALSE_POSITIVE_RATE, 0), new NoMeasures());
        RecordAnswers checked = RecordAnswers.of(
                target, pools, config.input(), identity, models, new TrainingChecks(filters, nullShare));
        return new Lab(config, Population.of(members, nonMembers), answers, checked, seed);
    }

    /** One client, the {@code number}-th of its group, who asks on its own. */
    Scenario client(ClientGroup group, int number, RecordAnswers own) {
        // Seeds of neighbouring numbers are mixed by the scenario.
        ScenarioPlan plan = new ScenarioPlan(
                List.of(group), 1, PER_SECOND, seed * 1_000_003L + number, START_MILLIS, "n" + number + "-");
        return new Scenario(plan, population, own::answer);
    }

    /** Detectors at a budget for all levels together. */
    OfflineDetection at(double budget) {
        double scale = budget / config.budgetPerMillion();
        return detection(scaled(config.detect(), scale), scaled(config.detectCohorts(), scale));
    }

    /** Detectors whose clients have a threshold. */
    OfflineDetection atThreshold(double threshold) {
        DetectSettings settings = config.detect().withBudget(1e6 / threshold);
        return detection(settings, settings);
    }

    private OfflineDetection detection(DetectSettings clients, DetectSettings cohorts) {
        NoMeasures measures = new NoMeasures();
        return new OfflineDetection(
                clients, cohorts, Exemptions.none(config.sensors(), measures), KnownModels.none(), measures);
    }

    /** The threshold of clients, or of cohorts, at a budget. */
    double threshold(double budget, boolean ofCohorts) {
        double scale = budget / config.budgetPerMillion();
        return scaled(ofCohorts ? config.detectCohorts() : config.detect(), scale)
                .threshold();
    }

    private static DetectSettings scaled(DetectSettings settings, double scale) {
        return settings.withBudget(settings.budgetPerMillion() * scale);
    }
}
