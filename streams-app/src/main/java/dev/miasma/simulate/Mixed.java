// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;
import java.util.Random;

/** An attack hidden among benign queries of the same client. */
final class Mixed implements Behaviour {
    private final Behaviour benign;
    private final Behaviour attack;
    private final double share;
    private final Random random;
    private Behaviour now;

    /** @param share of the queries that are the attack's, 0 to 1 */
    Mixed(Behaviour benign, Behaviour attack, double share, Random random) {
        this.benign = benign;
        this.attack = attack;
        this.share = share;
        this.random = random;
        now = benign;
    }

    @Override
    public Optional<Question> next() {
        now = random.nextDouble() < share ? attack : benign;
        Optional<Question> question = now.next();
        if (question.isEmpty()) {
            now = benign;
            question = now.next();
        }
        return question;
    }

    @Override
    public Outcome answered(double[] posterior) {
        return now.answered(posterior);
    }
}
