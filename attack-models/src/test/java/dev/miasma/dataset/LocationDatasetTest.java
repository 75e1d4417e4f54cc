// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.fixtures.SharedFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationDatasetTest {

    @Test
    void reads_the_public_file() throws IOException {
        Path data = SharedFolder.require("data");

        Dataset location = LocationDataset.read(data);

        assertThat(location.size()).isEqualTo(5010);
        assertThat(location.width()).isEqualTo(446);
        assertThat(location.synthetic()).isFalse();
        long ones = Arrays.stream(location.features())
                .flatMapToDouble(Arrays::stream)
                .filter(v -> v == 1)
                .count();
        assertThat(ones / (5010.0 * 446)).isBetween(0.12035, 0.12045);
        assertThat(Arrays.stream(location.labels()).filter(c -> c == 4).count()).isEqualTo(97);
        assertThat(Arrays.stream(location.labels()).filter(c -> c == 7).count()).isEqualTo(308);
    }

    @Test
    void names_a_truncated_file_and_what_was_expected(@TempDir Path folder) throws IOException {
        Path file = Files.createDirectories(folder.resolve("location")).resolve("bangkok.gz");
        byte[] whole = Files.readAllBytes(SharedFolder.require("data/location/bangkok.gz"));
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> LocationDataset.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bangkok.gz isn't whole or isn't the data set: 5010 lines of a class 1 to 30")
                .hasMessageContaining("found after")
                .hasMessageContaining("Unexpected end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"31\",0,1 | line 1 has no class 1 to 30 in front",
                "\"3\",0,1  | found 1 lines of 2 features",
                "''         | 0 lines"
            })
    void names_what_is_wrong_with_a_line(String text, String message, @TempDir Path folder) throws IOException {
        write(folder, text + "\n");

        assertThatThrownBy(() -> LocationDataset.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refuses_other_values(@TempDir Path folder) throws IOException {
        write(folder, "\"3\"" + ",0".repeat(445) + ",2\n");

        assertThatThrownBy(() -> LocationDataset.read(folder))
                .hasMessageContaining("line 1 is not zeros and ones parted by commas near feature 446");
    }

    private static void write(Path folder, String text) throws IOException {
        Path file = Files.createDirectories(folder.resolve("location")).resolve("bangkok.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
