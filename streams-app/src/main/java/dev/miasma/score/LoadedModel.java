// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.Evaluation;
import dev.miasma.attack.MemberShare;
import dev.miasma.attack.NullDrift;
import dev.miasma.attack.Provenance;
import dev.miasma.attack.RaisedNull;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An attack model in force, with its evidence laid out by bin so that a query costs one look-up. */
final class LoadedModel implements KnownModel {
    final AttackModel model;
    final Calibration calibration;
    final String id;
    final double nullShare;
    final double medianCut;
    final boolean budgetGuaranteed;
    private final EvidenceColumn[] evidenceByBin;
    private final CalibratedAttack attack;
    private final Instant loadedAt;

    LoadedModel(CalibratedAttack attack, double flagRate, Instant loadedAt) {
        this.attack = attack;
        this.loadedAt = loadedAt;
        model = attack.model();
        calibration = attack.calibration().withFlagRate(flagRate);
        id = attack.id();
        nullShare = calibration.flaggedNullShare();
        medianCut = calibration.withFlagRate(0.5).flagCut();
        budgetGuaranteed = calibration.budgetGuaranteed();
        evidenceByBin = new EvidenceColumn[calibration.bins()];
        for (int bin = 0; bin < evidenceByBin.length; bin++) {
            evidenceByBin[bin] = EvidenceColumn.of(calibration.evidence().column(bin));
        }
    }

    /** What this model says of an answer with a score. */
    AttackScore of(double score) {
        int bin = calibration.bin(score);
        return new AttackScore(
                score,
                bin,
                score >= medianCut,
                calibration.flagged(score),
                evidence(bin),
                nullShare,
                id,
                budgetGuaranteed);
    }

    @Override
    public int bins() {
        return evidenceByBin.length;
    }

    @Override
    public EvidenceColumn evidence(int bin) {
        return evidenceByBin[bin];
    }

    @Override
    public double nullShare() {
        return nullShare;
    }

    @Override
    public boolean budgetGuaranteed() {
        return budgetGuaranteed;
    }

    @Override
    public double[] raisedNull(long[] observed) {
        return RaisedNull.logMeans(calibration, observed);
    }

    @Override
    public @Nullable ShareEstimate memberShare(long[] countsByBin) {
        return MemberShare.estimate(calibration, allBins(countsByBin))
                .map(share -> new ShareEstimate(share.share(), share.low(), share.high(), share.queries()))
                .orElse(null);
    }

    @Override
    public NullCheck drift(long[] countsByBin) {
        NullDrift drift = NullDrift.of(calibration, allBins(countsByBin));
        NullCheck.Verdict verdict = switch (drift.verdict()) {
            case HOLDS -> NullCheck.Verdict.HOLDS;
            case ABOVE -> NullCheck.Verdict.ABOVE;
            case BELOW -> NullCheck.Verdict.BELOW;
            case UNKNOWN -> NullCheck.Verdict.UNKNOWN;
        };
        return new NullCheck(verdict, drift.largestRatio(), drift.queries());
    }

    /** What there is to show. */
    ModelFacts facts() {
        Provenance from = attack.provenance();
        Evaluation good = attack.evaluation();
        return new ModelFacts(
                id,
                model.kind(),
                budgetGuaranteed,
                loadedAt,
                binsOfCalibration(),
                new ModelFacts.Origin(from.dataHash(), from.seed(), from.library(), from.date(), from.protocol()),
                new ModelFacts.Quality(
                        good.members(),
                        good.nonMembers(),
                        good.auc(),
                        good.bestBalancedAccuracy(),
                        good.tprAt10Percent(),
                        good.tprAt1Percent(),
                        good.tprAt01Percent()));
    }

    private ModelFacts.Bins binsOfCalibration() {
        double[] cuts = calibration.cuts();
        int bins = calibration.bins();
        int[] atOrAbove = calibration.nonMembersAtOrAbove();
        int[] memberCounts = calibration.memberCounts();
        double[] edges = new double[bins + 1];
        // A calibration from traffic keeps the histogram of the one before, so a cut may lie beyond its ends.
        edges[0] = Math.min(calibration.histogram().low(), cuts[0]);
        edges[bins] = Math.max(calibration.histogram().high(), cuts[cuts.length - 1]);
        System.arraycopy(cuts, 0, edges, 1, cuts.length);
        double[] nonMembers = new double[bins];
        double[] members = new double[bins];
        for (int bin = 0; bin < bins; bin++) {
            int from = bin == 0 ? calibration.nonMembers() : atOrAbove[bin - 1];
            int beyond = bin == cuts.length ? 0 : atOrAbove[bin];
            nonMembers[bin] = (from - beyond) / (double) calibration.nonMembers();
            members[bin] = memberCounts[bin] / (double) Math.max(1, calibration.members());
        }
        return new ModelFacts.Bins(
                calibration.source().id(),
                calibration.nonMembers(),
                calibration.members(),
                edges,
                nonMembers,
                calibration.members() == 0 ? null : members);
    }

    /** Counts for every bin; more than there are bins are left as they are, for the library to refuse. */
    private long[] allBins(long[] counts) {
        return counts.length < bins() ? Arrays.copyOf(counts, bins()) : counts;
    }
}
