// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.ModelFile;
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
        PosteriorSet in = members(members);
        PosteriorSet out = nonMembers(nonMembers);
        CalibratedAttack attack;
        try {
            attack = OwnerTraining.train(in, out, TrainingOptions.of(seed, date));
        } catch (IllegalArgumentException e) {
            throw new TrainingException("cannot train on " + members + " and " + nonMembers + ": " + e.getMessage());
        }
        ModelFile.write(attack, output);
        return TrainedModel.of(attack, output, Optional.empty(), List.of());
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
