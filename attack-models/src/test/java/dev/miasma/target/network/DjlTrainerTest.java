// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.Features;
import dev.miasma.dataset.LocationDataset;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.dataset.Split;
import dev.miasma.fixtures.SharedFolder;
import dev.miasma.fixtures.Trainers;
import dev.miasma.target.Overfitting;
import dev.miasma.target.TargetModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class DjlTrainerTest {

    private static final NetworkOptions SHORT = NetworkOptions.PAPER.withEpochs(5);
    private static final Dataset DATA = PurchaseLike.generate(3, 400, 50, 8, 0.3);

    private NetworkTrainer trainer;

    @BeforeAll
    void load() {
        trainer = Trainers.requireNetworks();
    }

    @Test
    void the_same_seed_gives_the_same_weights_whatever_other_threads_do() throws Exception {
        NetworkOptions options = SHORT.withDropout(0.2, 0.5);
        Network alone = train(options, 1);

        List<Network> together = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Network>> futures = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() -> train(options, i % 2 == 0 ? 1 : 10 + i)))
                    .toList();
            for (Future<Network> future : futures) {
                together.add(future.get());
            }
        }

        assertThat(together.get(0).weights(0)).isDeepEqualTo(alone.weights(0));
        assertThat(together.get(2).weights(1)).isDeepEqualTo(alone.weights(1));
        assertThat(together.get(4).biases(1)).containsExactly(alone.biases(1));
        assertThat(together.get(1).weights(0)[0]).isNotEqualTo(alone.weights(0)[0]);
    }

    @Test
    void garbage_collection_changes_nothing() {
        Network initial = Network.fullyConnected(DATA.width(), 64, Activation.RELU, DATA.classes(), 1);
        Network expected = trainer.train(initial, DATA.rows(), DATA.labels(), SHORT, 1);
        AtomicBoolean done = new AtomicBoolean();
        Thread.ofPlatform().daemon().start(() -> {
            while (!done.get()) {
                System.gc();
            }
        });

        try {
            for (int i = 0; i < 5; i++) {
                Network again = trainer.train(initial, DATA.rows(), DATA.labels(), SHORT, 1);

                assertThat(again.weights(0)).isDeepEqualTo(expected.weights(0));
            }
        } finally {
            done.set(true);
        }
    }

    /** Each record has a feature of its own, whose weights only that record can move. */
    @Test
    void every_epoch_trains_on_every_record() {
        int n = 23;
        double[][] x = new double[n][n];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            x[i][i] = 1;
            y[i] = i % 2;
        }
        Network initial = Network.fullyConnected(n, 4, Activation.TANH, 2, 1);

        Network trained = trainer.train(initial, Features.of(x), y, new NetworkOptions(1, 5, 0.01, 0, 0, 0, 0), 1);

        for (int i = 0; i < n; i++) {
            assertThat(trained.weights(0)[i]).as("weights of record %d", i).isNotEqualTo(initial.weights(0)[i]);
        }
    }

    @Test
    void a_fully_connected_network_answers_in_java_as_in_pytorch() {
        Network network = train(SHORT, 1);

        assertThat(largestDifference(network, DATA.features())).isLessThan(1e-5);
    }

    @Test
    void a_convolutional_network_learns_and_answers_in_java_as_in_pytorch() {
        Dataset images = images(300);
        NetworkTarget target =
                (NetworkTarget) NetworkTarget.convolutional(trainer, 3, 17, 16, NetworkOptions.PAPER.withEpochs(4))
                        .train(images, 1);

        assertThat(target.accuracy(images)).isGreaterThan(0.9);
        assertThat(largestDifference(target.network(), images.features())).isLessThan(1e-5);
    }

    @Test
    void l2_shrinks_weights_and_early_stopping_goes_back_to_the_best_epoch() {
        double free = size(train(SHORT.withEpochs(30), 1));
        double shrunk = size(train(SHORT.withEpochs(30).withL2(0.01), 1));
        Network stopped = train(SHORT.withEpochs(80).withPatience(2), 1);

        assertThat(shrunk).isLessThan(0.7 * free);
        assertThat(size(stopped)).isLessThan(size(train(SHORT.withEpochs(80), 1)));
    }

    @Test
    void records_and_labels_that_do_not_fit_are_refused() {
        Network network = Network.fullyConnected(3, 4, Activation.TANH, 2, 1);
        double[][] x = {{1, 0, 1}, {0, 1, 0}};

        assertThatThrownBy(() -> trainer.train(network, Features.of(x), new int[] {0, 2}, SHORT, 1))
                .hasMessageContaining("label 1 is 2; 0 to 1 needed");
        assertThatThrownBy(() -> trainer.train(network, Features.of(x), new int[] {0}, SHORT, 1))
                .hasMessageContaining("records are 2 and labels 1");
        assertThatThrownBy(() -> trainer.train(network, Features.of(new double[2][5]), new int[2], SHORT, 1))
                .hasMessageContaining("records have 5 features; 3 needed");
    }

    @Test
    void the_papers_network_overfits_location() throws IOException {
        Split split = Split.of(LocationDataset.read(SharedFolder.require("data")), 1, 1200, 1200);

        TargetModel plain = NetworkTarget.fullyConnected(trainer, NetworkOptions.PAPER.withEpochs(100))
                .train(split.part(0), 1);
        TargetModel dropout = NetworkTarget.fullyConnected(trainer, NetworkOptions.PAPER.withDropout(0.5, 0.5))
                .train(split.part(0), 1);

        Overfitting free = Overfitting.of(plain, split.part(0), split.part(1));
        Overfitting regular = Overfitting.of(dropout, split.part(0), split.part(1));
        System.out.println("Location network: " + free + "; with dropout: " + regular);
        assertThat(free.trainAccuracy()).isGreaterThan(0.995);
        assertThat(free.testAccuracy()).isBetween(0.54, 0.66);
        assertThat(regular.gap()).isLessThan(free.gap());
    }

    private Network train(NetworkOptions options, long seed) {
        return ((NetworkTarget) NetworkTarget.fullyConnected(trainer, options).train(DATA, seed)).network();
    }

    private static double largestDifference(Network network, double[][] records) {
        double largest = 0;
        try (DjlRun run = new DjlRun(network, SHORT, 1)) {
            float[] torch = run.logits(Features.of(records));
            for (int i = 0; i < records.length; i++) {
                float[] java = network.logits(records[i]);
                for (int c = 0; c < java.length; c++) {
                    largest = Math.max(largest, Math.abs(java[c] - torch[i * java.length + c]));
                }
            }
        }
        return largest;
    }

    /** Two classes: a bright square in the upper or in the lower half, of a size that the pooling has to cut. */
    private static Dataset images(int n) {
        Random random = new Random(5);
        double[][] x = new double[n][3 * 17 * 16];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(2);
            for (int p = 0; p < x[i].length; p++) {
                boolean square = p / 16 % 17 / 9 == y[i] && p % 16 < 8;
                x[i][p] = 0.3 * random.nextGaussian() + (square ? 0.5 : 0);
            }
        }
        return new Dataset("squares", x, y, 2, true);
    }

    private static double size(Network network) {
        double sum = 0;
        for (float[] row : network.weights(0)) {
            for (float w : row) {
                sum += w * w;
            }
        }
        return sum;
    }
}
