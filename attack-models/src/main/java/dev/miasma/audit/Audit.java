// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.AuditedScores;
import dev.miasma.evaluation.Slice;
import dev.miasma.evaluation.Yardstick;
import dev.miasma.training.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Runs attacks against a model's answers. With a shadow, they learn on it and are evaluated on all answers of the
 * target: what an outsider can do. Without one they learn on some of the target's own answers and are evaluated on the
 * others, by cross-validation: what the owner can do, who knows some of the truth.
 */
public final class Audit {

    private final List<AuditAttack> attacks;
    private final AuditOptions options;
    private final int threads;

    /**
     * An audit on all processors, on whose number the result doesn't depend.
     *
     * @param attacks at least one
     */
    public Audit(List<AuditAttack> attacks, AuditOptions options) {
        this(attacks, options, Runtime.getRuntime().availableProcessors());
    }

    Audit(List<AuditAttack> attacks, AuditOptions options, int threads) {
        this.attacks = List.copyOf(attacks);
        this.options = options;
        this.threads = threads;
    }

    /**
     * Attacks that learn on a shadow's answers.
     *
     * @throws AuditException if shadow and target don't fit each other, or are the same answers
     */
    public AuditResult withShadow(Reference shadow, Answers target) {
        Overlap overlap = requireFitting(shadow, target);
        List<String> notes = new ArrayList<>(overlap.note().stream().toList());
        boolean labelled =
                target.labelled() && Answers.labelled(shadow.members()) && Answers.labelled(shadow.nonMembers());
        String protocol = "Attacks and thresholds learnt on a shadow model's answers to "
                + shadow.members().size() + " members and "
                + shadow.nonMembers().size()
                + " non-members; evaluated on all answers of the target";
        return run(protocol, List.of(Part.whole(shadow, target)), target, usable(labelled, notes), notes);
    }

    /**
     * Attacks that learn on some of the target's own answers.
     *
     * @throws AuditException if there are too few to hold some back
     */
    public AuditResult crossValidated(Answers target) {
        // What is not held back has to be enough for attacks that hold some of it back once more.
        Answers.requireUsable(
                "the audited model, without a shadow to learn on,", target.members(), target.nonMembers(), 3);
        Folds folds = Folds.of("the audited model", target.members(), target.nonMembers(), options.seed());
        List<String> notes = new ArrayList<>();
        String protocol = "Attacks and thresholds learnt on the model's own answers, by " + folds.count()
                + "-fold cross-validation: no record is evaluated by what was learnt on it";
        return run(protocol, folds.parts(), target, usable(target.labelled(), notes), notes);
    }

    /**
     * Refuses a shadow that nothing about the target can be learnt from.
     *
     * @throws AuditException if shadow and target don't fit each other, or are the same answers
     */
    static Overlap requireFitting(Reference shadow, Answers target) {
        if (shadow.members().classes() != target.classes()) {
            throw new AuditException("the shadow has " + shadow.members().classes() + " classes and the target "
                    + target.classes() + "; as many needed");
        }
        Overlap overlap = Overlap.of(shadow, target);
        if (overlap.all()) {
            throw new AuditException("every answer of the target is among the shadow's; thresholds learnt on the"
                    + " records under evaluation flatter every attack: give a shadow's answers, or none");
        }
        return overlap;
    }

    private AuditResult run(
            String protocol, List<Part> parts, Answers target, List<AuditAttack> usable, List<String> notes) {
        Lessons lessons = Lessons.of(usable, parts, options.seed(), threads);
        notes.addAll(lessons.note().stream().toList());
        List<AttackResult> results = Parallel.map(
                lessons.taught().size(), threads, i -> result(lessons.taught().get(i), parts, target));
        return result(protocol, target, results, notes);
    }

    private List<AuditAttack> usable(boolean labelled, List<String> notes) {
        List<AuditAttack> usable = attacks.stream()
                .filter(attack -> labelled || !attack.needsLabels())
                .toList();
        if (usable.size() < attacks.size()) {
            notes.add("the true classes are not known, so the attacks that read them are left out: "
                    + String.join(
                            ", ",
                            attacks.stream()
                                    .filter(AuditAttack::needsLabels)
                                    .map(AuditAttack::name)
                                    .toList()));
        }
        return usable;
    }

    private AttackResult result(Lessons.Lesson lesson, List<Part> parts, Answers target) {
        List<LearntAttack> learnt = lesson.learnt();
        AuditedScores.Builder scores = AuditedScores.builder(
                target.members().size(), target.nonMembers().size());
        for (int p = 0; p < parts.size(); p++) {
            Yardstick yardstick = yardstick(learnt.get(p));
            judge(learnt.get(p), parts.get(p), true, yardstick, scores);
            judge(learnt.get(p), parts.get(p), false, yardstick, scores);
        }
        return result(lesson.attack(), learnt.getLast(), target, scores.build());
    }

    private static void judge(
            LearntAttack learnt, Part part, boolean members, Yardstick yardstick, AuditedScores.Builder scores) {
        double[] values = learnt.scores(part.answers(members));
        int[] indices = part.indices(members);
        for (int i = 0; i < values.length; i++) {
            scores.judge(members, indices[i], values[i], yardstick);
        }
    }

    private Yardstick yardstick(LearntAttack learnt) {
        return learnt.reference().yardstick(learnt.threshold(), options.prior());
    }

    private AttackResult result(AuditAttack attack, LearntAttack learnt, Answers target, AuditedScores scores) {
        return new AttackResult(
                attack.name(),
                attack.title(),
                attack.source(),
                learnt.threshold().origin(),
                scores,
                AttackFigures.of(scores, options.resamples(), options.seed()),
                Slice.cut(
                        scores, Slices.classNames(target), Slices.classes(target, true), Slices.classes(target, false)),
                Slice.cut(
                        scores,
                        Slices.confidenceNames(),
                        Slices.confidences(target, true),
                        Slices.confidences(target, false)));
    }

    private AuditResult result(String protocol, Answers target, List<AttackResult> results, List<String> notes) {
        OptionalDouble inAccuracy = OptionalDouble.empty();
        OptionalDouble outAccuracy = OptionalDouble.empty();
        if (target.labelled()) {
            inAccuracy = OptionalDouble.of(Slices.accuracy(target.members()));
            outAccuracy = OptionalDouble.of(Slices.accuracy(target.nonMembers()));
        }
        return new AuditResult(protocol, target, inAccuracy, outAccuracy, options, results, notes);
    }
}
