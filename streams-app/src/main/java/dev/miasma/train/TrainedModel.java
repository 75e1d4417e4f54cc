// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Evaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What came of a training.
 *
 * @param file model file written
 * @param id short id of the file
 * @param kind kind of attack model
 * @param members calibration members
 * @param nonMembers calibration non-members
 * @param evaluatedMembers members that the figures below are of
 * @param evaluatedNonMembers non-members that they are of
 * @param auc area under the ROC curve on records the attack was not fitted on
 * @param tprAt10Percent true-positive rate at 10 % false positives; absent where the sample cannot resolve it
 * @param tprAt1Percent likewise at 1 %
 * @param tprAt01Percent likewise at 0.1 %
 * @param budgetGuaranteed whether the calibration bears the alert budget
 * @param shadows the shadow models, where there are any of one data set
 * @param transfer how the same training did on data sets it was kept from; empty where none was left out
 * @param notes sentences that somebody who uses the model should have read
 * @param defence id of the defence that stood before the answers it learnt from; empty for bare answers
 */
public record TrainedModel(
        Path file,
        String id,
        String kind,
        int members,
        int nonMembers,
        int evaluatedMembers,
        int evaluatedNonMembers,
        OptionalDouble auc,
        OptionalDouble tprAt10Percent,
        OptionalDouble tprAt1Percent,
        OptionalDouble tprAt01Percent,
        boolean budgetGuaranteed,
        Optional<Shadows> shadows,
        List<TransferResult> transfer,
        List<String> notes,
        String defence) {
    /**
     * Shadow models of one data set.
     *
     * @param count number of them
     * @param trainAccuracy mean over them of the share of members that they answer rightly
     * @param testAccuracy the same of other records
     */
    public record Shadows(int count, double trainAccuracy, double testAccuracy) {}

    /**
     * An attack on a data set it does not know.
     *
     * @param dataset name
     * @param auc area under the ROC curve
     * @param tprAt1Percent true-positive rate at 1 % false positives; absent where the sample cannot resolve it
     * @param trainAccuracy of the attacked model
     * @param testAccuracy of the attacked model
     */
    public record TransferResult(
            String dataset, double auc, OptionalDouble tprAt1Percent, double trainAccuracy, double testAccuracy) {}

    public TrainedModel {
        transfer = List.copyOf(transfer);
        notes = List.copyOf(notes);
    }

    static TrainedModel of(CalibratedAttack attack, Path file, Optional<Shadows> shadows, List<String> notes) {
        Evaluation evaluation = attack.evaluation();
        return new TrainedModel(
                file,
                attack.id(),
                attack.model().kind(),
                attack.calibration().members(),
                attack.calibration().nonMembers(),
                evaluation.members(),
                evaluation.nonMembers(),
                evaluation.auc(),
                evaluation.tprAt10Percent(),
                evaluation.tprAt1Percent(),
                evaluation.tprAt01Percent(),
                attack.calibration().budgetGuaranteed(),
                shadows,
                attack.provenance().transfer().stream()
                        .map(to -> new TransferResult(
                                to.dataset(), to.auc(), to.tprAt1Percent(), to.trainAccuracy(), to.testAccuracy()))
                        .toList(),
                notes,
                "");
    }

    /** The same, of a model for answers with a defence before them. */
    TrainedModel under(String ofDefence) {
        return copy(notes, ofDefence);
    }

    /** The same with one more note. */
    TrainedModel noting(String note) {
        return copy(Stream.concat(notes.stream(), Stream.of(note)).toList(), defence);
    }

    private TrainedModel copy(List<String> newNotes, String newDefence) {
        return new TrainedModel(
                file,
                id,
                kind,
                members,
                nonMembers,
                evaluatedMembers,
                evaluatedNonMembers,
                auc,
                tprAt10Percent,
                tprAt1Percent,
                tprAt01Percent,
                budgetGuaranteed,
                shadows,
                transfer,
                newNotes,
                newDefence);
    }
}
