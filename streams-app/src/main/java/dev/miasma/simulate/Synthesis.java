// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;
import java.util.Random;

/**
 * Makes shadow data by hill climbing on the target's confidence, a record of each class in turn (Shokri et al. 2017,
 * Algorithm 1). A target record here is one that is being made; {@link Outcome#DONE} is its acceptance.
 */
final class Synthesis implements Behaviour {
    private final Population population;
    private final SynthesisOptions options;
    private final Random random;
    private SynthesisClimb climb;
    private long number = 1;

    Synthesis(Population population, SynthesisOptions options, Random random) {
        this.population = population;
        this.options = options;
        this.random = random;
        climb = climb();
    }

    private SynthesisClimb climb() {
        return new SynthesisClimb(population.features(), population.kind(), options, random);
    }

    @Override
    public Optional<Question> next() {
        return Optional.of(Question.of(climb.query(), false, number));
    }

    @Override
    public Outcome answered(double[] posterior) {
        // How many classes there are, the first answer tells.
        Outcome outcome = climb.answered(posterior, (int) ((number - 1) % posterior.length));
        if (outcome != Outcome.GOES_ON) {
            climb = climb();
            number++;
        }
        return outcome;
    }
}
