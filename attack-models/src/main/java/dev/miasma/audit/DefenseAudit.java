// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.defense.OutputDefense;
import dev.miasma.evaluation.AuditedScores;
import dev.miasma.evaluation.Roc;
import dev.miasma.evaluation.Yardstick;
import dev.miasma.training.Parallel;
import dev.miasma.training.ShadowTraining;
import dev.miasma.training.ShadowTraining.Shadow;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Tries defences of a model's answers against an attacker who knows them. Such an attacker puts the same defence before a
 * shadow and learns what is left (Song and Mittal, "Systematic Evaluation of Privacy Risks of Machine Learning Models",
 * 2021); beside it, one who learns on the bare shadow.
 */
public final class DefenseAudit {

    /** Of the standard attacks: with and without the label, by threshold and learnt. None needs a network. */
    private static final Set<String> ATTACKS = Set.of(
            "gap",
            "max-posterior",
            "modified-entropy",
            "modified-entropy-per-class",
            "ml-leaks-adversary-1",
            "learned-without-label",
            "learned");

    private static final double PRIOR = 0.5;

    private final List<AuditAttack> attacks;
    private final double target;
    private final long seed;
    private final int threads;

    /**
     * @param target the true-positive rate at 1 % FPR to bring attackers down to, above 0.01 and at most 1
     * @param seed of folds and fits
     * @param threads defences tried at once; the result doesn't depend on it
     * @throws AuditException if the target is out of bounds
     */
    public DefenseAudit(double target, long seed, int threads) {
        DefenseAuditResult.requireTarget(target);
        attacks = StandardAttacks.all().stream()
                .filter(attack -> ATTACKS.contains(attack.name()))
                .toList();
        this.target = target;
        this.seed = seed;
        this.threads = threads;
    }

    /**
     * Defences of these names. MemGuard guards against {@link #surrogate}; the seed is the key of its hash.
     *
     * @param specs as {@link OutputDefense#parse(String)} reads them
     * @throws IllegalArgumentException naming what is wrong and what is needed
     */
    public static List<OutputDefense> defences(List<String> specs, Reference shadow, long seed) {
        return specs.stream()
                .map(spec -> OutputDefense.parse(spec, () -> surrogate(shadow, seed), seed))
                .toList();
    }

    /** What a defender with a shadow can guard against: the learned attack that isn't told the true class. */
    static AttackModel surrogate(Reference shadow, long seed) {
        return ShadowTraining.fit(
                new Shadow(shadow.members().withoutLabels(), shadow.nonMembers().withoutLabels()),
                StandardAttacks.options(seed));
    }

    /**
     * Tries defences. The attacker is given the very defence of the model, what MemGuard's surrogate has learnt and its
     * key included.
     *
     * @param defences at least one
     * @throws AuditException if shadow and target don't fit each other, or are the same answers
     */
    public DefenseAuditResult run(Reference shadow, Answers model, List<OutputDefense> defences) {
        Audit.requireFitting(shadow, model);
        List<AuditAttack> usable = usable(shadow, model);
        List<LearntAttack> naive = learnt(usable, shadow);
        List<DefenseResult> results =
                Parallel.map(defences.size(), threads, i -> result(defences.get(i), shadow, model, usable, naive));
        return new DefenseAuditResult(exposure(usable, naive, model), target, results);
    }

    /**
     * Attackers against a model whose training was defended: the adaptive one trains its shadow likewise.
     *
     * @param defended answers of a shadow trained with the defence
     * @param bare answers of a shadow trained without it, for the naive attacker
     * @param model answers of the model, trained with it
     * @throws AuditException if a shadow and the model don't fit each other, or are the same answers
     */
    public Attackers attackers(Reference defended, Reference bare, Answers model) {
        Audit.requireFitting(defended, model);
        Audit.requireFitting(bare, model);
        List<AuditAttack> usable = usable(defended, model);
        return new Attackers(
                exposure(usable, learnt(usable, defended), model), exposure(usable, learnt(usable, bare), model));
    }

    private List<AuditAttack> usable(Reference shadow, Answers model) {
        boolean labelled =
                model.labelled() && Answers.labelled(shadow.members()) && Answers.labelled(shadow.nonMembers());
        return attacks.stream()
                .filter(attack -> labelled || !attack.needsLabels())
                .toList();
    }

    private DefenseResult result(
            OutputDefense defence,
            Reference shadow,
            Answers model,
            List<AuditAttack> usable,
            List<LearntAttack> naive) {
        Reference defendedShadow = new Reference(
                shadow.origin() + ", defended", defence.apply(shadow.members()), defence.apply(shadow.nonMembers()));
        Answers defended = new Answers(
                defence.apply(model.members()),
                defence.apply(model.nonMembers()),
                model.memberRows(),
                model.nonMemberRows());
        Attackers attackers = new Attackers(
                exposure(usable, learnt(usable, defendedShadow), defended), exposure(usable, naive, defended));
        return new DefenseResult(
                defence.id(), defence.title(), defence.source(), Utility.of(model, defended), attackers);
    }

    private List<LearntAttack> learnt(List<AuditAttack> usable, Reference reference) {
        return usable.stream().map(attack -> attack.learn(reference, seed)).toList();
    }

    private static Exposure exposure(List<AuditAttack> usable, List<LearntAttack> learnt, Answers model) {
        List<AuditedScores> scores =
                learnt.stream().map(attack -> scores(attack, model)).toList();
        List<Roc> curves = scores.stream().map(AuditedScores::roc).toList();
        int best = IntStream.range(0, curves.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> curves.get(i).auc()))
                .orElseThrow();
        return new Exposure(
                curves.get(best).auc(),
                careful(curves),
                scores.get(best).confusion().precision(),
                scores.get(best).confusion().recall(),
                usable.get(best).title(),
                IntStream.range(0, curves.size())
                        .filter(i -> curves.get(i).auc() < 0.5)
                        .mapToObj(i -> usable.get(i).title())
                        .toList());
    }

    private static OptionalDouble careful(List<Roc> curves) {
        return curves.stream()
                .flatMapToDouble(roc -> roc.resolvableTprAt(Yardstick.LOW_FPR).isPresent()
                        ? OptionalDouble.of(roc.randomisedTprAt(Yardstick.LOW_FPR)).stream()
                        : OptionalDouble.empty().stream())
                .max();
    }

    private static AuditedScores scores(LearntAttack attack, Answers model) {
        Yardstick yardstick = attack.reference().yardstick(attack.threshold(), PRIOR);
        AuditedScores.Builder scores =
                AuditedScores.builder(model.members().size(), model.nonMembers().size());
        for (boolean member : new boolean[] {true, false}) {
            PosteriorSet side = model.side(member);
            double[] values = attack.scores(side);
            for (int i = 0; i < values.length; i++) {
                scores.judge(member, i, values[i], yardstick);
            }
        }
        return scores.build();
    }
}
