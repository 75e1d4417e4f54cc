// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Walks along the boundary of one target record after the other (HopSkipJump). Looks at the label of an answer only. The
 * walks start from records of the attacker's own.
 */
final class BoundaryWalk implements Behaviour {
    private final TargetPool targets;
    private final FeatureKind kind;
    private final Supplier<double[]> starts;
    private final WalkOptions options;
    private final Random random;
    private Optional<TargetPool.Target> target = Optional.empty();
    private Optional<Walk> walk = Optional.empty();
    private long number;

    BoundaryWalk(TargetPool targets, FeatureKind kind, Supplier<double[]> starts, WalkOptions options, Random random) {
        this.targets = targets;
        this.kind = kind;
        this.starts = starts;
        this.options = options;
        this.random = random;
    }

    @Override
    public Optional<Question> next() {
        if (walk.isEmpty()) {
            target = targets.next();
            walk = target.map(of -> walk(of.features()));
            number++;
        }
        return walk.map(going ->
                Question.of(going.query(), target.map(TargetPool.Target::member).orElse(false), number));
    }

    private Walk walk(double[] record) {
        return kind.bits()
                ? new DiscreteWalk(record, starts, options, random)
                : new ContinuousWalk(record, starts, options, random);
    }

    @Override
    public Outcome answered(double[] posterior) {
        Outcome outcome =
                walk.map(going -> going.answered(Labels.highest(posterior))).orElse(Outcome.GOES_ON);
        if (outcome != Outcome.GOES_ON) {
            walk = Optional.empty();
        }
        return outcome;
    }
}
