// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.List;

/** All experiments, in the order of reports. */
public final class Experiments {

    private static final List<Experiment> ALL = List.of(
            new AdversaryOne(),
            new TransferMatrix(),
            new AdversaryThree(),
            new BaselineComparison(),
            new CombinedFamilies(),
            new ShokriAttack(),
            new ShokriShadowData(),
            new ShokriShadows(),
            new PosteriorsUsed(),
            new OverfittingLevel(),
            new Defences());

    private Experiments() {}

    /** All of them. */
    public static List<Experiment> all() {
        return ALL;
    }
}
