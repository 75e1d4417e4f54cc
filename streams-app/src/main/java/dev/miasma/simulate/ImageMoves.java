// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import dev.miasma.simulate.FeatureKind.Image;

/** Images moved about. What comes in from outside is the nearest pixel of the border. */
final class ImageMoves {
    private ImageMoves() {}

    /** Where a pixel of the moved image comes from. */
    private interface Source {
        double row(int row, int column);

        double column(int row, int column);
    }

    /** Shifted by whole pixels, down and to the right. */
    static double[] shifted(Image shape, double[] image, int down, int right) {
        return moved(shape, image, new Source() {
            @Override
            public double row(int row, int column) {
                return row - down;
            }

            @Override
            public double column(int row, int column) {
                return column - right;
            }
        });
    }

    /** Turned clockwise about its middle. */
    static double[] rotated(Image shape, double[] image, double degrees) {
        double sine = Math.sin(Math.toRadians(degrees));
        double cosine = Math.cos(Math.toRadians(degrees));
        double middleRow = (shape.height() - 1) / 2.0;
        double middleColumn = (shape.width() - 1) / 2.0;
        return moved(shape, image, new Source() {
            @Override
            public double row(int row, int column) {
                return middleRow + cosine * (row - middleRow) - sine * (column - middleColumn);
            }

            @Override
            public double column(int row, int column) {
                return middleColumn + sine * (row - middleRow) + cosine * (column - middleColumn);
            }
        });
    }

    /** Left and right exchanged. */
    static double[] mirrored(Image shape, double[] image) {
        return moved(shape, image, new Source() {
            @Override
            public double row(int row, int column) {
                return row;
            }

            @Override
            public double column(int row, int column) {
                return shape.width() - 1 - column;
            }
        });
    }

    private static double[] moved(Image shape, double[] image, Source source) {
        int plane = shape.height() * shape.width();
        if (image.length != shape.channels() * plane) {
            throw new IllegalArgumentException(
                    "a record has " + image.length + " features: " + shape.channels() * plane + " make " + shape);
        }
        double[] moved = new double[image.length];
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                int fromRow = Math.clamp(Math.round(source.row(row, column)), 0, shape.height() - 1);
                int fromColumn = Math.clamp(Math.round(source.column(row, column)), 0, shape.width() - 1);
                for (int channel = 0; channel < shape.channels(); channel++) {
                    int offset = channel * plane;
                    moved[offset + row * shape.width() + column] = image[offset + fromRow * shape.width() + fromColumn];
                }
            }
        }
        return moved;
    }
}
