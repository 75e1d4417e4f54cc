// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.fixtures.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableDatasetsTest {

    private static final String PERSON =
            "39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White, Male, 2174, 0, 40,"
                    + " United-States, ";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void adult_has_the_published_numbers() throws IOException {
        PublishedDataset adult = AdultDataset.read(data("adult"), AdultDataset.Missing.AS_CATEGORY);

        assertThat(adult.trainingRecords()).isEqualTo(32_561);
        assertThat(adult.test().size()).isEqualTo(16_281);
        assertThat(adult.all().width()).isEqualTo(108);
        assertThat(Arrays.stream(adult.training().labels()).average().orElseThrow())
                .isEqualTo(0.2408, within(5e-5));
        assertThat(Arrays.stream(adult.test().labels()).average().orElseThrow()).isEqualTo(0.2362, within(5e-5));
    }

    @Test
    void adult_without_incomplete_records_has_the_published_numbers() throws IOException {
        PublishedDataset adult = AdultDataset.read(data("adult"), AdultDataset.Missing.DROP);

        assertThat(adult.trainingRecords()).isEqualTo(30_162);
        assertThat(adult.test().size()).isEqualTo(15_060);
        assertThat(adult.all().width()).isEqualTo(104);
    }

    @Test
    void adult_is_standardised_over_its_training_file() throws IOException {
        Dataset training = AdultDataset.read(data("adult"), AdultDataset.Missing.AS_CATEGORY)
                .training();

        double[][] rows = training.features();

        // Age is the first feature; the nine kinds of work follow, of which each person has one.
        assertThat(Arrays.stream(rows).mapToDouble(row -> row[0]).average().orElseThrow())
                .isEqualTo(0, within(1e-9));
        assertThat(Arrays.stream(rows)
                        .mapToDouble(row -> row[0] * row[0])
                        .average()
                        .orElseThrow())
                .isEqualTo(1, within(1e-9));
        assertThat(List.of(rows)).allMatch(row -> Arrays.stream(row, 1, 10).sum() == 1);
    }

    @Test
    void adult_takes_a_category_only_its_test_file_has_as_none() throws IOException {
        adult(
                PERSON + "<=50K\n" + PERSON + ">50K\n",
                "|1x3 Cross validator\n" + PERSON.replace("White", "Green") + ">50K.\n\n");

        PublishedDataset adult = AdultDataset.read(folder, AdultDataset.Missing.AS_CATEGORY);

        assertThat(adult.all().labels()).containsExactly(0, 1, 1);
        // Numbers that never change are 0; eight categories, of which the last record lacks one.
        assertThat(Arrays.stream(adult.all().rows().row(0)).sum()).isEqualTo(8);
        assertThat(Arrays.stream(adult.all().rows().row(2)).sum()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "39, State-gov                | record 1 has 2 fields",
                "x, a, 1, a, 1, a, a, a, a, a, 1, 1, 1, a, >50K | record 1 field 1 is no number",
                "1, a, 1, a, 1, a, a, a, a, a, 1, 1, 1, a, 50K  | record 1 ends in another class",
                "''                           | found none"
            })
    void names_what_is_wrong_with_a_line_of_adult(String line, String message) throws IOException {
        adult(line + "\n", PERSON + ">50K.\n");

        assertThatThrownBy(() -> AdultDataset.read(folder, AdultDataset.Missing.DROP))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("adult.data")
                .hasMessageContaining(message);
    }

    @Test
    void reads_purchase_as_its_authors_wrote_it() throws IOException {
        Path file = Files.createDirectories(folder.resolve("purchase")).resolve("dataset_purchase");
        Files.writeString(file, "100" + ",1,0".repeat(300) + "\n1" + ",0,1".repeat(300) + "\n");

        Dataset purchase = PurchaseDataset.read(folder);

        assertThat(purchase.labels()).containsExactly(99, 0);
        assertThat(purchase.width()).isEqualTo(600);
        assertThat(purchase.rows().row(0)).startsWith(1, 0, 1).endsWith(1, 0);
        assertThat(purchase.rows().row(1)).startsWith(0, 1, 0).endsWith(0, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "101,0,1   | line 1 has no class 1 to 100 in front",
                "0,0,1     | line 1 has no class",
                ",0        | line 1 has no class",
                "3,0,1     | found 2 features in 1 lines",
                "3,0,2     | line 1 is not zeros and ones parted by commas near feature 2",
                "3,0;1     | line 1 is not zeros and ones",
                "3,0,1/3,0 | line 2 has 1 features, and line 1 has 2",
                "3,0,      | line 1 has 1 features",
            })
    void names_what_is_wrong_with_a_line_of_purchase(String lines, String message) throws IOException {
        Path file = Files.createDirectories(folder.resolve("purchase")).resolve("dataset_purchase");
        Files.writeString(file, lines.replace('/', '\n') + "\n");

        assertThatThrownBy(() -> PurchaseDataset.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lines of a class 1 to 100 and 600 fields 0 or 1 expected")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"6169", "6170"})
    void reads_texas_of_either_width(int width) throws IOException {
        texas("1" + ",0".repeat(width - 2) + ",1\n0" + ",0".repeat(width - 1) + "\n", "100\n1\n");

        Dataset texas = TexasDataset.read(folder);

        assertThat(texas.labels()).containsExactly(99, 0);
        assertThat(texas.width()).isEqualTo(width);
        assertThat(Arrays.stream(texas.rows().row(0)).sum()).isEqualTo(2);
        assertThat(Arrays.stream(texas.rows().row(1)).sum()).isZero();
    }

    @Test
    void names_what_is_wrong_with_texas() throws IOException {
        String record = "0" + ",0".repeat(6168) + "\n";
        texas(record + record, "1\n");
        assertThatThrownBy(() -> TexasDataset.read(folder))
                .hasMessageContaining("labels")
                .hasMessageContaining("2 lines of a class 1 to 100, as there are records, expected, found 1 lines");
        texas(record, "1\n1\n");
        assertThatThrownBy(() -> TexasDataset.read(folder)).hasMessageContaining("another line 2");
        texas(record, "101\n");
        assertThatThrownBy(() -> TexasDataset.read(folder)).hasMessageContaining("another line 1");
        texas("0,0\n", "1\n");
        assertThatThrownBy(() -> TexasDataset.read(folder)).hasMessageContaining("6169 or 6170 fields");
    }

    @Test
    void reads_any_table_with_a_column_of_labels() throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), "a,class,b\n1,10,2.5\n-3e2,9,4\n0,10,0\n");

        Dataset own = CsvDataset.read(file, "class");

        assertThat(own.name()).isEqualTo("own.csv");
        assertThat(own.features()).isDeepEqualTo(new double[][] {{1, 2.5}, {-300, 4}, {0, 0}});
        assertThat(own.labels()).containsExactly(1, 0, 1);
        assertThat(own.classes()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b/1,2         | header has no column 'label'",
                "a,label/x,2     | line 2, column 1 is 'x'; a number needed",
                "a,label/NaN,2   | line 2, column 1 is 'NaN'; a finite number needed",
                "a,label/1       | line 2 has 1 columns; 2 needed",
                "a,label/1,''    | has 1 class",
                "a,label/1,2/1,  | line 3, column 2 is ''; a label needed",
                "a,label         | has no records"
            })
    void names_what_is_wrong_with_a_table(String lines, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), lines.replace('/', '\n') + "\n");

        assertThatThrownBy(() -> CsvDataset.read(file, "label"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("own.csv")
                .hasMessageContaining(message);
    }

    private void adult(String training, String test) throws IOException {
        Path adult = Files.createDirectories(folder.resolve("adult"));
        Files.writeString(adult.resolve("adult.data"), training);
        Files.writeString(adult.resolve("adult.test"), test);
    }

    private void texas(String features, String labels) throws IOException {
        Path texas = Files.createDirectories(folder.resolve("texas/100"));
        Files.writeString(texas.resolve("feats"), features);
        Files.writeString(texas.resolve("labels"), labels);
    }

    private static Path data(String name) {
        SharedFolder.require("data/" + name);
        return SharedFolder.require("data");
    }
}
