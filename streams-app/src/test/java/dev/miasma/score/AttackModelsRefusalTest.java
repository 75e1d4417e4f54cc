// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.attack.ModelFile;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.Measures;
import dev.miasma.measure.NoMeasures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of models that the monitor does not start with. */
class AttackModelsRefusalTest {
    private static final Measures NONE = new NoMeasures();

    @TempDir
    Path folder;

    private AttackModels load() {
        return AttackModels.load(folder, false, 0.01, NONE);
    }

    @Test
    void a_broken_file_is_no_reason_for_the_universal_model_to_step_in() throws IOException {
        Files.writeString(folder.resolve("default.json"), "nonsense");

        assertThatThrownBy(() -> AttackModels.load(folder, true, 0.01, NONE))
                .isInstanceOf(AttackModelsException.class)
                .hasMessageStartingWith("broken attack model: ");
    }

    @Test
    void a_file_is_no_folder_even_with_the_universal_model() throws IOException {
        Path file = Files.writeString(folder.resolve("models"), "");

        assertThatThrownBy(() -> AttackModels.load(file, true, 0.01, NONE))
                .isInstanceOf(AttackModelsException.class)
                .hasMessageStartingWith("models.dir: no folder '" + file + "'");
    }

    @Test
    void will_not_start_without_a_folder() {
        Path missing = folder.resolve("none");

        assertThatThrownBy(() -> AttackModels.load(missing, false, 0.01, NONE))
                .isInstanceOf(AttackModelsException.class)
                .hasMessage("models.dir: no folder '" + missing
                        + "': make a model with 'miasma train', or set models.universal=true");
    }

    @Test
    void will_not_start_with_no_model_files_and_other_files_and_hidden_ones_do_not_count() throws IOException {
        Files.writeString(folder.resolve("README.md"), "models");
        Files.writeString(folder.resolve(".default.json.1.tmp"), "half");
        Files.writeString(folder.resolve(".hidden.json"), "half");

        assertThatThrownBy(this::load)
                .isInstanceOf(AttackModelsException.class)
                .hasMessage("models.dir: no attack model in '" + folder
                        + "': make one with 'miasma train', or set models.universal=true");
    }

    @Test
    void will_not_start_with_a_broken_model_and_names_its_file() throws IOException {
        AttackFiles.write(folder, "default", 1000);
        Path broken = Files.writeString(folder.resolve("fraud.json"), "nonsense");

        assertThatThrownBy(this::load)
                .isInstanceOf(AttackModelsException.class)
                .hasMessageStartingWith("broken attack model: " + broken);
    }

    @Test
    void names_the_file_that_cannot_be_read_at_all() throws IOException {
        Path notAFile = Files.createDirectory(folder.resolve("default.json"));

        assertThatThrownBy(this::load)
                .isInstanceOf(AttackModelsException.class)
                .hasMessageStartingWith("broken attack model: " + notAFile);
    }

    @Test
    void refuses_a_model_of_a_newer_format() throws IOException {
        String json = ModelFile.toJson(AttackFiles.attack(1000));
        Files.writeString(folder.resolve("default.json"), json.replaceFirst("\"version\"\\s*:\\s*1", "\"version\": 2"));

        assertThatThrownBy(this::load).isInstanceOf(AttackModelsException.class).hasMessageContaining("version");
    }
}
