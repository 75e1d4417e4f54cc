// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.app.SharedData;
import dev.miasma.config.FeatureSettings;
import dev.miasma.config.PictureSize;
import dev.miasma.dataset.CifarDataset;
import dev.miasma.dataset.LocationDataset;
import dev.miasma.dataset.MnistDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How near copies of real records are, and how near different ones. The figures are in the decision on fingerprints. */
class LocalityDataTest {
    private static final Logger LOG = LoggerFactory.getLogger(LocalityDataTest.class);
    private static final int PAIRS = 200_000;

    private final Random random = new Random(20261122);

    /** The records with their dark border, shifted, turned and with noise. */
    private record Copies(double shift1, double shift2, double turn5, double noise, double benign) {}

    private Copies pictures(String name, PictureSize size, List<double[]> pictures, double bright) {
        var near = new Near(new FeatureSettings(size, null));
        var copies = new Copies(
                near.recall(pictures, p -> shifted(p, size, 0, 1)),
                near.recall(pictures, p -> shifted(p, size, 2, 0)),
                near.recall(pictures, p -> turned(p, size, 5)),
                near.recall(pictures, p -> noisy(p, 0.05 * bright)),
                near.benign(pictures, PAIRS, random));
        LOG.info("{}: {}", name, copies);
        return copies;
    }

    private static double[] shifted(double[] picture, PictureSize size, int down, int right) {
        return moved(picture, size, (y, x) -> new double[] {y - down, x - right});
    }

    private static double[] turned(double[] picture, PictureSize size, double degrees) {
        double sin = Math.sin(Math.toRadians(degrees));
        double cos = Math.cos(Math.toRadians(degrees));
        double middle = (size.height() - 1) / 2.0;
        return moved(picture, size, (y, x) -> new double[] {
            middle + (y - middle) * cos - (x - middle) * sin, middle + (y - middle) * sin + (x - middle) * cos
        });
    }

    /** Where a pixel comes from. */
    private interface Source {
        double[] of(int y, int x);
    }

    private static double[] moved(double[] picture, PictureSize size, Source source) {
        double[] moved = new double[picture.length];
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                double[] from = source.of(y, x);
                int top = (int) Math.floor(from[0]);
                int left = (int) Math.floor(from[1]);
                for (int corner = 0; corner < 4; corner++) {
                    int v = top + corner / 2;
                    int u = left + corner % 2;
                    double weight = (1 - Math.abs(from[0] - v)) * (1 - Math.abs(from[1] - u));
                    if (v >= 0 && v < size.height() && u >= 0 && u < size.width()) {
                        for (int c = 0; c < size.channels(); c++) {
                            moved[(y * size.width() + x) * size.channels() + c] +=
                                    weight * picture[(v * size.width() + u) * size.channels() + c];
                        }
                    }
                }
            }
        }
        return moved;
    }

    private double[] noisy(double[] picture, double deviation) {
        return Arrays.stream(picture)
                .map(p -> p + deviation * random.nextGaussian())
                .toArray();
    }

    private static double[] channelsLast(double[] planes) {
        int pixels = planes.length / 3;
        double[] picture = new double[planes.length];
        for (int i = 0; i < planes.length; i++) {
            picture[i % pixels * 3 + i / pixels] = planes[i];
        }
        return picture;
    }

    @Test
    void finds_shifted_turned_and_noisy_digits() throws IOException {
        var digits = MnistDataset.read(SharedData.require("mnist")).test().range(0, 3000);

        Copies copies =
                pictures("mnist", new PictureSize(28, 28, 1), List.of(digits.features()), max(digits.features()));

        assertThat(copies.shift1).isGreaterThan(0.95);
        assertThat(copies.shift2).isGreaterThan(0.75);
        assertThat(copies.turn5).isGreaterThan(0.8);
        assertThat(copies.noise).isGreaterThan(0.95);
        assertThat(copies.benign).isLessThan(0.006);
    }

    @Test
    void finds_shifted_turned_and_noisy_photographs() throws IOException {
        double[][] photographs =
                CifarDataset.read10(SharedData.require("cifar10")).test().features();
        List<double[]> pictures =
                Arrays.stream(photographs).map(LocalityDataTest::channelsLast).toList();

        Copies copies = pictures("cifar10", new PictureSize(32, 32, 3), pictures, max(photographs));

        assertThat(copies.shift1).isGreaterThan(0.9);
        assertThat(copies.turn5).isGreaterThan(0.85);
        assertThat(copies.noise).isGreaterThan(0.95);
        assertThat(copies.benign).isLessThan(0.004);
    }

    @Test
    void a_picture_is_near_whatever_the_scale_of_its_pixels() throws IOException {
        var digits = MnistDataset.read(SharedData.require("mnist")).test().range(0, 300);
        var near = new Near(new FeatureSettings(new PictureSize(28, 28, 1), null));

        assertThat(near.recall(
                        List.of(digits.features()),
                        p -> Arrays.stream(p).map(v -> v * 255 - 3).toArray()))
                .isEqualTo(1);
    }

    @Test
    void measures_check_ins() throws IOException {
        List<double[]> records =
                List.of(LocationDataset.read(SharedData.require("location")).features());
        var near = new Near(FeatureSettings.unknown());

        double one = near.recall(records, record -> flipped(record, 1));
        double four = near.recall(records, record -> flipped(record, 4));
        double benign = near.benign(records, PAIRS, random);

        LOG.info("location: flip 1 {}, flip 4 {}, benign {}", one, four, benign);
        assertThat(one).isEqualTo(1);
        assertThat(four).isGreaterThan(0.999);
    }

    private double[] flipped(double[] record, int count) {
        double[] flipped = record.clone();
        for (int i = 0; i < count; i++) {
            int feature = random.nextInt(record.length);
            flipped[feature] = 1 - flipped[feature];
        }
        return flipped;
    }

    @Test
    void finds_census_records_of_which_one_column_was_changed() throws IOException {
        List<List<String>> rows = adult();
        double[] recall = new double[4];
        for (int changes = 1; changes < recall.length; changes++) {
            int count = changes;
            recall[changes] = share(rows, row -> changed(row, rows, count));
        }
        double benign = benign(rows);

        LOG.info("adult: {}, benign {}", Arrays.toString(recall), benign);
        assertThat(recall[1]).isGreaterThan(0.95);
        assertThat(benign).isLessThan(0.01);
    }

    private List<List<String>> adult() throws IOException {
        try (var lines = Files.lines(SharedData.require("adult").resolve("adult/adult.data"))) {
            return lines.filter(line -> line.contains(","))
                    .limit(4000)
                    .map(line -> Arrays.asList(line.split(", ")).subList(0, 14))
                    .toList();
        }
    }

    private List<String> changed(List<String> row, List<List<String>> rows, int count) {
        List<String> changed = new ArrayList<>(row);
        List<Integer> columns = new ArrayList<>(IntStream.range(0, 14).boxed().toList());
        Collections.shuffle(columns, random);
        for (int column : columns.subList(0, count)) {
            String other;
            do {
                other = rows.get(random.nextInt(rows.size())).get(column);
            } while (other.equals(row.get(column)));
            changed.set(column, other);
        }
        return changed;
    }

    private static long[] locality(EventDecoder decoder, List<String> row) {
        String features =
                row.stream().map(v -> v.matches("\\d+") ? v : '"' + v + '"').collect(Collectors.joining(",", "[", "]"));
        return Objects.requireNonNull(Events.prediction(decoder, Events.event("features", features), Events.arrival())
                .locality());
    }

    private static double share(List<List<String>> rows, UnaryOperator<List<String>> change) {
        EventDecoder decoder = Events.decoder();
        return rows.stream()
                .mapToInt(row -> Near.equalBands(locality(decoder, row), locality(decoder, change.apply(row))))
                .mapToDouble(bands -> bands >= Near.ENOUGH ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private double benign(List<List<String>> rows) {
        EventDecoder decoder = Events.decoder();
        List<long[]> bands = rows.stream().map(row -> locality(decoder, row)).toList();
        int near = 0;
        for (int i = 0; i < PAIRS; i++) {
            int one = random.nextInt(rows.size());
            int other = (one + 1 + random.nextInt(rows.size() - 1)) % rows.size();
            near += Near.equalBands(bands.get(one), bands.get(other)) >= Near.ENOUGH ? 1 : 0;
        }
        return (double) near / PAIRS;
    }

    private static double max(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).max().orElseThrow();
    }
}
