// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/** What later stages may ask of an attack model's calibration. */
public interface KnownModel {
    /**
     * What evidence is to be divided by where a client's scores in the past are held to be harmless.
     *
     * @param observed its first sights by bin
     * @return ln of the factor of each row, at least 0
     * @throws IllegalArgumentException if the bins are not this calibration's
     * @see dev.miasma.attack.RaisedNull
     */
    double[] raisedNull(long[] observed);
}
