// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.dataset.Features;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.Figure;
import dev.miasma.evaluation.ReferenceScores;
import dev.miasma.fixtures.Trainers;
import dev.miasma.target.network.Network;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.target.network.NetworkTrainingUnavailableException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static final AuditOptions OPTIONS = new AuditOptions(1, 0, 0.5);

    @Test
    void finds_members_with_a_shadow_and_without() {
        Audit audit = new Audit(StandardAttacks.all(), OPTIONS);

        AuditResult outsider = audit.withShadow(Samples.shadow(10, 200), Samples.answers(20, 300));
        AuditResult owner = audit.crossValidated(Samples.answers(20, 300));

        assertThat(outsider.attacks()).hasSizeGreaterThanOrEqualTo(13);
        assertThat(outsider.strongest().figures().roc().auc()).isGreaterThan(0.7);
        assertThat(owner.strongest().figures().roc().auc()).isGreaterThan(0.7);
        assertThat(owner.protocol()).contains("5-fold cross-validation");
        assertThat(owner.memberAccuracy().orElseThrow())
                .isGreaterThan(owner.nonMemberAccuracy().orElseThrow());
    }

    @Test
    void cross_validation_never_evaluates_a_record_on_what_was_learnt_from_it() {
        Answers answers = Samples.answers(3, 23);
        Set<PosteriorSet> evaluated = new HashSet<>();
        ByHeart byHeart = new ByHeart(evaluated);

        AuditResult result = new Audit(List.of(byHeart), OPTIONS).crossValidated(answers);

        // Whoever knows the reference by heart recognises nobody.
        assertThat(result.strongest().figures().value(Figure.AUC)).hasValue(0.5);
        assertThat(evaluated.stream().mapToInt(PosteriorSet::size).sum()).isEqualTo(46);
    }

    @Test
    void refuses_the_target_as_its_own_shadow() {
        Audit audit = new Audit(StandardAttacks.all(), OPTIONS);

        assertThatThrownBy(() -> audit.withShadow(Samples.shadow(20, 50), Samples.answers(20, 50)))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("every answer of the target is among the shadow's");
    }

    @Test
    void leaves_out_what_needs_labels_where_there_are_none() {
        Answers labelled = Samples.answers(5, 60);
        Answers answers = Answers.of(
                labelled.members().withoutLabels(), labelled.nonMembers().withoutLabels());

        AuditResult result = new Audit(StandardAttacks.all(new NoNetworks()), OPTIONS).crossValidated(answers);

        assertThat(result.attacks())
                .extracting(AttackResult::name)
                .containsExactly(
                        "max-posterior",
                        "standard-deviation",
                        "entropy",
                        "ml-leaks-adversary-1",
                        "learned-without-label");
        assertThat(result.notes().getFirst())
                .contains("true classes are not known")
                .contains("gap, entropy-per-class", "shokri-per-class-network");
        assertThat(result.notes().getLast()).startsWith("ml-leaks-adversary-1-network is left out: ");
        assertThat(result.memberAccuracy()).isEmpty();
        assertThat(result.strongest().classes().getFirst().name()).startsWith("predicted class");
    }

    @Test
    void without_networks_goes_on_and_says_once_how_to_get_them() {
        List<AuditAttack> attacks = StandardAttacks.all(new NoNetworks());

        AuditResult result = new Audit(attacks, OPTIONS).crossValidated(Samples.answers(5, 60));

        assertThat(result.attacks())
                .extracting(AttackResult::name)
                .hasSize(attacks.size() - 2)
                .contains("ml-leaks-adversary-1", "shokri-per-class");
        assertThat(result.notes())
                .singleElement()
                .asString()
                .startsWith("ml-leaks-adversary-1-network, shokri-per-class-network are left out: ")
                .contains("./mvnw -P networks -DskipTests package");
    }

    @Test
    void with_networks_runs_every_attack() {
        Trainers.requireNetworks();

        AuditResult result =
                new Audit(StandardAttacks.all(), OPTIONS).withShadow(Samples.shadow(10, 60), Samples.answers(20, 60));

        assertThat(result.attacks())
                .extracting(AttackResult::name)
                .containsExactlyElementsOf(
                        StandardAttacks.all().stream().map(AuditAttack::name).toList());
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void the_number_of_threads_changes_nothing() {
        Answers answers = Samples.answers(5, 80);

        AuditResult one = new Audit(StandardAttacks.all(), OPTIONS, 1).crossValidated(answers);
        AuditResult three = new Audit(StandardAttacks.all(), OPTIONS, 3).crossValidated(answers);

        assertThat(three.attacks()).hasSameSizeAs(one.attacks());
        for (int a = 0; a < one.attacks().size(); a++) {
            AttackResult alone = one.attacks().get(a);
            AttackResult together = three.attacks().get(a);
            assertThat(together.name()).isEqualTo(alone.name());
            assertThat(together.figures().confusion()).isEqualTo(alone.figures().confusion());
            for (boolean members : new boolean[] {true, false}) {
                assertThat(together.scores().scores(members))
                        .as(alone.name())
                        .isEqualTo(alone.scores().scores(members));
            }
        }
    }

    @Test
    void a_reference_too_small_to_hold_some_of_it_back_is_refused() {
        Reference shadow = Samples.shadow(10, 5);
        Reference one = new Reference("the shadow", shadow.members().subset(new int[] {0}), shadow.nonMembers());

        assertThatThrownBy(() -> new Audit(StandardAttacks.all(), OPTIONS).withShadow(one, Samples.answers(20, 9)))
                .isInstanceOf(AuditException.class)
                .hasMessage("the shadow has 1 members and 5 non-members; at least 2 each needed");
        assertThat(new Audit(StandardAttacks.all(new NoNetworks()), OPTIONS)
                        .crossValidated(Samples.answers(20, 3))
                        .attacks())
                .isNotEmpty();
    }

    @Test
    void a_class_that_the_shadow_lacks_takes_the_threshold_of_all() {
        Reference shadow = Samples.shadow(10, 100);
        PosteriorSet without2 = shadow.members()
                .subset(java.util.stream.IntStream.range(0, 100)
                        .filter(i -> shadow.members().labels()[i] != 2)
                        .toArray());

        AuditResult result = new Audit(StandardAttacks.all(), OPTIONS)
                .withShadow(new Reference("the shadow", without2, shadow.nonMembers()), Samples.answers(20, 100));

        assertThat(result.attacks()).hasSizeGreaterThanOrEqualTo(13);
    }

    @Test
    void refuses_other_classes_and_too_few_records() {
        Audit audit = new Audit(StandardAttacks.all(), OPTIONS);
        PosteriorSet two = PosteriorSet.unlabelled(new double[][] {{0.5, 0.5}});

        assertThatThrownBy(() -> audit.withShadow(new Reference("the shadow", two, two), Samples.answers(1, 5)))
                .hasMessage("the shadow has 2 classes and the target 3; as many needed");
        assertThatThrownBy(() -> audit.crossValidated(Answers.of(two, two)))
                .hasMessage("the audited model, without a shadow to learn on, has 1 members and 1 non-members;"
                        + " at least 3 each needed");
        assertThatThrownBy(() -> new AuditOptions(1, -1, 0.5)).hasMessageContaining("resamples are -1");
        assertThatThrownBy(() -> new AuditOptions(1, 0, 1)).hasMessageContaining("prior is 1.0");
    }

    /** A platform without PyTorch. */
    private static final class NoNetworks implements NetworkTrainer {

        @Override
        public Network train(Network initial, Features x, int[] y, NetworkOptions options, long seed) {
            throw new NetworkTrainingUnavailableException(new NoClassDefFoundError("ai/djl/engine/Engine"));
        }

        @Override
        public String library() {
            return "none";
        }
    }

    /** Calls members exactly the posteriors it was shown as members; notes what it was asked about. */
    private record ByHeart(Set<PosteriorSet> evaluated) implements AuditAttack {

        @Override
        public String name() {
            return "by-heart";
        }

        @Override
        public String title() {
            return "By heart";
        }

        @Override
        public String source() {
            return "this test";
        }

        @Override
        public boolean needsLabels() {
            return false;
        }

        @Override
        public LearntAttack learn(Reference reference, long seed) {
            Set<String> known = new HashSet<>();
            for (double[] posterior : reference.members().posteriors()) {
                known.add(Arrays.toString(posterior));
            }
            return new LearntAttack() {
                @Override
                public double[] scores(PosteriorSet answers) {
                    evaluated.add(answers);
                    return Arrays.stream(answers.posteriors())
                            .mapToDouble(p -> known.contains(Arrays.toString(p)) ? 1 : 0)
                            .toArray();
                }

                @Override
                public ReferenceScores reference() {
                    return ReferenceScores.of(reference.origin(), new double[] {1}, new double[] {0});
                }
            };
        }
    }
}
