// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A target to be trained on a data set and audited with a shadow of its kind.
 *
 * @param dataset name in the catalogue
 * @param dataDir folder of all data sets
 * @param family of target and shadow, a name of {@link Auditing#families}
 * @param epochs of networks; absent for those of the papers' experiments
 * @param members records the target is trained on; absent for as many as in the papers' experiments
 * @param work folder in which answers are kept
 * @param threads models trained at once
 * @param seed of split, training, folds and bootstrap
 * @param resamples of the bootstrap; 0 for no intervals
 * @param prior share of members among the records an attacker asks about, in (0, 1)
 */
public record TargetRequest(
        String dataset,
        Path dataDir,
        String family,
        OptionalInt epochs,
        OptionalInt members,
        Path work,
        int threads,
        long seed,
        int resamples,
        double prior) {}
