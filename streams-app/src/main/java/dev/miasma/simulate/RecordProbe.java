// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;
import java.util.Random;

/**
 * Asks about one target record after the other, each by a number of copies: score-based attacks by the record itself,
 * label-only attacks by near copies, averaging by repeats.
 */
final class RecordProbe implements Behaviour {
    private final TargetPool targets;
    private final Copies copies;
    private final Random random;
    private Optional<TargetPool.Target> target = Optional.empty();
    private long number;
    private int copy;

    RecordProbe(TargetPool targets, Copies copies, Random random) {
        this.targets = targets;
        this.copies = copies;
        this.random = random;
        copy = copies.count();
    }

    @Override
    public Optional<Question> next() {
        if (copy == copies.count()) {
            target = targets.next();
            number++;
            copy = 0;
        }
        return target.map(of -> Question.of(copies.maker().copy(of.features(), copy++, random), of.member(), number));
    }

    @Override
    public Outcome answered(double[] posterior) {
        return copy == copies.count() ? Outcome.DONE : Outcome.GOES_ON;
    }
}
