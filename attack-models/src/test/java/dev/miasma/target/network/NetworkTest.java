// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {

    @Test
    void a_dense_network_computes_what_its_formula_says() {
        Network network = new Network(List.of(
                new DenseLayer(new float[][] {{1, -2}, {0.5f, 3}}, new float[] {0.25f, -1}, Activation.TANH),
                new DenseLayer(new float[][] {{2}, {-1}}, new float[] {0.5f}, Activation.NONE)));

        float[] logits = network.logits(new double[] {1, 0.5});

        assertThat(logits[0]).isEqualTo((float) (0.5 + 2 * Math.tanh(1.5) - Math.tanh(-1.5)), within(1e-6f));
    }

    @Test
    void a_convolution_pads_rectifies_pools_and_drops_the_odd_row() {
        // One filter of 3 x 3 that sums its square, over a 3 x 5 image of ones: 4 6 6 6 4 / 6 9 9 9 6 / 4 6 6 6 4.
        float[][] ones = new float[9][1];
        Arrays.stream(ones).forEach(row -> row[0] = 1);
        ConvolutionLayer layer = new ConvolutionLayer(1, 3, 5, 3, 1, ones, new float[] {-8});
        float[] image = new float[15];
        Arrays.fill(image, 1);

        assertThat(layer.apply(image)).containsExactly(1, 1);
        assertThat(new ConvolutionLayer(1, 3, 5, 3, 1, ones, new float[] {-9.5f}).apply(image))
                .containsExactly(0, 0);
        assertThat(layer.outputs()).isEqualTo(2);
    }

    @Test
    void a_network_survives_the_way_through_a_file(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("network");
        Network network = Network.convolutional(2, 14, 12, 6, 3, 9);

        NetworkFile.write(network, file);
        Network read = NetworkFile.read(file);

        double[] x = new Random(1).doubles(network.inputs()).toArray();
        assertThat(read.logits(x)).containsExactly(network.logits(x));
        assertThat(read.inputs()).isEqualTo(2 * 14 * 12);
        assertThat(read.outputs()).isEqualTo(3);
    }

    @Test
    void a_damaged_file_is_refused_and_named(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("network");
        NetworkFile.write(Network.fullyConnected(3, 4, Activation.RELU, 2, 1), file);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(3);

        for (int i = 0; i < 2000; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int edits = random.nextInt(3); edits > 0 && damaged.length > 0; edits--) {
                damaged[random.nextInt(Math.min(damaged.length, 40))] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try {
                assertThat(NetworkFile.read(file).logits(new double[3])).hasSizeGreaterThan(0);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining(file + " is no network: ");
            }
        }
    }

    @Test
    void layers_that_do_not_fit_are_refused() {
        DenseLayer last = new DenseLayer(new float[2][3], new float[3], Activation.NONE);
        assertThatThrownBy(() -> new Network(List.of(last, last))).hasMessageContaining("layer 1 takes 2 values; 3");
        assertThatThrownBy(() -> new Network(List.of())).hasMessageContaining("layers are 0");
        assertThatThrownBy(() -> new Network(List.of(new DenseLayer(new float[1][1], new float[1], Activation.TANH))))
                .hasMessageContaining("without activation");
        assertThatThrownBy(() -> new DenseLayer(new float[][] {{Float.NaN}}, new float[1], Activation.NONE))
                .hasMessageContaining("weights[0][0] is NaN");
        assertThatThrownBy(() -> Network.convolutional(1, 8, 8, 4, 2, 1)).hasMessageContaining("image is");
        assertThatThrownBy(() ->
                        Network.fullyConnected(3, 4, Activation.TANH, 2, 1).logits(new double[2]))
                .hasMessageContaining("2 features; 3 needed");
        assertThatThrownBy(() -> NetworkOptions.PAPER.withDropout(0, 1)).hasMessageContaining("hidden dropout is 1.0");
        assertThatThrownBy(() -> NetworkOptions.PAPER.withEpochs(0)).hasMessageContaining("epochs is 0");
    }

    @Test
    void without_its_libraries_the_trainer_says_what_is_missing() {
        NetworkTrainingUnavailableException noClasses =
                new NetworkTrainingUnavailableException(new NoClassDefFoundError("ai/djl/engine/Engine"));
        NetworkTrainingUnavailableException noNatives = new NetworkTrainingUnavailableException(
                new IllegalStateException("wrapped", new IOException("no native library\nand more")));

        assertThat(noClasses.getMessage())
                .contains("DJL 0.35.1 and PyTorch 2.7.1", "there is no ai.djl.engine.Engine")
                .doesNotContain("\n");
        assertThat(noNatives.getMessage()).endsWith(": no native library");
    }
}
