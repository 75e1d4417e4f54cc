// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How near a client is to an alarm, on the log scale of the evidence. */
public enum RiskBand {
    /** Evidence below c to the power 1/3. */
    LOW(0),
    /** From there on. */
    ELEVATED(1),
    /** From c to the power 2/3 on. */
    HIGH(2),
    /** An alarm, and the cool-down after it. */
    ALARMED(3);

    /** The byte of the band in the stored state; never given to another band. */
    private final byte id;

    RiskBand(int id) {
        this.id = (byte) id;
    }

    byte id() {
        return id;
    }

    /** The band of a stored byte. */
    static RiskBand ofId(byte id) {
        for (RiskBand band : values()) {
            if (band.id == id) {
                return band;
            }
        }
        throw new IllegalArgumentException("no risk band has the id " + id);
    }

    /** The name in metrics and events. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(RiskBand::code).toList();
    }

    /** The band of an evidence below the threshold. */
    static RiskBand of(double evidence, double threshold) {
        if (evidence <= 1) {
            return LOW;
        }
        double share = Math.log(evidence) / Math.log(threshold);
        return share < 1.0 / 3 ? LOW : share < 2.0 / 3 ? ELEVATED : HIGH;
    }
}
