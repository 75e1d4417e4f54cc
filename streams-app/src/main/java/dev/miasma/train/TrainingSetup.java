// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * How a training with shadow models goes about.
 *
 * @param output model file to write
 * @param work folder that keeps the answers of trained models, so that a stopped run goes on where it was
 * @param seed of every random choice
 * @param date written into the provenance
 * @param threads models trained at once, at least 1; no result depends on it
 * @param progress told of every model trained
 */
public record TrainingSetup(Path output, Path work, long seed, LocalDate date, int threads, TrainingProgress progress) {
    public TrainingSetup {
        if (threads < 1) {
            throw new TrainingException("--threads is " + threads + "; at least 1 needed");
        }
    }
}
