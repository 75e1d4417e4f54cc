// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.LocationDataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.dataset.Split;
import dev.miasma.target.LogisticRegressionTarget;
import dev.miasma.target.TargetModel;
import dev.miasma.training.ShadowTraining;
import dev.miasma.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Trains what the demo monitors: a target model, overfitted as models in the wild are, and an attack model fitted on
 * one shadow model (ML-Leaks adversary 1) and calibrated by the target's owner, who knows some members and non-members.
 */
public final class DemoTraining {
    /** Parts of the data, as shares of the whole; what is left is what benign clients ask about. */
    private static final double MEMBERS = 0.24;

    private static final double SHADOW = 0.32;
    private static final double CALIBRATION = 0.21;

    /** Part of the members that the owner calibrates with; the probers ask about the others. */
    private static final double CALIBRATION_MEMBERS = 0.33;

    private static final int FEWEST_LIVE = 100;

    private static final int RECORDS = 6000;
    private static final int FEATURES = 200;
    private static final int CLASSES = 40;
    private static final double NOISE = 0.37;

    private static final double TOLERANCE = 1e-4;
    private static final int ITERATIONS = 200;

    private final Dataset dataset;
    private final long seed;

    /** Records that the shares are of. */
    private final int whole;

    private final int calibration;

    private DemoTraining(Dataset dataset, long seed, int whole, int calibration) {
        this.dataset = dataset;
        this.seed = seed;
        this.whole = whole;
        this.calibration = calibration;
    }

    private static DemoTraining of(Dataset dataset, long seed, int whole) {
        return new DemoTraining(dataset, seed, whole, (int) (whole * CALIBRATION));
    }

    /**
     * With made-up data of the shape of the Purchase sets.
     *
     * @param seed of every random choice, the data among them
     */
    public static DemoTraining purchaseLike(long seed) {
        return purchaseLike(seed, 0);
    }

    /**
     * The same with records added for a larger calibration.
     *
     * @param calibration non-members that {@link #withCalibration} will take
     */
    public static DemoTraining purchaseLike(long seed, int calibration) {
        int added = Math.max(0, calibration - (int) (RECORDS * CALIBRATION));
        return of(PurchaseLike.generate(seed, RECORDS + added, FEATURES, CLASSES, NOISE), seed, RECORDS);
    }

    /**
     * With the real check-ins of Location-30.
     *
     * @param dataDir folder that holds {@code location/bangkok.gz}
     * @param seed of every random choice
     * @throws IOException naming the file, if it is not there or not whole
     */
    public static DemoTraining location(Path dataDir, long seed) throws IOException {
        Dataset dataset = LocationDataset.read(dataDir);
        return of(dataset, seed, dataset.size());
    }

    /**
     * The same with another number of non-members to calibrate with; they are taken from, or left to, the records that
     * benign clients ask about.
     *
     * @throws IllegalArgumentException if that would leave fewer than 100 of these
     */
    public DemoTraining withCalibration(int nonMembers) {
        int most = dataset.size() - share(MEMBERS) - share(SHADOW) - FEWEST_LIVE;
        if (nonMembers > most) {
            throw new IllegalArgumentException(
                    nonMembers + " non-members to calibrate with: " + dataset.name() + " has at most " + most);
        }
        return new DemoTraining(dataset, seed, whole, nonMembers);
    }

    /**
     * Trains target and attack model.
     *
     * @param date written into the attack model's provenance
     * @param modelFile where the attack model goes
     * @throws IOException if it cannot be written
     */
    public DemoTarget train(LocalDate date, Path modelFile) throws IOException {
        return train(date, modelFile, List.of());
    }

    /**
     * The same, and an attack model for each defence, in a file beside the other.
     *
     * @param defences names of defences
     * @throws TrainingException if a defence is none
     */
    public DemoTarget train(LocalDate date, Path modelFile, List<String> defences) throws IOException {
        ModelsUnderDefences models = new ModelsUnderDefences("--defend", defences, modelFile);
        int members = share(MEMBERS);
        int shadowRecords = share(SHADOW);
        int live = dataset.size() - members - calibration - shadowRecords;
        Split split = Split.of(dataset, seed, members, shadowRecords, calibration, live);
        Dataset memberRecords = split.part(0);
        // Two models on two threads: training is most of the demo's start.
        CompletableFuture<ShadowTraining.Shadow> shadowTask =
                CompletableFuture.supplyAsync(() -> ShadowTraining.shadow(split.part(1), DemoTraining::target, seed));
        TargetModel target = target(memberRecords);
        ShadowTraining.Shadow shadow = joined(shadowTask);
        int known = (int) (members * CALIBRATION_MEMBERS);
        Split ofMembers = Split.of(memberRecords, seed, known, members - known);
        PosteriorSet knownMembers = unlabelled(target, ofMembers.part(0));
        PosteriorSet knownOthers = unlabelled(target, split.part(2));
        List<TrainedModel> trained = models.train(
                defence -> ShadowTraining.train(
                        new ShadowTraining.Shadow(
                                defence.apply(shadow.in().withoutLabels()),
                                defence.apply(shadow.out().withoutLabels())),
                        defence.apply(knownMembers),
                        defence.apply(knownOthers),
                        TrainingOptions.of(seed, date)),
                (attack, file) -> TrainedModel.of(attack, file, Optional.empty(), List.of()));
        return new DemoTarget(
                dataset.name(),
                dataset.synthetic(),
                target::posterior,
                ofMembers.part(1).features(),
                split.part(3).features(),
                target.accuracy(memberRecords),
                target.accuracy(split.part(3)),
                trained.getFirst().auc().orElseThrow(),
                trained.stream()
                        .skip(1)
                        .map(model -> new DemoTarget.Defended(
                                model.defence(), model.auc().orElseThrow()))
                        .toList(),
                trained.getFirst().notes());
    }

    private static ShadowTraining.Shadow joined(CompletableFuture<ShadowTraining.Shadow> task) {
        try {
            return task.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the shadow model could not be trained", e.getCause());
        }
    }

    private static TargetModel target(Dataset records) {
        return LogisticRegressionTarget.train(records, 0, TOLERANCE, ITERATIONS);
    }

    /** The stream carries no true class, so the attack model is calibrated without it. */
    private static PosteriorSet unlabelled(TargetModel target, Dataset records) {
        return target.answers(records).withoutLabels();
    }

    private int share(double share) {
        return (int) (whole * share);
    }
}
