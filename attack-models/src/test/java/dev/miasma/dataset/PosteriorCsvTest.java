// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PosteriorCsvTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void reads_bare_probabilities() throws IOException {
        PosteriorTable table = PosteriorCsv.read(file("0.25,0.75\n1e0,0\n"));

        assertThat(table.all().posteriors()).isDeepEqualTo(new double[][] {{.25, .75}, {1, 0}});
        assertThat(table.all().labels()).containsExactly(-1, -1);
        assertThat(table.membership()).isEmpty();
        assertThatThrownBy(table::members).hasMessageContaining("no column 'member'");
    }

    @Test
    void reads_named_columns_in_any_place() throws IOException {
        PosteriorTable table = PosteriorCsv.read(file("p1, member ,p0,label\n0.75,1,0.25,1\n0,false,1,\n"));

        assertThat(table.members().posteriors()).isDeepEqualTo(new double[][] {{.25, .75}});
        assertThat(table.members().labels()).containsExactly(1);
        assertThat(table.nonMembers().posteriors()).isDeepEqualTo(new double[][] {{1, 0}});
        assertThat(table.nonMembers().labels()).containsExactly(-1);
    }

    @Test
    void reads_compressed_files() throws IOException {
        Path path = folder.resolve("posteriors.csv.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("p0,p1\n0.5,0.5\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(PosteriorCsv.read(path).all().size()).isEqualTo(1);
        Files.write(path, java.util.Arrays.copyOf(Files.readAllBytes(path), 25));
        assertThatThrownBy(() -> PosteriorCsv.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("posteriors.csv.gz");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p0,p1;0.5,x         | line 2, column 2 is 'x'; a number needed",
                "p0,p1;0.5,0.4       | line 2: posterior sums to 0.9; 1 within 0.02",
                "p0,p1;1.5,-0.5      | line 2: posterior[1] is -0.5",
                "p0,p1;0.5           | line 2 has 1 columns; 2 needed",
                "p0,p2,label;.5,.5,1 | header has 2 probabilities, but no column p1",
                "p0,p0;0.5,0.5       | header, column 2 is 'p0'; label, member or p0, p1, ... needed, each once",
                "p0,p1,who;0.5,0.5,1 | header, column 3 is 'who'",
                "p0,p1,label;.5,.5,2 | line 2, column 3 is '2'; an integer from 0 to 1",
                "p0,p1,label;.5,.5,x | line 2, column 3 is 'x'; a number",
                "p0,p1,member;.5,.5,maybe | line 2, column 3 is 'maybe'; 1, 0, true or false",
                "p0,p1               | has no rows",
                "label;1             | 0 classes"
            })
    void names_line_and_column(String lines, String message) throws IOException {
        Path path = file(lines.replace(';', '\n'));

        assertThatThrownBy(() -> PosteriorCsv.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("posteriors.csv")
                .hasMessageContaining(message);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("posteriors.csv"), text);
    }
}
