// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.simulate.FeatureKind.Image;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageMovesTest {
    private static final Image TWO_BY_THREE = new Image(2, 2, 3);
    private static final double[] IMAGE = {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16};

    private static String text(double[] image) {
        return DoubleStream.of(image).mapToObj(value -> "" + (int) value).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        " 0,  0, 1 2 3 4 5 6 11 12 13 14 15 16",
        " 1,  0, 1 2 3 1 2 3 11 12 13 11 12 13",
        "-1,  0, 4 5 6 4 5 6 14 15 16 14 15 16",
        " 0,  1, 1 1 2 4 4 5 11 11 12 14 14 15",
        " 0, -2, 3 3 3 6 6 6 13 13 13 16 16 16",
        " 1,  1, 1 1 2 1 1 2 11 11 12 11 11 12",
    })
    void shifts_every_plane_and_repeats_the_border(int down, int right, String shifted) {
        assertThat(text(ImageMoves.shifted(TWO_BY_THREE, IMAGE, down, right))).isEqualTo(shifted);
    }

    @Test
    void mirrors_left_and_right() {
        assertThat(text(ImageMoves.mirrored(TWO_BY_THREE, IMAGE))).isEqualTo("3 2 1 6 5 4 13 12 11 16 15 14");
    }

    @ParameterizedTest
    @CsvSource({
        "  0, 1 2 3 4 5 6 7 8 9",
        " 90, 7 4 1 8 5 2 9 6 3",
        "-90, 3 6 9 2 5 8 1 4 7",
        "180, 9 8 7 6 5 4 3 2 1",
        "  5, 1 2 3 4 5 6 7 8 9",
    })
    void turns_clockwise_about_the_middle(double degrees, String turned) {
        double[] square = IntStream.rangeClosed(1, 9).asDoubleStream().toArray();

        assertThat(text(ImageMoves.rotated(new Image(1, 3, 3), square, degrees)))
                .isEqualTo(turned);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 5", "2, 0, 9", "0, 1, 3", "0, 3, 7", "1, 2, 9", "0, 0, 1"})
    void augments_by_every_shift_of_one_length_and_by_rotations_to_both_sides(int d, int r, int copies) {
        Image shape = new Image(1, 28, 28);
        double[] image = new Random(1).doubles(28 * 28).toArray();

        Copies augmented = Copies.moved(shape, d, r, 15);
        Set<List<Double>> all = new HashSet<>();
        for (int i = 0; i < augmented.count(); i++) {
            all.add(DoubleStream.of(augmented.maker().copy(image, i, new Random(1)))
                    .boxed()
                    .toList());
        }

        assertThat(augmented.count()).isEqualTo(copies);
        assertThat(all).hasSize(copies);
        assertThat(augmented.maker().copy(image, 0, new Random(1))).isEqualTo(image);
    }

    @Test
    void the_second_query_of_lira_is_the_mirror_image_and_eighteen_are_all_different() {
        Image shape = new Image(1, 28, 28);
        double[] image = new Random(1).doubles(28 * 28).toArray();
        Copies copies = Copies.mirrored(shape, 18, 0.02);
        Set<List<Double>> all = new HashSet<>();
        for (int i = 0; i < 18; i++) {
            all.add(DoubleStream.of(copies.maker().copy(image, i, new Random(1)))
                    .boxed()
                    .toList());
        }

        assertThat(copies.maker().copy(image, 1, new Random(1))).isEqualTo(ImageMoves.mirrored(shape, image));
        assertThat(all).hasSize(18);
    }

    @Test
    void refuses_a_record_that_is_no_such_image() {
        assertThatThrownBy(() -> ImageMoves.mirrored(TWO_BY_THREE, new double[7]))
                .hasMessageContaining("7 features: 12 make");
    }
}
