// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.ModelNames;
import dev.miasma.defense.OutputDefense;
import dev.miasma.measure.Measures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there are attack models for the defences that are tried. Without one there are no figures, and somebody who
 * waits for them has to know what is missing.
 */
final class ExpectedModels {
    private static final Logger LOG = LoggerFactory.getLogger(ExpectedModels.class);

    private final List<String> defences;
    private final Path folder;
    private final Measures measures;
    private final Map<String, Integer> told = new HashMap<>();

    ExpectedModels(LiveDefences defences, Path folder, Measures measures) {
        this.defences = defences.tried().stream().map(OutputDefense::id).toList();
        this.folder = folder;
        this.measures = measures;
    }

    /** Reports what has changed since the last time. */
    void tell(Set<String> names) {
        for (String defence : defences) {
            int count = (int) names.stream()
                    .filter(name -> ModelNames.defenceOf(name).equals(defence))
                    .count();
            Integer before = told.put(defence, count);
            if (before != null && before == count) {
                continue;
            }
            measures.whatIfModels(defence, count);
            if (count == 0) {
                warn(defence);
            }
        }
    }

    private void warn(String defence) {
        Path file = folder.resolve(ModelNames.under(ModelNames.DEFAULT, defence) + ModelNames.SUFFIX);
        LOG.warn(
                "{}: no attack model is calibrated for {}, so there are no figures for it. Looked for '{}' and the same"
                        + " of single endpoints; make it with 'miasma train --members CSV --non-members CSV --defences"
                        + " {} -o {}'",
                ConfigKey.WHATIF_DEFENCES,
                defence,
                file,
                defence,
                folder.resolve(ModelNames.DEFAULT + ModelNames.SUFFIX));
    }
}
