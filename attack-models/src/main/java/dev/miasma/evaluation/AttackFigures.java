// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All figures of one attack, with the warnings they need. A figure that the sample can't resolve is absent and named in
 * a warning.
 *
 * <p>Conventions: a record is called a member when its score is at or above a threshold; tied scores move together; the
 * area counts a tie as half. The TPR at a false-positive rate f is the largest one over all thresholds with an FPR of at
 * most f, without interpolation, and is resolvable where at least one non-member may be above the threshold: n f >= 1.
 *
 * @param roc the curve on the evaluated records
 * @param confusion the calls at the threshold learnt on the reference
 * @param confusionAtLowFpr the calls at the threshold that has an FPR of 1 % on the reference, if it resolves that
 * @param intervals of 95 %, of the resolvable figures; empty if no bootstrap was asked for
 * @param warnings sentences for people, without a full stop at the end
 */
public record AttackFigures(
        Roc roc,
        Confusion confusion,
        Optional<Confusion> confusionAtLowFpr,
        Map<Figure, Interval> intervals,
        List<String> warnings) {

    /** Fewer non-members than this above a threshold make a rate that moves a lot from sample to sample. */
    private static final int FEW = 10;

    public AttackFigures {
        intervals = Map.copyOf(intervals);
        warnings = List.copyOf(warnings);
    }

    /**
     * Computes them.
     *
     * @param resamples of the bootstrap; 0 for no intervals
     * @param seed of the bootstrap
     */
    public static AttackFigures of(AuditedScores audited, int resamples, long seed) {
        Roc roc = audited.roc();
        Map<Figure, Interval> intervals = new EnumMap<>(Figure.class);
        if (resamples > 0) {
            intervals.putAll(new Bootstrap(audited).intervals(resamples, seed));
        }
        for (int i = 0; i < Figure.RATES.length; i++) {
            if (roc.resolvableTprAt(Figure.RATES[i]).isEmpty()) {
                intervals.remove(Figure.AT_RATE[i]);
            }
        }
        Confusion confusion = audited.confusion();
        return new AttackFigures(
                roc,
                confusion,
                audited.confusionAtLowFpr(),
                intervals,
                warnings(roc, confusion, Optional.ofNullable(intervals.get(Figure.AUC))));
    }

    /** The value of a figure; absent where the sample can't resolve it or nobody was called. */
    public OptionalDouble value(Figure figure) {
        int rate = Arrays.asList(Figure.AT_RATE).indexOf(figure);
        if (rate >= 0) {
            return roc.resolvableTprAt(Figure.RATES[rate]);
        }
        return switch (figure) {
            case AUC -> OptionalDouble.of(roc.auc());
            case BEST_BALANCED_ACCURACY -> OptionalDouble.of(roc.bestBalancedAccuracy());
            case ACCURACY -> OptionalDouble.of(confusion.accuracy());
            case BALANCED_ACCURACY -> OptionalDouble.of(confusion.balancedAccuracy());
            case PRECISION -> confusion.precision();
            case RECALL -> OptionalDouble.of(confusion.recall());
            case FALSE_POSITIVE_RATE -> OptionalDouble.of(confusion.falsePositiveRate());
            default -> throw new AssertionError(figure);
        };
    }

    /** The interval of a figure. */
    public Optional<Interval> interval(Figure figure) {
        return Optional.ofNullable(intervals.get(figure));
    }

    /** The precision at a prior, if anybody was called; see {@link Confusion#ppv}. */
    public OptionalDouble ppv(double prior) {
        return confusion.ppv(prior);
    }

    /** The interval of the precision at a prior. */
    public Optional<Interval> ppvInterval(double prior) {
        return interval(Figure.PRECISION)
                .map(p -> new Interval(
                        confusion.ppvOfPrecision(p.low(), prior), confusion.ppvOfPrecision(p.high(), prior)));
    }

    /** Whether non-members score higher than members: the attack would do better the other way round. */
    public boolean inverted() {
        return roc.auc() < 0.5;
    }

    private static List<String> warnings(Roc roc, Confusion confusion, Optional<Interval> auc) {
        List<String> warnings = new ArrayList<>();
        if (roc.auc() < 0.5) {
            warnings.add(String.format(
                    java.util.Locale.ROOT,
                    auc.map(Interval::high).orElse(0.0) < 0.5
                            ? "inverted: the AUC is %.4f, below 0.5, so non-members look more like members than"
                                    + " members do; check that members and non-members are not swapped"
                            : "inverted: the AUC is %.4f, below 0.5, though within chance of it",
                    roc.auc()));
        }
        for (double rate : Figure.RATES) {
            double above = roc.nonMembers() * rate;
            String percent = Percent.of(rate);
            if (roc.resolvableTprAt(rate).isEmpty()) {
                warnings.add("the TPR at " + percent + " FPR cannot be resolved by " + roc.nonMembers()
                        + " non-members; at least " + (long) Math.ceil(1 / rate) + " needed");
            } else if (above < FEW) {
                warnings.add("the TPR at " + percent + " FPR rests on at most " + (int) above + " of "
                        + roc.nonMembers() + " non-members; read its interval, not its digits");
            }
        }
        if (confusion.precision().isEmpty()) {
            warnings.add("nobody was called a member, so there is no precision");
        } else if (confusion.falsePositives() == 0) {
            warnings.add("no non-member was called a member, so the precision of 1 is an upper bound; the"
                    + " false-positive rate may be up to 3 / " + roc.nonMembers() + " (95 %)");
        }
        return warnings;
    }
}
