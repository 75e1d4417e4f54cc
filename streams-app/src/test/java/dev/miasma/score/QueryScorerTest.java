// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.decode.Prediction;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.NoMeasures;
import dev.miasma.measure.ScoredAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryScorerTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @TempDir
    Path folder;

    private static Prediction prediction(String endpoint, double top, @Nullable String traceparent) {
        return new Prediction(
                "q-1", endpoint, "7", "0a1b", "acme", 1000, new double[] {top, 1 - top, 99}, 2, -1, 77, 5, traceparent);
    }

    private static Prediction labelOnly() {
        return new Prediction("q-1", "fraud", "7", "0a1b", null, 1000, new double[128], 0, -1, 77, 1, null);
    }

    @Test
    void scores_an_answer_by_the_model_of_its_endpoint() {
        AttackFiles.write(folder, "fraud", 1000);
        AttackModels models = AttackModels.load(folder, false, 0.01, new NoMeasures());
        var measures = new InMemoryMeasures();

        ScoredQuery query = new QueryScorer(models, measures).score(prediction("fraud", 0.995, null));

        LoadedModel model = Objects.requireNonNull(models.resolve("fraud", "7"));
        assertThat(query)
                .isEqualTo(new ScoredQuery(
                        "q-1",
                        "fraud",
                        "7",
                        "0a1b",
                        "acme",
                        1000,
                        77,
                        false,
                        ScoredQuery.NO_LOCALITY,
                        0.995f,
                        new AttackScore(
                                0.995,
                                model.calibration.bin(0.995),
                                true,
                                true,
                                model.evidence(model.calibration.bin(0.995)),
                                0.01,
                                AttackFiles.attack(1000).id(),
                                true),
                        null));
        assertThat(measures.scoredCount()).isEqualTo(1);
        assertThat(measures.unscorableCount()).isZero();
    }

    @Test
    void an_answer_below_the_cut_is_not_flagged_and_is_evidence_against() {
        AttackFiles.write(folder, "fraud", 1000);
        var scorer = new QueryScorer(AttackModels.load(folder, false, 0.01, new NoMeasures()), new NoMeasures());

        ScoredQuery query = Objects.requireNonNull(scorer.score(prediction("fraud", 0.6, null)));

        assertThat(attackOf(query).flagged()).isFalse();
        EvidenceColumn evidence = attackOf(query).evidence();
        assertThat(evidence.rows()).isEqualTo(4);
        for (int row = 0; row < evidence.rows(); row++) {
            assertThat(evidence.log(row)).isNegative();
        }
    }

    @Test
    void counts_what_cannot_be_scored_by_its_reason() {
        AttackFiles.write(folder, "fraud", 1000);
        var measures = new InMemoryMeasures();
        var scorer = new QueryScorer(AttackModels.load(folder, false, 0.01, new NoMeasures()), measures);

        assertThat(scorer.score(labelOnly())).isNull();
        assertThat(scorer.score(prediction("churn", 0.9, null))).isNull();
        assertThat(scorer.score(prediction("churn", 0.9, null))).isNull();

        assertThat(measures.unscorableCount()).isEqualTo(3);
        assertThat(measures.scoredCount()).isZero();
        assertThat(UnscorableReason.codes()).containsExactly("label-only", "no-model");
    }

    @Test
    void an_answer_without_a_score_goes_on_where_the_query_is_known() {
        var measures = new InMemoryMeasures();
        AttackFiles.write(folder, "fraud", 1000);
        var scorer = new QueryScorer(AttackModels.load(folder, false, 0.01, new NoMeasures()), measures);
        long[] locality = {1, 2, 3, 4};
        var known = new Prediction(
                "q-1", "fraud", "7", "0a1b", null, 1000, new double[0], 0, -1, 77, true, true, 5, locality, 1, null);

        ScoredQuery query = Objects.requireNonNull(scorer.score(known));

        assertThat(query.attack()).isNull();
        assertThat(query.identified()).isTrue();
        assertThat(query.locality()).isEqualTo(locality);
        assertThat(query.topConfidence()).isNaN();
        assertThat(measures.unscorableCount()).isEqualTo(1);
    }

    @Test
    void follows_a_change_of_models() throws Exception {
        Path file = AttackFiles.write(folder, "fraud", 1000);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        AttackModels models = AttackModels.load(folder, false, 0.01, new NoMeasures());
        var scorer = new QueryScorer(models, new NoMeasures());
        String before = attackOf(Objects.requireNonNull(scorer.score(prediction("fraud", 0.9, null))))
                .modelId();

        AttackFiles.write(folder, "fraud", 500);
        AttackFiles.write(folder, "churn", 1000);
        models.refresh();

        ScoredQuery after = Objects.requireNonNull(scorer.score(prediction("fraud", 0.9, null)));
        assertThat(attackOf(after).modelId()).isNotEqualTo(before);
        assertThat(attackOf(after).budgetGuaranteed()).isFalse();
        assertThat(scorer.score(prediction("churn", 0.9, null))).isNotNull();
    }

    private static AttackScore attackOf(ScoredQuery query) {
        return Objects.requireNonNull(query.attack());
    }

    private List<ScoredAnswer> reported(@Nullable String traceparent) {
        AttackFiles.write(folder, "fraud", 1000);
        List<ScoredAnswer> answers = new ArrayList<>();
        new QueryScorer(AttackModels.load(folder, false, 0.01, new NoMeasures()), new Scores(answers))
                .score(prediction("fraud", 0.995, traceparent));
        return answers;
    }

    @Test
    void reports_the_answer_with_its_trace() {
        assertThat(reported("00-" + TRACE + "-" + SPAN + "-01"))
                .containsExactly(new ScoredAnswer("fraud", "7", 0.995, true, 0.01, 5, TRACE, SPAN));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
                "00-alice@example.com...............-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-alice@example.co-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"
            })
    void reports_no_trace_where_the_header_is_no_w3c_trace_context(@Nullable String traceparent) {
        assertThat(reported(traceparent))
                .containsExactly(new ScoredAnswer("fraud", "7", 0.995, true, 0.01, 5, null, null));
    }
}
