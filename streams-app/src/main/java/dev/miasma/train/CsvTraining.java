// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Evaluation;
import dev.miasma.attack.ModelFile;
import dev.miasma.dataset.PosteriorCsv;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.training.OwnerTraining;
import dev.miasma.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

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
        PosteriorTable inTable = PosteriorCsv.read(members);
        PosteriorTable outTable = PosteriorCsv.read(nonMembers);
        // A file may hold both kinds with a member column; then each side takes its own rows.
        PosteriorSet in = inTable.membership().isPresent() ? inTable.members() : inTable.all();
        PosteriorSet out = outTable.membership().isPresent() ? outTable.nonMembers() : outTable.all();
        CalibratedAttack attack;
        try {
            attack = OwnerTraining.train(in.withoutLabels(), out.withoutLabels(), TrainingOptions.of(seed, date));
        } catch (IllegalArgumentException e) {
            throw new TrainingException("cannot train on " + members + " and " + nonMembers + ": " + e.getMessage());
        }
        ModelFile.write(attack, output);
        Evaluation evaluation = attack.evaluation();
        return new TrainedModel(
                output,
                attack.id(),
                attack.model().kind(),
                attack.calibration().members(),
                attack.calibration().nonMembers(),
                evaluation.auc(),
                evaluation.tprAt10Percent(),
                evaluation.tprAt1Percent(),
                evaluation.tprAt01Percent(),
                attack.calibration().budgetGuaranteed());
    }
}
