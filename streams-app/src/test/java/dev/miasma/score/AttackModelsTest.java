// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.attack.UniversalModel;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.Measures;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.measure.NoMeasures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttackModelsTest {
    private static final Measures NONE = new NoMeasures();

    @TempDir
    Path folder;

    private AttackModels load() {
        return AttackModels.load(folder, false, 0.01, NONE);
    }

    /** Non-members of the calibration tell the models of these tests apart. */
    private static int sizeOf(AttackModels models, String endpoint, String version) {
        LoadedModel model = models.resolve(endpoint, version);
        return model == null ? 0 : model.calibration.nonMembers();
    }

    /** Gives a file another time, so that the test does not depend on the file system's clock. */
    private static void touch(Path file, int second) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + second * 1000L));
    }

    @ParameterizedTest
    @CsvSource({"fraud, 7, 1007", "fraud, 8, 1001", "churn, 7, 1000", "'a/b c', 1@2, 1002", "'fraud@7', x, 1000"})
    void the_nearest_name_scores(String endpoint, String version, int expected) {
        AttackFiles.write(folder, "fraud@7", 1007);
        AttackFiles.write(folder, "fraud", 1001);
        AttackFiles.write(folder, "a_b_c@1_2", 1002);
        AttackFiles.write(folder, "default", 1000);

        assertThat(sizeOf(load(), endpoint, version)).isEqualTo(expected);
    }

    @Test
    void without_a_default_other_endpoints_have_no_model() {
        AttackFiles.write(folder, "fraud", 1001);

        assertThat(load().resolve("churn", "1")).isNull();
    }

    @Test
    void a_refresh_picks_up_what_changed_what_is_new_and_what_is_gone() throws IOException {
        Path changing = AttackFiles.write(folder, "default", 1000);
        Path leaving = AttackFiles.write(folder, "old", 1001);
        touch(changing, 0);
        AttackModels models = load();
        long before = models.generation();

        AttackFiles.write(folder, "default", 1100);
        touch(changing, 1);
        AttackFiles.write(folder, "new", 1200);
        Files.delete(leaving);
        models.refresh();

        assertThat(sizeOf(models, "any", "1")).isEqualTo(1100);
        assertThat(sizeOf(models, "new", "1")).isEqualTo(1200);
        assertThat(sizeOf(models, "old", "1")).isEqualTo(1100);
        assertThat(models.generation()).isNotEqualTo(before);
    }

    @Test
    void a_refresh_of_an_unchanged_folder_changes_nothing() {
        AttackFiles.write(folder, "default", 1000);
        AttackModels models = load();
        LoadedModel model = models.resolve("any", "1");
        long before = models.generation();

        models.refresh();

        assertThat(models.resolve("any", "1")).isSameAs(model);
        assertThat(models.generation()).isEqualTo(before);
    }

    @Test
    void a_broken_file_leaves_the_one_before_in_force_and_is_counted_once() throws IOException {
        Path file = AttackFiles.write(folder, "default", 1000);
        touch(file, 0);
        var measures = new MicrometerMeasures(5, List.of(), List.of(), List.of());
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);

        Files.writeString(file, "{\"half\":");
        touch(file, 1);
        Files.writeString(folder.resolve("fraud.json"), "nonsense");
        models.refresh();
        models.refresh();

        assertThat(sizeOf(models, "any", "1")).isEqualTo(1000);
        assertThat(sizeOf(models, "fraud", "1")).isEqualTo(1000);
        assertThat(measures.registry().scrape())
                .contains("miasma_model_loads_total{result=\"broken\"} 2.0")
                .contains("miasma_model_loads_total{result=\"loaded\"} 1.0");
    }

    @Test
    void a_mended_file_comes_into_force() throws IOException {
        Path file = AttackFiles.write(folder, "default", 1000);
        touch(file, 0);
        AttackModels models = load();
        Files.writeString(file, "nonsense");
        touch(file, 1);
        models.refresh();

        AttackFiles.write(folder, "default", 1234);
        touch(file, 2);
        models.refresh();

        assertThat(sizeOf(models, "any", "1")).isEqualTo(1234);
    }

    @Test
    void a_folder_that_goes_away_leaves_its_models_in_force() throws IOException {
        Path file = AttackFiles.write(folder, "default", 1000);
        AttackModels models = load();
        Files.delete(file);
        Files.delete(folder);

        models.refresh();

        assertThat(sizeOf(models, "any", "1")).isEqualTo(1000);
        Files.createDirectory(folder);
    }

    @Test
    void the_universal_model_scores_what_no_file_does() {
        AttackFiles.write(folder, "fraud", 1001);

        AttackModels models = AttackModels.load(folder, true, 0.01, NONE);

        assertThat(sizeOf(models, "fraud", "1")).isEqualTo(1001);
        assertThat(models.resolve("churn", "1")).isNotNull().satisfies(model -> {
            assertThat(model.id).isEqualTo(UniversalModel.load().id());
            assertThat(model.budgetGuaranteed).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void with_the_universal_model_a_folder_may_be_empty_or_missing(boolean there) throws IOException {
        Path models = folder.resolve("models");
        if (there) {
            Files.createDirectory(models);
        }
        AttackModels loaded = AttackModels.load(models, true, 0.01, NONE);
        long before = loaded.generation();

        Files.createDirectories(models);
        AttackFiles.write(models, "default", 1234);
        loaded.refresh();

        assertThat(sizeOf(loaded, "any", "1")).isEqualTo(1234);
        assertThat(loaded.generation()).isNotEqualTo(before);
    }

    @Test
    void the_universal_model_is_in_the_metrics_while_there_is_no_default() throws IOException {
        var measures = new MicrometerMeasures(5, List.of(), List.of(), List.of());
        AttackFiles.write(folder, "fraud", 1001);
        AttackModels models = AttackModels.load(folder, true, 0.01, measures);
        String series = "miasma_model_budget_guaranteed{model=\"(universal)\"} 0.0";
        assertThat(measures.registry().scrape()).contains(series);

        Path file = AttackFiles.write(folder, "default", 1000);
        models.refresh();
        assertThat(measures.registry().scrape())
                .doesNotContain("(universal)")
                .contains("miasma_model_budget_guaranteed{model=\"default\"} 1.0");

        Files.delete(file);
        models.refresh();
        assertThat(measures.registry().scrape()).contains(series).doesNotContain("model=\"default\"");
        assertThat(models.resolve("any", "1")).isNotNull();
    }

    @Test
    void tells_whether_the_budget_is_guaranteed() {
        AttackFiles.write(folder, "small", 999);
        AttackFiles.write(folder, "large", 1000);
        var measures = new MicrometerMeasures(5, List.of(), List.of(), List.of());

        AttackModels.load(folder, false, 0.01, measures);

        assertThat(measures.registry().scrape())
                .contains("miasma_model_budget_guaranteed{model=\"small\"} 0.0")
                .contains("miasma_model_budget_guaranteed{model=\"large\"} 1.0")
                .contains("miasma_model_non_members{model=\"small\"} 999.0");
    }

    @Test
    void tells_of_each_model_and_of_what_is_wrong_with_a_broken_one() throws IOException {
        AttackFiles.write(folder, "fraud", 1001);
        AttackFiles.write(folder, "churn", 1000);
        AttackModels models = AttackModels.load(folder, true, 0.01, NONE);
        Path fraud = Files.writeString(folder.resolve("fraud.json"), "{");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{}");
        touch(fraud, 1);
        touch(broken, 1);

        models.refresh();

        List<ModelCard> cards = models.cards();
        assertThat(cards).extracting(ModelCard::name).containsExactly("(universal)", "broken", "churn", "fraud");
        assertThat(cards)
                .extracting(card -> card.state().words())
                .containsExactly("in force", "broken", "in force", "broken, the one before in force");
        assertThat(cards.get(1).facts()).isNull();
        assertThat(cards.get(1).problem()).contains("broken.json");
        assertThat(cards.get(2).problem()).isNull();
        assertThat(cards.get(3).problem()).contains("fraud.json");
        AttackFiles.write(folder, "fraud", 1007);
        AttackFiles.write(folder, "default", 1002);
        Files.delete(broken);
        touch(fraud, 2);
        models.refresh();
        assertThat(models.cards())
                .extracting(ModelCard::name, card -> card.state().words())
                .containsExactly(
                        tuple("(universal)", "idle"),
                        tuple("churn", "in force"),
                        tuple("default", "in force"),
                        tuple("fraud", "in force"));
    }

    @Test
    void the_bins_that_are_shown_are_those_of_the_calibration() {
        AttackFiles.write(folder, "fraud", 1001);
        AttackModels models = load();

        ModelFacts facts = models.cards().getFirst().facts();

        ModelFacts.Bins bins = Objects.requireNonNull(facts).calibration();
        LoadedModel model = Objects.requireNonNull(models.resolve("fraud", "1"));
        assertThat(bins.edges()).hasSize(model.bins() + 1).isSorted();
        assertThat(Arrays.stream(bins.nonMemberShares()).sum()).isCloseTo(1, within(1e-12));
        assertThat(bins.nonMemberShares()).hasSize(model.bins());
        assertThat(models.byIdHash(facts.id().hashCode())).isSameAs(model);
        assertThat(models.byIdHash(facts.id().hashCode() + 1)).isNull();
    }
}
