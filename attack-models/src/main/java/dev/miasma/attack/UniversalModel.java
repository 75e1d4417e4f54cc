// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The attack model that comes with Miasma, for whoever has none of their own: ML-Leaks adversary 2 (Salem et al. 2019,
 * section IV), fitted on the answers of models of public data sets. Its calibration guarantees no alert budget.
 */
public final class UniversalModel {

    private static final String FILE = "universal.json";

    private UniversalModel() {}

    /** Reads it; how well it does on data it doesn't know is in its provenance. */
    public static CalibratedAttack load() {
        try (InputStream in = UniversalModel.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing beside " + UniversalModel.class.getName());
            }
            return ModelFile.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
