// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which shadow models are trained and what is learnt from them.
 *
 * @param data name of a data set of the papers, or a CSV file
 * @param dataDir folder of the papers' data sets; needed for a name only
 * @param label the column of labels of a CSV file
 * @param family of the shadow models
 * @param epochs of networks; by default the papers'
 * @param records that each shadow is trained on, and as many it is not
 * @param shadows number of them
 * @param attack logistic, network or per-class
 * @param members CSV with the watched model's answers to members; only together with the next
 * @param nonMembers CSV with its answers to non-members, to calibrate on
 */
public record ShadowRequest(
        String data,
        Optional<Path> dataDir,
        String label,
        String family,
        OptionalInt epochs,
        OptionalInt records,
        int shadows,
        Optional<String> attack,
        Optional<Path> members,
        Optional<Path> nonMembers) {
    /** More shadows than this teach nothing new and take days. */
    private static final int MOST_SHADOWS = 1000;

    public ShadowRequest {
        if (shadows < 1 || shadows > MOST_SHADOWS) {
            throw new TrainingException("--shadows is " + shadows + "; 1 to " + MOST_SHADOWS + " needed");
        }
        requirePositive("--epochs", epochs);
        requirePositive("--records", records);
    }

    private static void requirePositive(String option, OptionalInt value) {
        if (value.isPresent() && value.getAsInt() < 1) {
            throw new TrainingException(option + " is " + value.getAsInt() + "; at least 1 needed");
        }
    }
}
