// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.defense.TrainingDefense;
import dev.miasma.experiment.ModelJob.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelJobTest {

    private static final ModelJob TARGET = ModelJob.target("location", ModelFamily.NETWORK, 50, 1252, 1);

    @Test
    void whatever_differs_is_kept_under_another_name() {
        List<ModelJob> jobs = List.of(
                TARGET,
                TARGET.shadow(),
                TARGET.pool(0, ShadowData.REAL),
                TARGET.pool(1, ShadowData.REAL),
                TARGET.pool(0, ShadowData.NOISE_10),
                ModelJob.target("lfw", ModelFamily.NETWORK, 50, 1252, 1),
                ModelJob.target("location", ModelFamily.FOREST, 50, 1252, 1),
                ModelJob.target("location", ModelFamily.NETWORK, 60, 1252, 1),
                ModelJob.target("location", ModelFamily.NETWORK, 50, 600, 1),
                ModelJob.target("location", ModelFamily.NETWORK, 50, 1252, 2));

        assertThat(jobs.stream().map(ModelJob::key)).doesNotHaveDuplicates().allMatch(key -> key.matches("[a-z0-9-]+"));
    }

    @Test
    void answers_that_are_kept_already_keep_their_names() {
        assertThat(TARGET.key()).isEqualTo("location-network-50epochs-1252-target-seed1");
        assertThat(TARGET.shadow().key()).isEqualTo("location-network-50epochs-1252-shadow-seed1");
        assertThat(TARGET.pool(3, ShadowData.NOISE_10).key())
                .isEqualTo("location-network-50epochs-1252-noise10-pool3-seed1");
        assertThat(ModelJob.target("location", ModelFamily.FOREST, 50, 1252, 1).key())
                .isEqualTo("location-forest-1252-target-seed1");
        assertThat(TARGET.defended(TrainingDefense.NONE)).isEqualTo(TARGET);
    }

    @Test
    void a_defence_is_in_the_name_and_goes_over_to_shadows() {
        ModelJob defended = TARGET.defended(TrainingDefense.parse("l2-0.001"));

        assertThat(defended.key()).isEqualTo("location-network-50epochs-1252-target-seed1-l2-0-001");
        assertThat(defended.shadow().key()).isEqualTo("location-network-50epochs-1252-shadow-seed1-l2-0-001");
        assertThat(defended.shadow().target()).isEqualTo(defended);
        assertThat(defended.pool(0, ShadowData.REAL).defence()).isEqualTo(defended.defence());
    }

    @Test
    void only_networks_are_defended() {
        ModelJob forest = ModelJob.target("location", ModelFamily.FOREST, 50, 1252, 1);

        assertThatThrownBy(() -> forest.defended(TrainingDefense.parse("dropout-0.5")))
                .hasMessageContaining("training defence of forest is dropout-0.5; none needed");
    }

    @Test
    void a_shadow_knows_its_target() {
        assertThat(TARGET.shadow().target()).isEqualTo(TARGET);
        assertThat(TARGET.pool(3, ShadowData.SYNTHESIS).target()).isEqualTo(TARGET);
    }

    @Test
    void nonsense_is_refused_by_name() {
        assertThatThrownBy(() -> ModelJob.target("location", ModelFamily.NETWORK, 50, 0, 1))
                .hasMessageContaining("members are 0");
        assertThatThrownBy(() ->
                        new ModelJob("location", ModelFamily.NETWORK, 50, 10, Role.TARGET, 0, ShadowData.NOISE_10, 1))
                .hasMessageContaining("NOISE_10");
        assertThatThrownBy(() -> ModelFamily.from("svm"))
                .hasMessage("model family is 'svm'; one of network, forest, forest-votes, boosting, logistic needed");
    }
}
