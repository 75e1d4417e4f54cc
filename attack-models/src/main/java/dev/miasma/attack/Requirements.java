// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.posterior.PosteriorFeature;
import java.util.EnumSet;
import java.util.List;

/** What every kind of attack model refuses, in the same words. */
final class Requirements {

    private Requirements() {}

    static void requireFeatures(List<PosteriorFeature> features) {
        if (features.isEmpty() || EnumSet.copyOf(features).size() != features.size()) {
            throw new IllegalArgumentException("features are "
                    + features.stream().map(PosteriorFeature::id).toList() + "; at least one needed and none twice");
        }
    }

    static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; a finite number needed");
        }
    }

    static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; 0 to 1 needed");
        }
    }

    static double requireWithin(String name, double value, double largest) {
        if (!(Math.abs(value) <= largest)) {
            throw new IllegalArgumentException(name + " is " + value + "; within +-" + largest + " needed");
        }
        return value;
    }
}
