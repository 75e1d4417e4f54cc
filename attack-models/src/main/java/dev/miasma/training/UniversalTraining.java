// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.Evaluation;
import dev.miasma.attack.NullSource;
import dev.miasma.attack.Provenance;
import dev.miasma.attack.Transfer;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import dev.miasma.evaluation.Roc;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.target.Overfitting;
import dev.miasma.training.ShadowTraining.Shadow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * ML-Leaks adversary 2 (Salem et al. 2019, section IV): shadows of other data sets stand in for a target that nothing is
 * known of. The paper transfers from one data set; here all shadows together train one attack, each data set with the
 * same weight. Labels are left aside.
 */
public final class UniversalTraining {

    /** Members and non-members of shadow and target. */
    private static final int KINDS = 4;

    private UniversalTraining() {}

    /**
     * The answers of two models of one data set that share no record.
     *
     * @param dataset name
     * @param shadow fits the attack
     * @param target tries it and calibrates it
     * @param overfitting of the target
     */
    public record Source(String dataset, Shadow shadow, Shadow target, Overfitting overfitting) {}

    /**
     * Fits on the shadows' answers, and calibrates and evaluates on the targets', models that the attack doesn't know.
     * How it does on a data set that it doesn't know either is in the provenance: there each data set in turn is left
     * out of the fit and its target attacked.
     *
     * <p>It is calibrated on an upper envelope: at every score as many non-members are above it as on the data set where
     * most are. All data sets in one pool would call a model that is sure of everything it answers leaky, and each of
     * its clients a prober. Members are left aside there, since what they score above such non-members is another
     * question on every data set: the evidence comes from p-values.
     *
     * @param sources at least 2
     * @param options {@link PosteriorFeature#STANDARD_DEVIATION} can't be among the features: it depends on the number
     *     of classes
     * @throws IllegalArgumentException naming what is wrong with sources or features
     */
    public static CalibratedAttack train(List<Source> sources, AttackFitter fitter, TrainingOptions options) {
        List<Transfer> transfer = transfer(sources, fitter, options);
        List<PosteriorSet> answers = together(sources, options.seed());
        AttackModel attack = fitter.fit(answers.get(0), answers.get(1), options);
        double[] members = Scores.of(attack, answers.get(2));
        double[] nonMembers = Scores.of(attack, answers.get(3));
        String protocol = "ML-Leaks adversary 2: " + fitter.name() + " on one shadow's answers for each of "
                + sources.stream().map(Source::dataset).collect(Collectors.joining(", ")) + ", "
                + members.length / sources.size() + " members and as many non-members each, evaluated on as many"
                + " answers of another model of each, calibrated on the upper envelope of that one's non-members";
        Provenance from =
                Fingerprints.provenance(options, fitter.library(), protocol, answers.toArray(PosteriorSet[]::new));
        return new CalibratedAttack(
                attack,
                Calibration.of(
                        envelope(nonMembers, sources.size()), new double[0], options.delta(), NullSource.OTHER_DATA),
                new Provenance(from.dataHash(), from.seed(), from.library(), from.date(), protocol, transfer),
                Evaluation.of(Roc.of(members, nonMembers)));
    }

    /** The largest, second largest, ... score of any data set, whose scores lie side by side, as many of each. */
    static double[] envelope(double[] scores, int sets) {
        int each = scores.length / sets;
        double[] envelope = new double[each];
        Arrays.fill(envelope, Double.NEGATIVE_INFINITY);
        for (int from = 0; from < scores.length; from += each) {
            double[] sorted = Arrays.copyOfRange(scores, from, from + each);
            Arrays.sort(sorted);
            for (int rank = 0; rank < each; rank++) {
                envelope[rank] = Math.max(envelope[rank], sorted[rank]);
            }
        }
        return envelope;
    }

    /**
     * The attack of a universal model with a calibration of its own for the monitored model: what an answer's score
     * means differs from model to model more than the order of scores does.
     *
     * @param universal what scores
     * @param members the monitored model's answers to known members; may be empty
     * @param nonMembers its answers to known non-members
     */
    public static CalibratedAttack calibrated(
            CalibratedAttack universal, PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
        Provenance made = universal.provenance();
        String protocol = "the attack of universal model " + universal.id() + ", calibrated and evaluated on "
                + members.size() + " members and " + nonMembers.size() + " non-members of the model itself; "
                + made.protocol();
        Provenance from = Fingerprints.provenance(options, made.library(), protocol, members, nonMembers);
        return Calibrations.calibrated(
                universal.model(),
                members,
                nonMembers,
                NullSource.NON_MEMBERS,
                options.delta(),
                new Provenance(from.dataHash(), from.seed(), from.library(), from.date(), protocol, made.transfer()));
    }

    /**
     * Attacks the target of each data set with what the shadows of all others teach.
     *
     * @param sources at least 2
     */
    public static List<Transfer> transfer(List<Source> sources, AttackFitter fitter, TrainingOptions options) {
        requireSources(sources);
        if (options.features().contains(PosteriorFeature.STANDARD_DEVIATION)) {
            throw new IllegalArgumentException("features are "
                    + options.features().stream().map(PosteriorFeature::id).toList() + "; none that depends on the"
                    + " number of classes, as " + PosteriorFeature.STANDARD_DEVIATION.id() + " does, needed");
        }
        List<Transfer> transfer = new ArrayList<>();
        for (Source left : sources) {
            List<PosteriorSet> others = together(
                    sources.stream()
                            .filter(source -> !source.dataset().equals(left.dataset()))
                            .toList(),
                    options.seed());
            AttackModel attack = fitter.fit(others.get(0), others.get(1), options);
            Roc roc = Scores.roc(
                    attack,
                    left.target().in().withoutLabels(),
                    left.target().out().withoutLabels());
            transfer.add(new Transfer(
                    left.dataset(),
                    roc.auc(),
                    roc.resolvableTprAt(0.01),
                    left.overfitting().trainAccuracy(),
                    left.overfitting().testAccuracy()));
        }
        return transfer;
    }

    /** Shadow members, shadow non-members, target members, target non-members; each data set gives as many to each. */
    private static List<PosteriorSet> together(List<Source> sources, long seed) {
        int each = sources.stream()
                .flatMap(source -> answers(source).stream())
                .mapToInt(PosteriorSet::size)
                .min()
                .orElseThrow();
        return IntStream.range(0, KINDS)
                .mapToObj(kind -> PosteriorSets.concatenated(PosteriorSets.overTheSameClasses(sources.stream()
                        .map(source -> answers(source).get(kind).withoutLabels())
                        .map(set -> set.subset(Arrays.copyOf(Split.shuffled(set.size(), seed), each)))
                        .toList())))
                .toList();
    }

    private static List<PosteriorSet> answers(Source source) {
        return List.of(
                source.shadow().in(),
                source.shadow().out(),
                source.target().in(),
                source.target().out());
    }

    private static void requireSources(List<Source> sources) {
        long names = sources.stream().map(Source::dataset).distinct().count();
        if (sources.size() < 2 || names < sources.size()) {
            throw new IllegalArgumentException("data sets are "
                    + sources.stream().map(Source::dataset).toList() + "; at least 2 and none twice needed");
        }
        List<String> empty = sources.stream()
                .filter(source -> answers(source).stream().anyMatch(set -> set.size() == 0))
                .map(Source::dataset)
                .toList();
        if (!empty.isEmpty()) {
            throw new IllegalArgumentException("answers for " + empty + " are 0; at least 1 needed of each kind");
        }
    }
}
