// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.target.LogisticRegressionTarget;
import dev.miasma.target.TargetTrainer;
import dev.miasma.target.network.NetworkOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDefenseTest {

    private static final TargetTrainer ANY = LogisticRegressionTarget.trainer(1, 1e-4, 10);

    @ParameterizedTest
    @ValueSource(strings = {"none", "l2-0.001", "dropout-0.5", "early-stopping", "stacking"})
    void a_name_is_read_and_written(String spec) {
        assertThat(TrainingDefense.parse(spec).id()).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource({
        "l2-0, L2 penalty is 0.0; above 0 and at most 1",
        "l2-, training defence is 'l2-'",
        "l2-x, training defence is 'l2-x'",
        "dropout-1, dropped share is 1.0; above 0 and below 1",
        "dropout-NaN, dropped share is NaN; above 0 and below 1",
        "prayer, training defence is 'prayer'; none"
    })
    void a_name_that_is_none_is_refused(String spec, String message) {
        assertThatThrownBy(() -> TrainingDefense.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void each_changes_its_own_option_of_the_network() {
        NetworkOptions options = NetworkOptions.PAPER;

        assertThat(asked("none")).containsExactly(options);
        assertThat(asked("l2-0.01")).containsExactly(options.withL2(0.01));
        assertThat(asked("dropout-0.5")).containsExactly(options.withDropout(0.5, 0.5));
        assertThat(asked("early-stopping")).containsExactly(options.withPatience(TrainingDefense.PATIENCE));
        assertThat(asked("stacking")).containsExactly(options);
    }

    @Test
    void only_stacking_puts_something_above_the_network() {
        assertThat(TrainingDefense.NONE.trainer(NetworkOptions.PAPER, o -> ANY)).isSameAs(ANY);
        assertThat(TrainingDefense.parse("stacking").trainer(NetworkOptions.PAPER, o -> ANY))
                .isNotSameAs(ANY);
    }

    private static List<NetworkOptions> asked(String spec) {
        List<NetworkOptions> asked = new ArrayList<>();
        TrainingDefense.parse(spec).trainer(NetworkOptions.PAPER, options -> {
            asked.add(options);
            return ANY;
        });
        return asked;
    }
}
