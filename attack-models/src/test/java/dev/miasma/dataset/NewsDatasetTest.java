// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.fixtures.SharedFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewsDatasetTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void has_the_published_numbers_and_those_of_an_independent_script() throws IOException {
        PublishedDataset news = NewsDataset.read(data(), NewsDataset.Options.ALL_WORDS);

        assertThat(news.trainingRecords()).isEqualTo(11_314);
        assertThat(news.test().size()).isEqualTo(7_532);
        assertThat(news.all().width()).isEqualTo(134_410);
        assertThat(Arrays.stream(news.training().labels())
                        .filter(label -> label == 0)
                        .count())
                .isEqualTo(480);
        // A script in Python, by its own str and re, over the same archive.
        SparseFeatures rows = (SparseFeatures) news.all().rows();
        assertThat(Arrays.stream(rows.indices()).mapToInt(row -> row.length).sum())
                .isEqualTo(1_806_111);
        assertThat(Arrays.stream(rows.values()).flatMapToDouble(Arrays::stream).sum())
                .isEqualTo(130_517.85122943818, within(1e-6));
        double[] first = news.all().rows().row(0);
        assertThat(first[116_790]).isEqualTo(0.283353916302, within(1e-12));
        assertThat(first[89_588]).isEqualTo(0.214592753291, within(1e-12));
        assertThat(Arrays.stream(first).map(x -> x * x).sum()).isEqualTo(1, within(1e-12));
    }

    @Test
    void keeps_the_words_of_most_posts() throws IOException {
        PublishedDataset news = NewsDataset.read(data(), NewsDataset.Options.USUAL);

        SparseFeatures rows = (SparseFeatures) news.all().rows();
        assertThat(rows.width()).isEqualTo(10_000);
        assertThat(Arrays.stream(rows.indices()).mapToInt(row -> row.length).sum())
                .isEqualTo(1_528_984);
        assertThat(Arrays.stream(rows.values()).flatMapToDouble(Arrays::stream).sum())
                .isEqualTo(124_194.48998520315, within(1e-6));
        assertThat(rows.row(0)[9043]).isEqualTo(0.333353668366, within(1e-12));
    }

    @Test
    void the_training_part_untouched_has_the_published_vocabulary() throws IOException {
        List<String> texts = NewsArchive.read(data()).stream()
                .filter(NewsArchive.Post::training)
                .map(post -> NewsDataset.stripped(post.text(), new NewsDataset.Options(true, true, true, 0)))
                .toList();

        assertThat(TfIdf.fit(texts, 0).vocabulary()).hasSize(130_107);
    }

    @Test
    void a_header_ends_at_the_first_empty_line() {
        assertThat(NewsText.withoutHeader("From: a\nTo: b\n\nText\n\nmore")).isEqualTo("Text\n\nmore");
        assertThat(NewsText.withoutHeader("From: a\nno body")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/--/Ann            | text",
                "text/-/more/  --- /Ann | text/-/more",
                "text//Ann//            | text",
                "text                   | text",
                "--/Ann                 | --/Ann",
                "text/- -/Ann           | text/- -/Ann"
            })
    void a_footer_begins_at_the_last_empty_or_dashed_line(String text, String rest) {
        assertThat(NewsText.withoutFooter(text.replace('/', '\n'))).isEqualTo(rest.replace('/', '\n'));
    }

    @Test
    void quoting_lines_go_wherever_scikit_learn_finds_them() {
        String text = "a\n> b\n|c\nIn article <1> d\nx In article\nJoe writes:\nQuoted from e\nhe said: f\n >g\nh";

        assertThat(NewsText.withoutQuotes(text)).isEqualTo("a\nx In article\n >g\nh");
    }

    @Test
    void words_are_those_of_python() {
        // Superscripts and fractions are part of a word, multiplication and division signs are not; nor is a soft
        // hyphen.
        assertThat(TfIdf.words("I don't AT_T x\u00b2 \u00bd\u00bd \u00d7\u00d7 \u00c9t\u00e9 a\u00adbc 42"))
                .containsExactly("don", "at_t", "x\u00b2", "\u00bd\u00bd", "\u00e9t\u00e9", "bc", "42");
    }

    @Property(tries = 200, seed = "20261122")
    void every_text_has_length_1_or_no_word(@ForAll List<String> texts) {
        TfIdf tfIdf = TfIdf.fit(texts, 0);

        for (int i = 0; i < texts.size(); i++) {
            double length =
                    Arrays.stream(tfIdf.features().values()[i]).map(x -> x * x).sum();
            assertThat(length).isEqualTo(TfIdf.words(texts.get(i)).isEmpty() ? 0 : 1, within(1e-9));
            assertThat(tfIdf.features().indices()[i]).isSorted();
        }
    }

    @Test
    void weighs_as_the_formula_says() {
        TfIdf tfIdf = TfIdf.fit(List.of("cat cat dog", "dog bird"), 2);

        // Of three words two stay: dog is in both texts, bird comes before cat.
        assertThat(tfIdf.vocabulary()).containsExactly("bird", "dog");
        double bird = Math.log(3 / 2.0) + 1;
        assertThat(tfIdf.features().row(0)).containsExactly(0, 1);
        assertThat(tfIdf.features().row(1)[0]).isEqualTo(bird / Math.hypot(bird, 1), within(1e-15));
    }

    @Test
    void a_broken_archive_is_named() throws IOException {
        assertThatThrownBy(() -> NewsDataset.read(folder, NewsDataset.Options.USUAL))
                .isInstanceOf(NoSuchFileException.class);
        byte[] whole = archive("20news-bydate-train/sci.med/58", "20news-bydate-test/sci.space/7");
        assertThat(NewsDataset.read(folder, NewsDataset.Options.USUAL).all().labels())
                .containsExactly(13, 14);

        Files.write(folder.resolve("news/20news-bydate.tar.gz"), Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> NewsDataset.read(folder, NewsDataset.Options.USUAL))
                .hasMessageContaining("20news-bydate.tar.gz isn't whole or isn't the data set: a tar.gz of")
                .hasMessageContaining("found after ");
        archive("20news-bydate-train/alt.unknown/58");
        assertThatThrownBy(() -> NewsDataset.read(folder, NewsDataset.Options.USUAL))
                .hasMessageContaining("a group alt.unknown");
        archive("elsewhere/sci.med/58");
        assertThatThrownBy(() -> NewsDataset.read(folder, NewsDataset.Options.USUAL))
                .hasMessageContaining("no post");
    }

    private byte[] archive(String... names) throws IOException {
        Path file = Files.createDirectories(folder.resolve("news")).resolve("20news-bydate.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (String name : names) {
                byte[] text = ("Subject: s\n\nbody of " + name).getBytes(StandardCharsets.ISO_8859_1);
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        return Files.readAllBytes(file);
    }

    private static Path data() {
        SharedFolder.require("data/news");
        return SharedFolder.require("data");
    }
}
