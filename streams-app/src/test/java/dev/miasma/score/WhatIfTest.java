// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.config.ConfigException;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.Prediction;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.InMemoryMeasures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they would have been scored under a defence. */
class WhatIfTest {
    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();

    private static LiveDefences live(String defences, String sample) {
        Map<String, String> values = new HashMap<>();
        values.put("whatif.defences", defences);
        values.put("whatif.sample", sample);
        return LiveDefences.of(MiasmaConfig.of(values));
    }

    private AttackModels models(LiveDefences defences) {
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);
        models.expect(defences);
        return models;
    }

    private static Prediction prediction(int event, double top) {
        return new Prediction(
                "q-" + event, "fraud", "7", "0a1b", null, 1000, new double[] {top, 1 - top}, 2, -1, 77, 1, null);
    }

    @Test
    void scores_what_the_defence_leaves_by_the_defences_own_model() {
        AttackFiles.write(folder, "default", 1000);
        AttackFiles.write(folder, "default+round1", 2000);
        LiveDefences defences = live("round1", "1");
        var scorer = new QueryScorer(models(defences), TrainingChecks.none(), defences, measures);

        // The cut is at 0.99: above it before rounding and at 1 after, and the other way round.
        scorer.score(prediction(1, 0.955));
        scorer.score(prediction(2, 0.992));
        scorer.score(prediction(3, 0.6));
        scorer.score(prediction(4, 0.7));

        assertThat(measures.flaggedShare()).isCloseTo(0.25, within(1e-3));
        assertThat(measures.whatIfFlaggedShare("round1")).isCloseTo(0.5, within(1e-3));
        assertThat(measures.whatIfLift("round1")).isCloseTo(50, within(0.1));
        assertThat(measures.whatIfCount("round1")).isEqualTo(4);
        assertThat(measures.whatIfNoModelCount("round1")).isZero();
    }

    @Test
    void the_answer_itself_is_left_as_it_was() {
        AttackFiles.write(folder, "default", 1000);
        AttackFiles.write(folder, "default+label", 1000);
        LiveDefences defences = live("label", "1");
        Prediction prediction = prediction(1, 0.7);

        new QueryScorer(models(defences), TrainingChecks.none(), defences, measures).score(prediction);

        assertThat(prediction.posterior()).containsExactly(0.7, 1 - 0.7);
    }

    @Test
    void without_a_model_for_the_defence_there_are_no_figures_and_that_is_told() throws Exception {
        AttackFiles.write(folder, "default", 1000);
        AttackFiles.write(folder, "default+top3", 1000);
        LiveDefences defences = live("top1,top3+round2", "1");
        AttackModels models = models(defences);
        var scorer = new QueryScorer(models, TrainingChecks.none(), defences, measures);

        scorer.score(prediction(1, 0.995));

        assertThat(measures.whatIfModelCount("top1")).isZero();
        assertThat(measures.whatIfModelCount("top3+round2")).isZero();
        assertThat(measures.whatIfCount("top1")).isZero();
        assertThat(measures.whatIfLift("top1")).isNaN();
        assertThat(measures.whatIfNoModelCount("top1")).isEqualTo(1);
        assertThat(measures.whatIfNoModelCount("top3+round2")).isEqualTo(1);

        // A model that comes while the monitor runs is picked up, and one that goes is missed again.
        Path file = AttackFiles.write(folder, "fraud@7+top3+round2", 1000);
        models.refresh();
        scorer.score(prediction(1, 0.995));
        assertThat(measures.whatIfModelCount("top3+round2")).isEqualTo(1);
        assertThat(measures.whatIfCount("top3+round2")).isEqualTo(1);
        Files.delete(file);
        models.refresh();
        assertThat(measures.whatIfModelCount("top3+round2")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"fraud@7+top3", "fraud+top3", "default+top3"})
    void a_defences_model_is_found_by_version_endpoint_and_default(String name) {
        AttackFiles.write(folder, "default", 1000);
        AttackFiles.write(folder, name, 1500);
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);

        assertThat(Objects.requireNonNull(models.resolve("fraud", "7", "top3"))
                        .calibration
                        .nonMembers())
                .isEqualTo(1500);
        assertThat(models.resolve("fraud", "7", "top1")).isNull();
        assertThat(Objects.requireNonNull(models.resolve("fraud", "7"))
                        .calibration
                        .nonMembers())
                .isEqualTo(1000);
    }

    @Test
    void no_endpoint_can_be_named_so_that_a_defences_model_is_taken_for_its_own() {
        AttackFiles.write(folder, "default", 1000);
        AttackFiles.write(folder, "fraud+top3", 1500);
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);

        assertThat(Objects.requireNonNull(models.resolve("fraud+top3", "7"))
                        .calibration
                        .nonMembers())
                .isEqualTo(1000);
    }

    @Test
    void models_for_defences_alone_are_nothing_to_start_with() {
        AttackFiles.write(folder, "default+top3", 1000);

        assertThatThrownBy(() -> AttackModels.load(folder, false, 0.01, measures))
                .isInstanceOf(AttackModelsException.class)
                .hasMessageContaining("no attack model");
    }

    @Test
    void samples_the_share_it_is_told_and_the_same_events_every_time() {
        AttackFiles.write(folder, "default", 1000);
        AttackFiles.write(folder, "default+top1", 1000);
        LiveDefences defences = live("top1", "0.05");
        AttackModels models = models(defences);
        int events = 40_000;
        var scorer = new QueryScorer(models, TrainingChecks.none(), defences, measures);
        for (int event = 0; event < events; event++) {
            scorer.score(prediction(event, 0.5));
        }
        long first = measures.whatIfCount("top1");
        var another = new QueryScorer(models, TrainingChecks.none(), defences, measures);
        for (int event = events - 1; event >= 0; event--) {
            another.score(prediction(event, 0.5));
        }

        assertThat(first / (double) events).isCloseTo(0.05, within(0.005));
        assertThat(measures.whatIfCount("top1")).isEqualTo(2 * first);
    }

    @Test
    void repeats_of_one_query_are_sampled_by_their_time_and_not_all_or_none() {
        LiveDefences defences = live("top1", "0.5");
        AttackFiles.write(folder, "default", 1000);
        WhatIf whatIf = new WhatIf(defences, models(defences), measures);
        long sampled = LongStream.range(0, 2000)
                .filter(time -> whatIf.sampled(
                        new Prediction("same", "fraud", "7", "0a1b", null, time, new double[] {1}, 1, -1, 77, 1, null)))
                .count();

        assertThat(sampled).isBetween(900L, 1100L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topp3", "memguard", "round0", "top3,temperature0"})
    void a_defence_that_is_none_is_named_with_its_key(String defences) {
        assertThatThrownBy(() -> live(defences, "1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("whatif.defences: ")
                .hasMessageContaining("need");
    }

    @ParameterizedTest
    @CsvSource({"'top3,top3',1", "'top3,top03',1", "'a,b,c,d,e,f,g,h,i',1", "top3,0", "top3,1.1", "top3,NaN"})
    void lists_and_samples_out_of_bounds_are_refused(String defences, String sample) {
        assertThatThrownBy(() -> live(defences, sample))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("whatif.");
    }
}
