// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.util.List;
import java.util.function.Function;

/**
 * A target model trained for the demo, with the records its simulated clients ask about. The attack model for it has
 * been written to a file.
 *
 * @param dataset name of the data set
 * @param synthetic whether the data is made up
 * @param answer the target: features to posterior; thread-safe
 * @param members training members of the target, records x features, none of them used to calibrate
 * @param nonMembers records the target was not trained on, none of them used to train or calibrate anything
 * @param trainAccuracy of the target
 * @param testAccuracy of the target
 * @param attackAuc area under the ROC curve of the attack model on the target's own answers
 * @param defended the same with defences before those answers
 * @param notes of defences that leave nothing to make an attack model of
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record DemoTarget(
        String dataset,
        boolean synthetic,
        Function<double[], double[]> answer,
        double[][] members,
        double[][] nonMembers,
        double trainAccuracy,
        double testAccuracy,
        double attackAuc,
        List<Defended> defended,
        List<String> notes) {

    /**
     * An attack model on defended answers.
     *
     * @param defence id of the defence
     * @param attackAuc area under its ROC curve
     */
    public record Defended(String defence, double attackAuc) {}
}
