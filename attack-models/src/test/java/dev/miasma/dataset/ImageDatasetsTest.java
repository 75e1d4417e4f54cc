// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.fixtures.SharedFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void mnist_has_the_published_numbers() throws IOException {
        PublishedDataset mnist = MnistDataset.read(data("mnist"));

        assertThat(counts(mnist.training()))
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(counts(mnist.test())).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(mnist.all().width()).isEqualTo(784);
        double[] moments = moments(mnist.training(), 0, 784);
        assertThat(moments[0]).isEqualTo(0.1307, within(5e-5));
        assertThat(moments[1]).isEqualTo(0.3081, within(5e-5));
    }

    @Test
    void faces_have_the_published_numbers() throws IOException {
        Dataset faces = FaceDataset.read(data("lfw"));

        assertThat(faces.size()).isEqualTo(1867);
        assertThat(faces.width()).isEqualTo(62 * 47);
        int[] counts = counts(faces);
        assertThat(counts).hasSize(19).contains(530, 236, 144);
        assertThat(Arrays.stream(counts).min()).hasValue(41);
    }

    @Test
    void cifar_10_reads_as_many_records_as_the_files_have() throws IOException {
        PublishedDataset cifar = CifarDataset.read10(data("cifar10"));

        assertThat(cifar.training().size()).isEqualTo(9500);
        assertThat(cifar.test().size()).isEqualTo(1900);
        assertThat(counts(cifar.training())).containsOnly(950).hasSize(10);
        assertThat(counts(cifar.test())).containsOnly(190);
        // Means and deviations of the whole set's red, green and blue, as published; these records are a sample.
        double[] means = {0.49140, 0.48216, 0.44653};
        double[] deviations = {0.24703, 0.24349, 0.26159};
        for (int colour = 0; colour < 3; colour++) {
            double[] moments = moments(cifar.training(), 1024 * colour, 1024 * (colour + 1));
            assertThat(moments[0]).isEqualTo(means[colour], within(0.005));
            assertThat(moments[1]).isEqualTo(deviations[colour], within(0.005));
        }
    }

    @Test
    void cifar_100_has_fine_and_coarse_labels() throws IOException {
        Path data = data("cifar100");

        PublishedDataset fine = CifarDataset.read100(data);
        PublishedDataset coarse = CifarDataset.read100Coarse(data);

        assertThat(counts(fine.training())).containsOnly(176).hasSize(100);
        assertThat(counts(fine.test())).containsOnly(35);
        assertThat(counts(coarse.training())).containsOnly(880).hasSize(20);
        assertThat(coarse.all().rows().row(21_099)).isEqualTo(fine.all().rows().row(21_099));
        // A fine class has one coarse class.
        int[] parent = new int[100];
        Arrays.fill(parent, -1);
        for (int i = 0; i < fine.all().size(); i++) {
            int label = fine.all().labels()[i];
            assertThat(parent[label]).isIn(-1, coarse.all().labels()[i]);
            parent[label] = coarse.all().labels()[i];
        }
        double[] moments = moments(fine.training(), 0, 1024);
        assertThat(moments[0]).isEqualTo(0.50708, within(0.005));
        assertThat(moments[1]).isEqualTo(0.26733, within(0.005));
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> MnistDataset.read(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("train-images-idx3-ubyte: not there, nor with .gz");
        assertThatThrownBy(() -> CifarDataset.read10(folder)).hasMessageContaining("data_batch_1.bin: not there");
    }

    @Test
    void a_truncated_archive_is_named() throws IOException {
        Path file = Files.createDirectories(folder.resolve("cifar100")).resolve("train.bin.gz");
        Files.write(folder.resolve("cifar100/test.bin"), new byte[3074]);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(new byte[3074 * 4]);
        }
        assertThat(CifarDataset.read100(folder).trainingRecords()).isEqualTo(4);

        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 25));

        assertThatThrownBy(() -> CifarDataset.read100(folder))
                .hasMessageContaining("train.bin.gz isn't whole or isn't the data set: CIFAR-100 records of 3074 bytes")
                .hasMessageContaining("found Unexpected end");
    }

    @Test
    void a_picture_cut_short_and_a_label_too_large_are_named() throws IOException {
        Path cifar = Files.createDirectories(folder.resolve("cifar10"));
        Files.write(cifar.resolve("test_batch.bin"), new byte[3073]);
        Files.write(cifar.resolve("data_batch_3.bin"), new byte[2 * 3073 - 1]);
        assertThatThrownBy(() -> CifarDataset.read10(folder))
                .hasMessageContaining("data_batch_3.bin")
                .hasMessageContaining("1 records and 3072 bytes");

        byte[] records = new byte[2 * 3073];
        records[3073] = (byte) 200;
        Files.write(cifar.resolve("data_batch_3.bin"), records);

        assertThatThrownBy(() -> CifarDataset.read10(folder))
                .hasMessageContaining("labels 0 to 9 expected, found label 200 in record 1");
    }

    @Test
    void an_idx_file_is_held_to_its_header() throws IOException {
        Path mnist = Files.createDirectories(folder.resolve("mnist"));
        for (String part : new String[] {"train", "t10k"}) {
            Files.write(mnist.resolve(part + "-images-idx3-ubyte"), idx(0x803, new int[] {2, 28, 28}, 2 * 784));
            Files.write(mnist.resolve(part + "-labels-idx1-ubyte"), idx(0x801, new int[] {2}, 2));
        }
        assertThat(MnistDataset.read(folder).all().size()).isEqualTo(4);

        Path images = mnist.resolve("train-images-idx3-ubyte");
        Files.write(images, idx(0x803, new int[] {2, 28, 28}, 784));
        assertThatThrownBy(() -> MnistDataset.read(folder))
                .hasMessageContaining("1568 bytes")
                .hasMessageContaining("784");
        Files.write(images, idx(0xd03, new int[] {2, 28, 28}, 2 * 784));
        assertThatThrownBy(() -> MnistDataset.read(folder)).hasMessageContaining("magic number 0x00000d03");
        Files.write(images, idx(0x803, new int[] {2, 20, 28}, 2 * 560));
        assertThatThrownBy(() -> MnistDataset.read(folder))
                .hasMessageContaining("records x 28 x 28, expected, found dimensions [2, 20, 28]");
        Files.write(images, idx(0x803, new int[] {3, 28, 28}, 3 * 784));
        assertThatThrownBy(() -> MnistDataset.read(folder)).hasMessageContaining("3 labels, as there are images");
        Files.write(images, new byte[7]);
        assertThatThrownBy(() -> MnistDataset.read(folder)).hasMessageContaining("found 7 bytes");
    }

    private static byte[] idx(int magic, int[] dimensions, int values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values);
        bytes.putInt(magic);
        Arrays.stream(dimensions).forEach(bytes::putInt);
        return bytes.array();
    }

    private static Path data(String name) {
        SharedFolder.require("data/" + name);
        return SharedFolder.require("data");
    }

    private static int[] counts(Dataset dataset) {
        int[] counts = new int[dataset.classes()];
        Arrays.stream(dataset.labels()).forEach(label -> counts[label]++);
        return counts;
    }

    /** Mean and standard deviation of some features over all records. */
    private static double[] moments(Dataset dataset, int from, int to) {
        double sum = 0;
        double squares = 0;
        double[] row = new double[dataset.width()];
        for (int i = 0; i < dataset.size(); i++) {
            dataset.rows().row(i, row);
            for (int feature = from; feature < to; feature++) {
                sum += row[feature];
                squares += row[feature] * row[feature];
            }
        }
        double n = (double) dataset.size() * (to - from);
        return new double[] {sum / n, Math.sqrt(squares / n - sum / n * (sum / n))};
    }
}
