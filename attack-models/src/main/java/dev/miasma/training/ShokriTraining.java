// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.NullSource;
import dev.miasma.attack.PerClassAttack;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import dev.miasma.target.TargetModel;
import dev.miasma.target.TargetTrainer;
import dev.miasma.training.ShadowTraining.Shadow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attack of Shokri et al., "Membership Inference Attacks Against Machine Learning Models", 2017, sections V.B and
 * V.E: k shadow models imitate the target, and for each class an attack learns from their answers to tell members from
 * non-members.
 *
 * <p>Two things differ from the paper. The attack reads sorted features of the posterior instead of the raw vector: the
 * same information, and far fewer records make an attack of it. And a class with few records, or whose attack does worse
 * on them than the one for all classes, gets the latter.
 */
public final class ShokriTraining {

    /** A class with fewer members or fewer non-members over all shadows gets no attack of its own. */
    public static final int FEWEST_OF_CLASS = 20;

    private ShokriTraining() {}

    /** Whether two shadows may share records. */
    public enum Overlap {
        /** Each shadow has its own records, size / k of them. */
        DISJOINT,
        /** Each shadow draws its records from all of them, as in the paper where data is scarce. */
        OVERLAPPING
    }

    /**
     * Which shadow models are trained.
     *
     * @param shadows number k of them, at least 1
     * @param overlap whether they may share records
     * @param members records each is trained on, and as many others it isn't; at least 1
     * @param seed of records and models
     * @param threads models trained at once; the result doesn't depend on it
     */
    public record Plan(int shadows, Overlap overlap, int members, long seed, int threads) {

        public Plan {
            if (shadows < 1 || members < 1 || threads < 1) {
                throw new IllegalArgumentException("shadows are " + shadows + ", their members " + members
                        + " and threads " + threads + "; at least 1 each needed");
            }
        }
    }

    /**
     * Trains the shadows.
     *
     * @param pool records of the target's distribution that the target isn't evaluated on
     * @throws IllegalArgumentException if the pool is too small for the plan
     */
    public static List<Shadow> shadows(Dataset pool, TargetTrainer trainer, Plan plan) {
        long needed = 2L * plan.members() * (plan.overlap() == Overlap.DISJOINT ? plan.shadows() : 1);
        if (needed > pool.size()) {
            throw new IllegalArgumentException(pool.name() + " has " + pool.size() + " records; " + needed
                    + " needed for " + plan.shadows() + " shadows of " + plan.members() + " members, "
                    + (plan.overlap() == Overlap.DISJOINT ? "disjoint" : "overlapping"));
        }
        int[] order = Split.shuffled(pool.size(), plan.seed());
        return Parallel.map(plan.shadows(), plan.threads(), s -> shadow(pool, trainer, plan, order, s));
    }

    /**
     * Fits one attack a class on the answers of all shadows together.
     *
     * @param threads attacks fitted at once; the result doesn't depend on it
     */
    public static PerClassAttack fit(List<Shadow> shadows, AttackFitter fitter, TrainingOptions options, int threads) {
        PosteriorSet in =
                PosteriorSets.concatenated(shadows.stream().map(Shadow::in).toList());
        PosteriorSet out =
                PosteriorSets.concatenated(shadows.stream().map(Shadow::out).toList());
        AttackModel fallback = fitter.fit(in, out, options);
        List<Optional<AttackModel>> fitted = Parallel.map(
                in.classes(),
                threads,
                c -> ofClass(PosteriorSets.ofClass(in, c), PosteriorSets.ofClass(out, c), fitter, options, fallback));
        SortedMap<Integer, AttackModel> members = new TreeMap<>();
        for (int c = 0; c < fitted.size(); c++) {
            int key = c;
            fitted.get(c).ifPresent(model -> members.put(key, model));
        }
        return new PerClassAttack(members, fallback);
    }

    /**
     * One attack a class, as {@link #fit}, to be fitted on answers that may come from any number of shadows.
     *
     * @param each fits the attack of a class
     * @param threads attacks fitted at once; the result doesn't depend on it
     */
    public static AttackFitter fitter(AttackFitter each, int threads) {
        return new AttackFitter() {
            @Override
            public AttackModel fit(PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
                return ShokriTraining.fit(List.of(new Shadow(members, nonMembers)), each, options, threads);
            }

            @Override
            public String name() {
                return each.name() + " for each class";
            }

            @Override
            public String library() {
                return each.library();
            }
        };
    }

    /**
     * Fits on the shadows' answers, calibrates and evaluates on the monitored model's own.
     *
     * @param members the monitored model's answers to known members; may be empty
     * @param nonMembers its answers to known non-members
     */
    public static CalibratedAttack train(
            List<Shadow> shadows,
            PosteriorSet members,
            PosteriorSet nonMembers,
            AttackFitter fitter,
            TrainingOptions options,
            int threads) {
        PerClassAttack attack = fit(shadows, fitter, options, threads);
        List<PosteriorSet> data = new ArrayList<>();
        shadows.forEach(shadow -> data.addAll(List.of(shadow.in(), shadow.out())));
        data.addAll(List.of(members, nonMembers));
        String protocol = "Shokri et al. 2017: " + fitter.name() + " for each of "
                + attack.members().size() + " classes and one for the others, on the answers of " + shadows.size()
                + " shadows, calibrated on " + members.size() + " members and " + nonMembers.size()
                + " non-members of the model itself";
        return Calibrations.calibrated(
                attack,
                members,
                nonMembers,
                PosteriorSets.concatenated(shadows.stream().map(Shadow::out).toList()),
                NullSource.NON_MEMBERS,
                options.delta(),
                Fingerprints.provenance(options, fitter.library(), protocol, data.toArray(PosteriorSet[]::new)));
    }

    private static Shadow shadow(Dataset pool, TargetTrainer trainer, Plan plan, int[] order, int index) {
        long seed = plan.seed() + 1 + index;
        int both = 2 * plan.members();
        int[] records = plan.overlap() == Overlap.DISJOINT
                ? Arrays.copyOfRange(order, index * both, (index + 1) * both)
                : Arrays.copyOf(Split.shuffled(pool.size(), seed), both);
        Dataset in = pool.subset(Arrays.copyOf(records, plan.members()));
        Dataset out = pool.subset(Arrays.copyOfRange(records, plan.members(), both));
        TargetModel model = trainer.train(in, seed);
        return new Shadow(model.answers(in), model.answers(out));
    }

    private static Optional<AttackModel> ofClass(
            PosteriorSet in, PosteriorSet out, AttackFitter fitter, TrainingOptions options, AttackModel fallback) {
        if (in.size() < FEWEST_OF_CLASS || out.size() < FEWEST_OF_CLASS) {
            return Optional.empty();
        }
        AttackModel own = fitter.fit(in, out, options);
        double better = Scores.roc(fallback, in, out).auc();
        return Scores.roc(own, in, out).auc() < better ? Optional.empty() : Optional.of(own);
    }
}
