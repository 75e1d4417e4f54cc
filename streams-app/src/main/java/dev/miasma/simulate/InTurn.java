// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;

/** One behaviour to its end, then another. */
final class InTurn implements Behaviour {
    private final Behaviour then;
    private Behaviour now;

    InTurn(Behaviour first, Behaviour then) {
        now = first;
        this.then = then;
    }

    @Override
    public Optional<Question> next() {
        Optional<Question> question = now.next();
        if (question.isEmpty()) {
            now = then;
            question = now.next();
        }
        return question;
    }

    @Override
    public Outcome answered(double[] posterior) {
        return now.answered(posterior);
    }
}
