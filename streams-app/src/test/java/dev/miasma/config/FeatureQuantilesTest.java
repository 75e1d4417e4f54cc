// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureQuantilesTest {
    private static final String FORMAT = "'format':'miasma-feature-quantiles'";

    @TempDir
    Path folder;

    @Test
    void a_file_gives_back_what_was_written() throws IOException {
        Path file = folder.resolve("q.json");
        new FeatureQuantiles(9, new float[][] {{0, 1, 4}, {}}).write(file);

        FeatureQuantiles read = FeatureQuantiles.read(file);

        assertThat(read.length()).isEqualTo(2);
        assertThat(read.rank(0, 2.5f)).isEqualTo(0.75);
        assertThat(read.rank(0, 1)).isEqualTo(0.5);
        assertThat(read.rank(1, 1)).isNaN();
    }

    @Test
    void pictures_and_quantiles_reach_the_input_settings() throws IOException {
        Path file = folder.resolve("q.json");
        new FeatureQuantiles(9, new float[][] {{0, 1}}).write(file);

        FeatureSettings features = MiasmaConfig.of(
                        Map.of("features.image", "300x200x3", "features.quantiles.file", file.toString()))
                .input()
                .features();

        assertThat(features.picture()).isEqualTo(new PictureSize(300, 200, 3));
        assertThat(features.limit()).isEqualTo(180_000);
        assertThat(features.quantiles()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[ | is not JSON that can be read",
                "{} | its format is not miasma-feature-quantiles",
                "{FORMAT,'version':2} | its version is 2: this release reads 1",
                "{FORMAT,'version':1,'records':1} | features must be an array of arrays of numbers",
                "{FORMAT,'version':1,'records':1,'features':[]} | features is empty",
                "{FORMAT,'version':1,'records':0,'features':[[1,2]]} | records is 0: must be at least 1",
                "{FORMAT,'version':1,'records':1,'features':[[1]]} | features[0] has 1 quantile",
                "{FORMAT,'version':1,'records':1,'features':[[],[2,1]]} | features[1][1] is 1.0: must be finite and not below",
                "{FORMAT,'version':1,'records':1,'features':[[1,1e99]]} | features[0][1] is Infinity",
                "{FORMAT,'version':1,'records':1,'features':[[1,null]]} | features[0] must be an array of numbers"
            })
    void a_file_that_cannot_be_used_is_refused_by_name(String json, String message) throws IOException {
        Path file = Files.writeString(
                folder.resolve("q.json"), json.replace("FORMAT", FORMAT).replace('\'', '"'));

        assertThatThrownBy(() -> FeatureQuantiles.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("features.quantiles.file")
                .hasMessageContaining("q.json")
                .hasMessageContaining(message);
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> FeatureQuantiles.read(folder.resolve("none.json")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.json");
    }
}
