// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.dataset.PosteriorCsv;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.training.OwnerTraining;
import dev.miasma.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Trains an attack model from an operator's own posteriors: two CSV files, members and non-members. */
public final class CsvTraining {
    private CsvTraining() {}

    /**
     * Trains, calibrates and writes a model file. Labels in the files are left aside: answers on the stream carry none
     * that could be relied on.
     *
     * @param members CSV with the model's answers to records of its training set
     * @param nonMembers CSV with its answers to records outside it
     * @param output model file to write
     * @param seed of the split into fitting and calibration
     * @param date written into the provenance
     * @throws TrainingException if the files hold no posteriors that can be used, naming row and column
     * @throws IOException if a file cannot be read or written
     */
    public static TrainedModel train(Path members, Path nonMembers, Path output, long seed, LocalDate date)
            throws IOException {
        return train(members, nonMembers, List.of(), output, seed, date).getFirst();
    }

    /**
     * The same, and beside that file one for each defence, fitted and calibrated on the answers as they are with it:
     * {@code default+top3.json} beside {@code default.json}.
     *
     * @param defences names of defences
     * @return the model of the bare answers first
     * @throws TrainingException also if a defence is none
     */
    public static List<TrainedModel> train(
            Path members, Path nonMembers, List<String> defences, Path output, long seed, LocalDate date)
            throws IOException {
        ModelsUnderDefences models = new ModelsUnderDefences("--defences", defences, output);
        PosteriorSet in = members(members);
        PosteriorSet out = nonMembers(nonMembers);
        TrainingOptions options = TrainingOptions.of(seed, date);
        try {
            return models.train(
                    defence -> OwnerTraining.train(defence.apply(in), defence.apply(out), options),
                    (attack, file) -> TrainedModel.of(attack, file, Optional.empty(), List.of()));
        } catch (IllegalArgumentException e) {
            throw new TrainingException("cannot train on " + members + " and " + nonMembers + ": " + e.getMessage());
        }
    }

    /** Answers to members, without labels. A file may hold both kinds with a member column; here are its members. */
    static PosteriorSet members(Path file) throws IOException {
        PosteriorTable table = PosteriorCsv.read(file);
        return (table.membership().isPresent() ? table.members() : table.all()).withoutLabels();
    }

    /** Likewise, answers to non-members. */
    static PosteriorSet nonMembers(Path file) throws IOException {
        PosteriorTable table = PosteriorCsv.read(file);
        return (table.membership().isPresent() ? table.nonMembers() : table.all()).withoutLabels();
    }
}
