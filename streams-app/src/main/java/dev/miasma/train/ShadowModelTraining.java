// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.experiment.ModelAnswers;
import dev.miasma.experiment.Workbench;
import dev.miasma.target.Overfitting;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.target.network.NetworkTrainingUnavailableException;
import dev.miasma.train.TrainedModel.Shadows;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.ManyShadows;
import dev.miasma.training.ShadowTraining;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.ShokriTraining;
import dev.miasma.training.TrainingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains an attack model on shadow models' answers: ML-Leaks adversary 1 with one shadow (Salem et al. 2019, section
 * III), the attack of Shokri et al. 2017 (section V) with more. Labels are left aside, as answers on the stream carry
 * none that could be relied on.
 */
public final class ShadowModelTraining {
    private ShadowModelTraining() {}

    /**
     * Trains the shadows and the attack, calibrates it on the watched model's own answers where they are given, else on
     * those of the shadows that it was not fitted on, and writes the model file; beside it one for each defence, fitted
     * and calibrated on the same answers with that before them.
     *
     * @param defences names of defences; may be empty
     * @return the model of the bare answers first
     * @throws TrainingException in one sentence, if the data do not do or networks cannot be trained here
     * @throws IOException if a file cannot be read or written
     */
    public static List<TrainedModel> train(ShadowRequest request, List<String> defences, TrainingSetup setup)
            throws IOException {
        ModelsUnderDefences models = new ModelsUnderDefences("--defences", defences, setup.output());
        try {
            return trained(request, models, setup);
        } catch (NetworkTrainingUnavailableException | IllegalArgumentException e) {
            throw new TrainingException("cannot train on " + request.data() + ": " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<TrainedModel> trained(ShadowRequest request, ModelsUnderDefences models, TrainingSetup setup)
            throws IOException {
        AttackFitter fitter = fitter(request, setup);
        // Whatever is wrong with small files has to show before hours of training.
        Optional<Own> own = own(request);
        Workbench bench = new Workbench(
                request.dataDir().orElse(setup.work()), setup.work(), NetworkTrainer::load, setup.threads());
        ShadowJobs jobs = ShadowJobs.of(request, setup.seed(), bench);
        own.ifPresent(answers -> answers.require(request, jobs.classes()));
        bench.prepare(jobs.jobs(), setup.progress()::trained);
        List<ModelAnswers> answers = jobs.jobs().stream().map(bench::answers).toList();
        List<Shadow> shadows = answers.stream()
                .map(ModelAnswers::withoutLabels)
                .map(ModelAnswers::shadow)
                .toList();
        TrainingOptions options = TrainingOptions.of(setup.seed(), setup.date());
        return models.train(
                defence -> attack(
                        shadows.stream()
                                .map(shadow -> new Shadow(defence.apply(shadow.in()), defence.apply(shadow.out())))
                                .toList(),
                        own.map(sets -> new Own(defence.apply(sets.members()), defence.apply(sets.nonMembers()))),
                        fitter,
                        options),
                (attack, file) -> TrainedModel.of(attack, file, Optional.of(shadows(answers)), notes(jobs, own)));
    }

    private static CalibratedAttack attack(
            List<Shadow> shadows, Optional<Own> own, AttackFitter fitter, TrainingOptions options) {
        if (shadows.size() == 1) {
            Shadow shadow = shadows.getFirst();
            return own.map(answers ->
                            ShadowTraining.train(shadow, answers.members(), answers.nonMembers(), fitter, options))
                    .orElseGet(() -> ShadowTraining.train(shadow, fitter, options));
        }
        return own.map(answers -> ManyShadows.train(shadows, answers.members(), answers.nonMembers(), fitter, options))
                .orElseGet(() -> ManyShadows.train(shadows, fitter, options));
    }

    private static List<String> notes(ShadowJobs jobs, Optional<Own> own) {
        List<String> notes = new ArrayList<>(jobs.notes());
        if (own.isEmpty()) {
            notes.add("Evaluated on the shadows themselves; on the watched model the attack may do worse.");
        }
        return notes;
    }

    private static AttackFitter fitter(ShadowRequest request, TrainingSetup setup) {
        String attack = request.attack().orElse(request.shadows() == 1 ? "logistic" : "per-class");
        return switch (attack) {
            case "logistic" -> AttackFitter.logistic();
            case "network" -> AttackFitter.network(NetworkTrainer.load());
            case "per-class" -> ShokriTraining.fitter(AttackFitter.logistic(), setup.threads());
            default ->
                throw new TrainingException("--attack is '" + attack + "'; one of logistic, network, per-class needed");
        };
    }

    private static Shadows shadows(List<ModelAnswers> answers) {
        List<Overfitting> each = answers.stream().map(ModelAnswers::overfitting).toList();
        return new Shadows(
                each.size(),
                each.stream().mapToDouble(Overfitting::trainAccuracy).average().orElseThrow(),
                each.stream().mapToDouble(Overfitting::testAccuracy).average().orElseThrow());
    }

    /** The watched model's own answers. */
    private record Own(PosteriorSet members, PosteriorSet nonMembers) {
        /** Features would be read from answers over other classes all the same, and mean something else. */
        void require(ShadowRequest request, int classes) {
            for (PosteriorSet set : List.of(members, nonMembers)) {
                if (set.size() > 0 && set.classes() != classes) {
                    throw new TrainingException(
                            "the answers in " + request.nonMembers().orElseThrow()
                                    + " and --members have " + set.classes() + " classes; " + classes + " needed, as "
                                    + request.data() + " has");
                }
            }
        }
    }

    private static Optional<Own> own(ShadowRequest request) throws IOException {
        if (request.nonMembers().isEmpty()) {
            return Optional.empty();
        }
        PosteriorSet members = request.members().isPresent()
                ? CsvTraining.members(request.members().get())
                : PosteriorSet.unlabelled(new double[0][]);
        return Optional.of(
                new Own(members, CsvTraining.nonMembers(request.nonMembers().get())));
    }
}
