// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.nio.file.Path;
import java.util.List;

/**
 * What to reproduce, and how.
 *
 * @param experiments names; none for all
 * @param dataDir the folder of all data sets
 * @param workDir where models' answers are kept, so that no model is trained twice
 * @param output where pages and plots go
 * @param quick fewer records and epochs
 * @param seed of every random choice
 * @param threads models trained at once, at least 1; no result depends on it
 */
public record ReproductionRequest(
        List<String> experiments, Path dataDir, Path workDir, Path output, boolean quick, long seed, int threads) {
    public ReproductionRequest {
        experiments = List.copyOf(experiments);
        if (threads < 1) {
            throw new IllegalArgumentException("threads are " + threads + "; at least 1 needed");
        }
    }
}
