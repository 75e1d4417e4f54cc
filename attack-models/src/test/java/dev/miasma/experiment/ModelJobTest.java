// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
