// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path PAGE = Path.of("..", "src", "docs", "configuration.md");

    @Test
    void the_page_in_the_repository_is_the_one_that_is_printed() {
        assertThat(PAGE)
                .as("regenerate it: ./miasma config > src/docs/configuration.md")
                .content()
                .isEqualTo(ConfigReference.markdown());
    }

    @Test
    void every_named_key_is_defined_and_every_defined_key_is_named() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : ConfigKey.class.getFields()) {
            names.add((String) field.get(null));
        }
        names.remove(ConfigKey.KAFKA_PREFIX);

        assertThat(Definition.of().names()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void every_row_has_five_cells_and_nothing_a_renderer_would_swallow() {
        List<String> rows = ConfigReference.markdown()
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows).hasSize(Definition.of().names().size()).allSatisfy(row -> {
            assertThat(row.chars().filter(c -> c == '|').count()).isEqualTo(6);
            assertThat(row).doesNotContain("<");
        });
    }
}
