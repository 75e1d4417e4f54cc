// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether live first-sight scores of a window still look as the calibration's null says.
 *
 * <p>A cut is above where the exact lower bound of the live rate, at level delta / m for m cuts, is above the bound that the
 * evidence reckons with ({@link Calibration#evidenceBounds}): the alert budget doesn't hold for such traffic. It is below where the exact upper bound of the live rate is below the lower bound
 * of the calibration's own rate, each at delta / (2 m): sound, but the monitor takes longer to find a prober than it would
 * with a new calibration. On traffic that obeys the bounds, a window is called above with a chance of at most delta,
 * besides the delta by which the bounds themselves may fail, and however its queries depend on each other; on independent
 * queries at the calibration's own rates it is called below with a chance of at most delta. Each further window takes
 * that chance again.
 *
 * <p>Probers are live traffic as well: above means drift only where they are few. Where the null comes from traffic, its
 * clients differ and the bound of its rate is too narrow, so below is called too often.
 *
 * @param queries number of scores in the window
 * @param verdict of all cuts together; above goes before below
 * @param largestRatio the largest live share over its bound; 0 without queries
 * @param cuts one a cut, ascending
 */
public record NullDrift(long queries, Verdict verdict, double largestRatio, List<Cut> cuts) {

    /** With fewer queries, no drift found doesn't mean that there is none. */
    public static final int FEWEST_TO_HOLD = 1000;

    public NullDrift {
        cuts = List.copyOf(cuts);
    }

    /** What a window says of the null. */
    public enum Verdict {
        /** The live scores are within the bounds, and not far within. */
        HOLDS,
        /** More high scores than the bounds allow: the budget doesn't hold. */
        ABOVE,
        /** Fewer high scores than the calibration had: the monitor is less sensitive than it could be. */
        BELOW,
        /** Too few queries to say. */
        UNKNOWN
    }

    /**
     * One cut.
     *
     * @param score the cut's value
     * @param nominalRate its nominal false-positive rate
     * @param atOrAbove live scores at or above it
     * @param share of the live scores; 0 without queries
     * @param bound the most that the evidence reckons with
     * @param calibrationShare share of the calibration's own scores
     * @param verdict of this cut alone
     */
    public record Cut(
            double score,
            double nominalRate,
            long atOrAbove,
            double share,
            double bound,
            double calibrationShare,
            Verdict verdict) {

        /** The live share over the bound. */
        public double ratio() {
            return share / bound;
        }
    }

    /** As {@link #of(Calibration, long[], double)}, at the calibration's own delta. */
    public static NullDrift of(Calibration calibration, long[] countsByBin) {
        return of(calibration, countsByBin, calibration.delta());
    }

    /**
     * Compares a window with the calibration.
     *
     * @param calibration of the attack whose scores they are
     * @param countsByBin number of live first-sight scores in each of its bins; only read
     * @param delta chance of a false verdict, in (0, 1)
     * @throws IllegalArgumentException if there isn't one count a bin, one is negative, or delta is out of bounds
     */
    public static NullDrift of(Calibration calibration, long[] countsByBin, double delta) {
        ClientLimits.requireDelta(delta);
        long queries = BinCounts.total(calibration, countsByBin);
        double[] scores = calibration.cuts();
        double[] rates = calibration.nominalRates();
        double[] bounds = calibration.evidenceBounds();
        int[] counts = calibration.nonMembersAtOrAbove();
        List<Cut> cuts = new ArrayList<>();
        long atOrAbove = queries;
        for (int j = 0; j < scores.length; j++) {
            atOrAbove -= countsByBin[j];
            cuts.add(new Cut(
                    scores[j],
                    rates[j],
                    atOrAbove,
                    queries == 0 ? 0 : atOrAbove / (double) queries,
                    bounds[j],
                    counts[j] / (double) calibration.nonMembers(),
                    verdict(
                            atOrAbove,
                            queries,
                            bounds[j],
                            ClopperPearson.lowerBound(counts[j], calibration.nonMembers(), delta / (2 * scores.length)),
                            delta / scores.length)));
        }
        return new NullDrift(
                queries,
                verdict(cuts),
                cuts.stream().mapToDouble(Cut::ratio).max().orElse(0),
                cuts);
    }

    private static Verdict verdict(long atOrAbove, long queries, double bound, double calibrationLow, double alpha) {
        if (queries > 0 && ClopperPearson.lowerBound(atOrAbove, queries, alpha) > bound) {
            return Verdict.ABOVE;
        }
        if (queries > 0 && ClopperPearson.upperBound(atOrAbove, queries, alpha / 2) < calibrationLow) {
            return Verdict.BELOW;
        }
        return queries < FEWEST_TO_HOLD ? Verdict.UNKNOWN : Verdict.HOLDS;
    }

    private static Verdict verdict(List<Cut> cuts) {
        for (Verdict drifted : List.of(Verdict.ABOVE, Verdict.BELOW)) {
            if (cuts.stream().anyMatch(cut -> cut.verdict() == drifted)) {
                return drifted;
            }
        }
        return cuts.getFirst().verdict();
    }
}
