// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Two attackers against one defence: the adaptive one, who defends a shadow likewise before learning on it, and the naive
 * one, who learns on the bare shadow. Against the naive one nearly every defence works, and that says nothing (Song and
 * Mittal 2021): its figures can be had only together with the other's.
 */
public final class Attackers {

    private final Exposure adaptive;
    private final Exposure naive;

    Attackers(Exposure adaptive, Exposure naive) {
        this.adaptive = adaptive;
        this.naive = naive;
    }

    /** The attacker who knows the defence. */
    public Exposure adaptive() {
        return adaptive;
    }

    /**
     * Both, the adaptive one first: for whoever sets one beside the other.
     *
     * @param both gets the adaptive and the naive attacker
     */
    public <T> T compare(BiFunction<Exposure, Exposure, T> both) {
        return both.apply(adaptive, naive);
    }

    /** The true-positive rate at 1 % FPR of whoever does better: an attacker is free to forget what it knows. */
    public OptionalDouble tprAt1Percent() {
        return Stream.of(adaptive, naive)
                .flatMapToDouble(exposure -> exposure.tprAt1Percent().stream())
                .max();
    }
}
