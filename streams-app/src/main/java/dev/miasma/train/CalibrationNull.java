// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.attack.Calibration;
import dev.miasma.attack.ModelFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The null that an attack model's calibration reckons with.
 *
 * @param nonMembers it was calibrated on
 * @param budgetGuaranteed whether they are enough for the budget
 * @param mass of each bin under the extremal null of its evidence
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record CalibrationNull(int nonMembers, boolean budgetGuaranteed, double[] mass) {

    /**
     * That of a model file.
     *
     * @throws IOException if it cannot be read or is broken
     */
    public static CalibrationNull read(Path modelFile) throws IOException {
        Calibration calibration = ModelFile.read(modelFile).calibration();
        double[] bounds = calibration.evidenceBounds();
        double[] mass = new double[bounds.length + 1];
        for (int bin = 0; bin < mass.length; bin++) {
            mass[bin] = (bin == 0 ? 1 : bounds[bin - 1]) - (bin == bounds.length ? 0 : bounds[bin]);
        }
        return new CalibrationNull(calibration.nonMembers(), calibration.budgetGuaranteed(), mass);
    }
}
