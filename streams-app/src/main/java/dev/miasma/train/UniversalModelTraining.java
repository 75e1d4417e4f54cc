// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.ModelFile;
import dev.miasma.attack.UniversalModel;
import dev.miasma.dataset.DatasetCatalogue;
import dev.miasma.dataset.DatasetFinding;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.experiment.ModelAnswers;
import dev.miasma.experiment.ModelJob;
import dev.miasma.experiment.Study;
import dev.miasma.experiment.Workbench;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.target.network.NetworkTrainingUnavailableException;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.TrainingOptions;
import dev.miasma.training.UniversalTraining;
import dev.miasma.training.UniversalTraining.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trains the universal model: ML-Leaks adversary 2 (Salem et al. 2019, section IV) with the papers' networks on every
 * data set there is.
 */
public final class UniversalModelTraining {
    private UniversalModelTraining() {}

    /**
     * Trains two networks a data set, an attack on the answers of one of them, and calibrates it on those of the other.
     *
     * @param dataDir folder of the data sets, each in a folder of its name
     * @param quick fewer records and epochs
     * @throws TrainingException if fewer than two data sets are there or networks cannot be trained here
     * @throws IOException if a data set or kept answers cannot be read, or nothing can be written
     */
    public static TrainedModel train(Path dataDir, boolean quick, TrainingSetup setup) throws IOException {
        List<String> found =
                Study.ALL.stream().filter(name -> isThere(name, dataDir)).toList();
        if (found.size() < 2) {
            throw new TrainingException("data sets found in " + dataDir + " are " + found + "; at least 2 of "
                    + Study.ALL + " needed: 'miasma datasets fetch' downloads them");
        }
        Study study = new Study(found, quick, setup.seed());
        Workbench bench = new Workbench(dataDir, setup.work(), NetworkTrainer::load, setup.threads());
        CalibratedAttack attack;
        try {
            bench.prepare(jobs(study), setup.progress()::trained);
            attack = UniversalTraining.train(
                    sources(bench, study),
                    AttackFitter.logistic(),
                    TrainingOptions.universal(setup.seed(), setup.date()));
        } catch (NetworkTrainingUnavailableException e) {
            throw new TrainingException(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        ModelFile.write(attack, setup.output());
        return TrainedModel.of(attack, setup.output(), Optional.empty(), notes(found, dataDir, quick));
    }

    /**
     * Calibrates the built-in universal model on the watched model's own answers; nothing is trained.
     *
     * @param members CSV with its answers to members, to evaluate and for sharper evidence
     * @param nonMembers CSV with its answers to records outside its training set
     * @throws TrainingException if the answers do not do, naming the file
     * @throws IOException if a file cannot be read or written
     */
    public static TrainedModel calibrate(Optional<Path> members, Path nonMembers, TrainingSetup setup)
            throws IOException {
        PosteriorSet in =
                members.isPresent() ? CsvTraining.members(members.get()) : PosteriorSet.unlabelled(new double[0][]);
        PosteriorSet out = CsvTraining.nonMembers(nonMembers);
        CalibratedAttack attack;
        try {
            attack = UniversalTraining.calibrated(
                    UniversalModel.load(), in, out, TrainingOptions.universal(setup.seed(), setup.date()));
        } catch (IllegalArgumentException e) {
            throw new TrainingException("cannot calibrate on " + nonMembers + ": " + e.getMessage());
        }
        ModelFile.write(attack, setup.output());
        return TrainedModel.of(attack, setup.output(), Optional.empty(), List.of());
    }

    private static List<ModelJob> jobs(Study study) {
        return study.datasets().stream()
                .map(study::target)
                .flatMap(target -> Stream.of(target, target.shadow()))
                .toList();
    }

    private static List<Source> sources(Workbench bench, Study study) {
        List<Source> sources = new ArrayList<>();
        for (String dataset : study.datasets()) {
            ModelAnswers target = bench.answers(study.target(dataset));
            ModelAnswers shadow = bench.answers(study.target(dataset).shadow());
            sources.add(new Source(dataset, shadow.shadow(), target.shadow(), target.overfitting()));
        }
        return sources;
    }

    private static List<String> notes(List<String> found, Path dataDir, boolean quick) {
        List<String> notes = new ArrayList<>();
        List<String> missing =
                Study.ALL.stream().filter(name -> !found.contains(name)).toList();
        if (!missing.isEmpty()) {
            notes.add("Missing or corrupt in " + dataDir + ", and left out: " + String.join(", ", missing) + ".");
        }
        if (quick) {
            notes.add("Quick: fewer records and epochs than the papers have.");
        }
        return notes;
    }

    /** A part of a data set, or another release of it, does as well: the answers decide. */
    private static boolean isThere(String name, Path dataDir) {
        DatasetFinding.State state =
                DatasetCatalogue.find(name).orElseThrow().look(dataDir).state();
        return state == DatasetFinding.State.FOUND || state == DatasetFinding.State.DIFFERENT;
    }
}
