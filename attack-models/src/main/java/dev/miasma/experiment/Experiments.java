// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.List;

/** The experiments there are. */
public final class Experiments {

    private Experiments() {}

    /** All of them, in the order of reports. */
    public static List<Experiment> all() {
        return List.of();
    }
}
