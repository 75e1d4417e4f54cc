// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;
import java.util.Random;

/** A number of random queries, as ML-Leaks adversary 3 makes to set its threshold (Salem et al. 2019, section V). */
final class NoiseQueries implements Behaviour {
    private final Population population;
    private final double density;
    private final Random random;
    private int left;

    NoiseQueries(int count, Population population, double density, Random random) {
        left = count;
        this.population = population;
        this.density = density;
        this.random = random;
    }

    @Override
    public Optional<Question> next() {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        return Optional.of(Question.of(population.kind().random(population.features(), density, random), false, 0));
    }
}
