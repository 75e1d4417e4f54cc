// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an attack score means: learnt from scores of known non-members, and of members where there are any. It cuts the
 * scores into bins, bounds the benign null of each, and gives the evidence of a bin. Immutable and thread-safe.
 *
 * <p>Cuts lie at nominal false-positive rates of 90, 80, ..., 10, 5, 2, 1, 0.5 and 0.1 % of the non-members, dropped
 * where fewer than 10 scores are expected above and merged where equal. With k_j of n non-members at or above cut j of
 * m, a benign query's chance to be there is at most S_j = BetaInv(1 - delta / m; k_j + 1, n - k_j), for all cuts at
 * once with probability 1 - delta over the calibration sample. The evidence may have cuts and a split of delta of its own, see
 * {@link #evidenceBounds}. {@link TrafficCalibration} replaces these bounds by what
 * live clients give.
 */
public final class Calibration {

    /** The chance, by default, that a bound fails. */
    public static final double DELTA = 0.001;

    /** The nominal false-positive rate, by default, at which an answer counts as leaky. */
    public static final double FLAG_RATE = 0.01;

    /** Fewer real non-members than this, and no alert budget is guaranteed. */
    public static final int FEWEST_FOR_GUARANTEE = 1000;

    private final NullSource source;
    private final NullCuts cuts;
    private final int[] memberCounts;
    private final int members;
    private final EvidenceTable evidence;
    private final ScoreHistogram histogram;
    private final double flagRate;
    private final int flagIndex;
    private final @Nullable TrafficNull traffic;

    /** @param traffic where the bounds come from, if from {@link NullSource#BENIGN_TRAFFIC}; null otherwise */
    Calibration(
            NullSource source,
            NullCuts cuts,
            @Nullable TrafficNull traffic,
            int[] memberCounts,
            EvidenceTable evidence,
            ScoreHistogram histogram,
            double flagRate) {
        if ((source == NullSource.BENIGN_TRAFFIC) != (traffic != null)) {
            throw new IllegalArgumentException("null source is '" + source.id() + "' "
                    + (traffic == null ? "without" : "with") + " clients; '" + NullSource.BENIGN_TRAFFIC.id()
                    + "' has them and no other");
        }
        if (!(flagRate > 0 && flagRate < 1)) {
            throw new IllegalArgumentException("flag rate is " + flagRate + "; between 0 and 1 needed");
        }
        if (memberCounts.length != cuts.cuts.length + 1 || evidence.bins() != memberCounts.length) {
            throw new IllegalArgumentException("member counts are " + memberCounts.length + " and evidence bins "
                    + evidence.bins() + "; " + (cuts.cuts.length + 1) + " of each needed");
        }
        this.source = source;
        this.cuts = cuts;
        this.traffic = traffic;
        this.memberCounts = memberCounts;
        this.members = total(memberCounts);
        this.evidence = evidence;
        this.histogram = histogram;
        this.flagRate = flagRate;
        this.flagIndex = cuts.nearest(flagRate);
    }

    /**
     * Calibrates on real non-members of the monitored model.
     *
     * @param nonMemberScores finite scores, at least 12; {@value #FEWEST_FOR_GUARANTEE} for a guaranteed budget
     * @param memberScores finite scores; may be empty, the evidence then comes from p-values
     * @param delta chance that a bound fails, in (0, 1), by default {@link #DELTA}
     * @throws IllegalArgumentException naming the parameter, its value and its bound
     */
    public static Calibration of(double[] nonMemberScores, double[] memberScores, double delta) {
        return of(nonMemberScores, memberScores, delta, NullSource.NON_MEMBERS);
    }

    /** As {@link #of(double[], double[], double)}, the null's scores coming from elsewhere. */
    public static Calibration of(double[] nonMemberScores, double[] memberScores, double delta, NullSource source) {
        return of(nonMemberScores, memberScores, delta, source, new double[0]);
    }

    /**
     * The same with evidence that turns on the few cuts that matter, for which it needs to know beforehand, roughly, how
     * non-members score: with as many calibration records probers are found sooner.
     *
     * @param otherNonMemberScores finite scores of non-members independent of the calibration's, such as those the attack
     *     was trained on; the bounds hold whatever they are like. With fewer than 100, or as few members, they aren't used
     */
    public static Calibration of(
            double[] nonMemberScores,
            double[] memberScores,
            double delta,
            NullSource source,
            double[] otherNonMemberScores) {
        NullCuts.requireScores("member scores", memberScores);
        NullCuts.requireScores("other non-member scores", otherNonMemberScores);
        NullCuts cuts = NullCuts.of(
                nonMemberScores,
                delta,
                EvidenceCuts.of(memberScores, otherNonMemberScores, nonMemberScores.length, delta));
        int[] counts = new int[cuts.cuts.length + 1];
        for (double score : memberScores) {
            counts[cuts.bin(score)]++;
        }
        EvidenceTable evidence = memberScores.length == 0
                ? EvidenceTable.fromPValues(cuts.bounds)
                : EvidenceTable.fromMembers(cuts.evidenceBounds, cuts.counts(), counts);
        ScoreHistogram histogram = ScoreHistogram.of(nonMemberScores, memberScores);
        return new Calibration(source, cuts, null, counts, evidence, histogram, FLAG_RATE);
    }

    /** The same, with answers counted as leaky at the cut whose nominal false-positive rate is nearest to this. */
    public Calibration withFlagRate(double rate) {
        return new Calibration(source, cuts, traffic, memberCounts, evidence, histogram, rate);
    }

    /** The bin of a score, 0 to {@link #bins()} - 1: the number of cuts at or below it. Allocates nothing. */
    public int bin(double score) {
        return cuts.bin(score);
    }

    /** Number of bins, one more than cuts. */
    public int bins() {
        return cuts.cuts.length + 1;
    }

    /** The evidence of a query, by its bin. */
    public EvidenceTable evidence() {
        return evidence;
    }

    /** An answer whose score is at or above this is leaky. */
    public double flagCut() {
        return cuts.cuts[flagIndex];
    }

    /** Whether an answer of this score is leaky. Allocates nothing. */
    public boolean flagged(double score) {
        return score >= flagCut();
    }

    /** The measured share of the calibration non-members that are flagged: what a lift is relative to. */
    public double flaggedNullShare() {
        return cuts.atOrAbove[flagIndex] / (double) cuts.n;
    }

    /** The configured nominal false-positive rate of a flag. */
    public double flagRate() {
        return flagRate;
    }

    /** Number of calibration non-members; of first-sight queries of all clients where the null comes from traffic. */
    public int nonMembers() {
        return cuts.n;
    }

    /** Number of calibration members; 0 if none were known. */
    public int members() {
        return members;
    }

    /** Where the scores of the null come from. */
    public NullSource source() {
        return source;
    }

    /** The chance that a bound fails. */
    public double delta() {
        return cuts.delta;
    }

    /**
     * Whether the bounds rest on enough real non-members, or on enough clients held to be benign, for the alert budget to
     * hold; in the latter case for all but the share of clients that {@link TrafficNull} says.
     */
    public boolean budgetGuaranteed() {
        if (traffic != null) {
            return traffic.guaranteed(cuts.delta);
        }
        return source == NullSource.NON_MEMBERS && cuts.n >= FEWEST_FOR_GUARANTEE;
    }

    /** The clients whose traffic gave the bounds; absent unless {@link NullSource#BENIGN_TRAFFIC} is the source. */
    public Optional<TrafficNull> traffic() {
        return Optional.ofNullable(traffic);
    }

    /** The cut values, ascending: a copy. */
    public double[] cuts() {
        return cuts.cuts.clone();
    }

    /** The nominal false-positive rate of each cut, descending: a copy. */
    public double[] nominalRates() {
        return cuts.nominalRates.clone();
    }

    /** How many calibration non-members are at or above each cut, descending: a copy. */
    public int[] nonMembersAtOrAbove() {
        return cuts.atOrAbove.clone();
    }

    /** How many calibration members each bin holds: a copy. */
    public int[] memberCounts() {
        return memberCounts.clone();
    }

    /** How many calibration non-members a bin holds. Allocates nothing. */
    int nonMembersIn(int bin) {
        int atOrAbove = bin == 0 ? cuts.n : cuts.atOrAbove[bin - 1];
        return atOrAbove - (bin == cuts.cuts.length ? 0 : cuts.atOrAbove[bin]);
    }

    /** How many calibration members a bin holds. Allocates nothing. */
    int membersIn(int bin) {
        return memberCounts[bin];
    }

    /** S_1 to S_m, the simultaneous upper bounds of the benign null, descending: a copy. */
    public double[] bounds() {
        return cuts.bounds.clone();
    }

    /**
     * What the evidence reckons with: upper bounds of the same null, as many, nonincreasing, that hold at once with the same
     * confidence. They are narrower than {@link #bounds} at the cuts that matter for the evidence and wider at the others,
     * where {@link #evidenceShares} are there: a copy.
     */
    public double[] evidenceBounds() {
        return cuts.evidenceBounds.clone();
    }

    /** The part of delta that each cut's bound for the evidence may spend; absent where it is the same for each. */
    public Optional<double[]> evidenceShares() {
        return Optional.ofNullable(cuts.shares).map(double[]::clone);
    }

    /** Whether a cut lies at a nominal rate, and isn't one for the evidence alone. */
    boolean isNominal(int cut) {
        return cuts.isNominal(cut);
    }

    /** How the scores lie, to be drawn. */
    public ScoreHistogram histogram() {
        return histogram;
    }

    private static int total(int[] counts) {
        int total = 0;
        for (int count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("member count is " + count + "; at least 0 needed");
            }
            total = Math.addExact(total, count);
        }
        return total;
    }
}
