// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import dev.miasma.simulate.FeatureKind.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is asked about one target record.
 *
 * @param count queries for each record, at least 1
 * @param maker of each
 */
record Copies(int count, Maker maker) {

    /** Makes the copy of this number, from 0, of a record. */
    @FunctionalInterface
    interface Maker {
        double[] copy(double[] record, int number, Random random);
    }

    /** One way to move an image. */
    @FunctionalInterface
    private interface Move {
        double[] apply(double[] image);
    }

    /** The record itself, once: score-based attacks. */
    static Copies once() {
        return repeats(1);
    }

    /** The record itself again and again. */
    static Copies repeats(int count) {
        return new Copies(count, (record, number, random) -> record);
    }

    /** The record itself, then copies with noise. */
    static Copies noisy(FeatureKind kind, int count, double noise) {
        return new Copies(count, (record, number, random) -> number == 0 ? record : kind.noisy(record, noise, random));
    }

    /**
     * The record, shifted by all of |i| + |j| = d pixels and turned by -r to r steps: 4d + 1 or 2r + 1 queries
     * (Choquette-Choo et al. 2021, section 4).
     *
     * @param shift d; 0 for none
     * @param rotations r; 0 for none
     * @param degrees by which the furthest is turned
     */
    static Copies moved(Image shape, int shift, int rotations, double degrees) {
        List<Move> moves = new ArrayList<>(List.of(image -> image));
        for (int i = -shift; i <= shift; i++) {
            int down = i;
            int right = shift - Math.abs(i);
            if (shift > 0) {
                moves.add(image -> ImageMoves.shifted(shape, image, down, right));
            }
            if (right > 0) {
                moves.add(image -> ImageMoves.shifted(shape, image, down, -right));
            }
        }
        for (int step = 1; step <= rotations; step++) {
            double angle = degrees * step / rotations;
            moves.add(image -> ImageMoves.rotated(shape, image, angle));
            moves.add(image -> ImageMoves.rotated(shape, image, -angle));
        }
        return of(moves);
    }

    /**
     * What LiRA asks: the record, its mirror image, both shifted by a pixel (Carlini et al. 2022, section VI-C); of what is
     * no image, copies with noise.
     */
    static Copies mirrored(FeatureKind kind, int count, double noise) {
        if (!(kind instanceof Image shape)) {
            return noisy(kind, count, noise);
        }
        return new Copies(count, (record, number, random) -> {
            double[] side = number % 2 == 0 ? record : ImageMoves.mirrored(shape, record);
            // Of the nine places of a 3 x 3 grid the one in the middle comes first.
            int round = number / 2;
            int place = round == 0 ? 4 : round <= 4 ? round - 1 : round;
            return ImageMoves.shifted(shape, side, place / 3 - 1, place % 3 - 1);
        });
    }

    private static Copies of(List<Move> moves) {
        List<Move> all = List.copyOf(moves);
        return new Copies(
                all.size(), (record, number, random) -> all.get(number).apply(record));
    }
}
