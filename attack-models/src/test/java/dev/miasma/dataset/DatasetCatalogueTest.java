// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.dataset.DatasetFinding.State;
import dev.miasma.fixtures.SharedFolder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetCatalogueTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "location | FOUND     | as published",
                "adult    | FOUND     | as published",
                "mnist    | FOUND     | as published",
                "cifar10  | DIFFERENT | 11,400 of 60,000 records",
                "cifar100 | DIFFERENT | 21,100 of 60,000 records",
                "lfw      | FOUND     | all records",
                "news     | FOUND     | all records"
            })
    void tells_what_is_there(String name, State state, String detail) {
        SharedFolder.require("data/" + name);

        DatasetFinding finding = DatasetCatalogue.find(name).orElseThrow().look(SharedFolder.require("data"));

        assertThat(finding).isEqualTo(new DatasetFinding(state, detail));
    }

    @Test
    void tells_what_is_missing() {
        for (CatalogueEntry entry : DatasetCatalogue.all()) {
            DatasetFinding finding = entry.look(folder);

            assertThat(finding.state()).as(entry.name()).isEqualTo(State.MISSING);
            assertThat(finding.detail()).contains(folder.resolve(entry.name()).toString(), "not there");
        }
    }

    @Test
    void tells_what_is_corrupt() throws IOException {
        Path whole = SharedFolder.require("data/location/bangkok.gz");
        Path file = Files.createDirectories(folder.resolve("location")).resolve("bangkok.gz");
        CatalogueEntry location = DatasetCatalogue.find("location").orElseThrow();
        byte[] bytes = Files.readAllBytes(whole);

        Files.write(file, Arrays.copyOf(bytes, 100_000));
        assertThat(location.look(folder).state()).isEqualTo(State.CORRUPT);
        bytes[100_000] ^= 1;
        Files.write(file, bytes);
        assertThat(location.look(folder).state()).isEqualTo(State.CORRUPT);
        Files.writeString(file, "no gzip");
        assertThat(location.look(folder).state()).isEqualTo(State.CORRUPT);
    }

    @Test
    void tells_other_content_from_the_published() throws IOException {
        Path file = Files.createDirectories(folder.resolve("location")).resolve("bangkok");
        Files.writeString(file, ("\"3\"" + ",0".repeat(446) + "\n").repeat(5010));

        assertThat(DatasetCatalogue.find("location").orElseThrow().look(folder))
                .isEqualTo(new DatasetFinding(State.DIFFERENT, "all records, but other content than published"));
    }

    @Test
    void names_are_unique_and_every_entry_says_where_it_comes_from() {
        assertThat(DatasetCatalogue.all()).extracting(CatalogueEntry::name).doesNotHaveDuplicates();
        assertThat(DatasetCatalogue.all()).allSatisfy(entry -> {
            assertThat(entry.downloads())
                    .isNotEmpty()
                    .allSatisfy(download -> assertThat(download.address()).hasScheme("https"));
            assertThat(entry.files()).isNotEmpty();
            assertThat(entry.licence()).isNotBlank();
            assertThat(entry.sizes()).isNotBlank();
        });
        assertThat(DatasetCatalogue.find("imagenet")).isEmpty();
    }

    @Test
    void unpacks_the_files_asked_for_and_nothing_else() throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        for (String name : new String[] {"texas/100/feats", "100/labels", "../escaped", "other"}) {
            content.put(name, name.getBytes(StandardCharsets.UTF_8));
        }
        Path archive = archive(content);

        TarFiles.unpack(archive, folder.resolve("out"), List.of("100/feats", "100/labels"));

        assertThat(folder.resolve("out/100/feats")).hasContent("texas/100/feats");
        assertThat(folder.resolve("out/100")).isDirectoryContaining("glob:**/{feats,labels}");
        assertThat(folder.resolve("escaped")).doesNotExist();
        assertThatThrownBy(() -> TarFiles.unpack(archive, folder, List.of("bangkok")))
                .hasMessageContaining("a tar.gz with [bangkok] expected, found no bangkok");
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 60));
        assertThatThrownBy(() -> TarFiles.unpack(archive, folder, List.of("other")))
                .hasMessageContaining("some.tgz isn't whole");
    }

    @Test
    void makes_faces_of_the_pictures_of_people_with_many() throws IOException {
        Map<String, byte[]> pictures = new TreeMap<>();
        for (int person = 0; person < 20; person++) {
            byte[] picture = picture(new Color(10 * person, 10 * person, 10 * person));
            for (int i = 1; i <= (person == 7 ? 39 : 40); i++) {
                pictures.put(String.format("lfw_funneled/P%02d/P%02d_%04d.jpg", person, person, i), picture);
            }
        }
        Path lfw = Files.createDirectories(folder.resolve("lfw"));

        FaceArchive.unpack(archive(pictures), lfw);

        Dataset faces = FaceDataset.read(folder);
        assertThat(faces.size()).isEqualTo(19 * 40);
        // P07 is left out, so that P08 has label 7; grey 80 in the middle, white round what is cut out.
        assertThat(faces.labels()[7 * 40]).isEqualTo(7);
        DoubleSummaryStatistics greys = Arrays.stream(faces.rows().row(7 * 40))
                .map(pixel -> pixel * 255)
                .summaryStatistics();
        assertThat(greys.getMin()).isGreaterThan(75);
        assertThat(greys.getMax()).isLessThan(85);

        pictures.keySet().removeIf(name -> name.contains("P03"));
        assertThatThrownBy(() -> FaceArchive.unpack(archive(pictures), lfw)).hasMessageContaining("found 18 of them");
    }

    /** White, with one colour where the face is. */
    private static byte[] picture(Color colour) throws IOException {
        BufferedImage image = new BufferedImage(250, 250, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 250, 250);
        graphics.setColor(colour);
        // Wider than the cut by the blocks of the compression.
        graphics.fillRect(64, 56, 128, 152);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpg", bytes)).isTrue();
        return bytes.toByteArray();
    }

    private Path archive(Map<String, byte[]> content) throws IOException {
        Path file = folder.resolve("some.tgz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> one : content.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(one.getKey());
                entry.setSize(one.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(one.getValue());
                tar.closeArchiveEntry();
            }
        }
        return file;
    }
}
