// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.PictureSize;
import java.util.Arrays;

/**
 * Shrinks pictures to 8 x 8 cells a channel, in units of their contrast, so that a shift by a pixel, a turn by some
 * degrees or noise changes each cell by little. Every cell is a mean weighted like a tent, which reaches into its
 * neighbours. A picture on a plain ground is first moved to where its centre of mass is in the middle: a shift then
 * changes nothing at all, and its cells can be finer.
 *
 * <p>Not thread-safe.
 */
final class Picture {
    private static final int SIDE = 8;

    /** A ground is plain where its variance is below this share of the mean square distance of all pixels from it. */
    private static final double PLAIN = 0.06;

    /** Width of a cell in standard deviations of the picture. */
    private static final double WIDTH_PLAIN = 1.8;

    private static final double WIDTH = 5;

    private final int height;
    private final int width;
    private final int channels;
    private final double[] ground;
    private final float[] cells;
    private final double[] row;
    private float[] pixels = new float[0];

    Picture(PictureSize size) {
        height = size.height();
        width = size.width();
        channels = size.channels();
        ground = new double[channels];
        row = new double[SIDE * channels];
        cells = new float[SIDE * SIDE * channels];
    }

    /** Numbers a picture. */
    int length() {
        return height * width * channels;
    }

    /**
     * The cells of a picture, in units of a cell's width.
     *
     * @param picture row by row, the channels of a pixel together; the first {@link #length} numbers count
     * @return this object's buffer, valid until the next call
     */
    float[] cells(float[] picture) {
        pixels = picture;
        double mean = 0;
        for (int i = 0; i < length(); i++) {
            mean += picture[i];
        }
        mean /= length();
        double square = 0;
        for (int i = 0; i < length(); i++) {
            square += (picture[i] - mean) * (picture[i] - mean);
        }
        double deviation = Math.sqrt(square / length()) + 1e-9;
        double[] centre = centreOnPlainGround();
        double scale = 1 / (deviation * (centre.length == 0 ? WIDTH : WIDTH_PLAIN));
        pool(centre.length == 0 ? new double[2] : centre, mean, scale);
        return cells;
    }

    /** How far the centre of mass is from the middle, down and to the right; empty where the ground is not plain. */
    private double[] centreOnPlainGround() {
        double variance = ground();
        double mass = 0;
        double down = 0;
        double right = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double weight = distance(y, x);
                mass += weight;
                down += weight * (y - (height - 1) / 2.0);
                right += weight * (x - (width - 1) / 2.0);
            }
        }
        boolean plain = mass > 0 && variance < PLAIN * mass / (height * width);
        return plain ? new double[] {down / mass, right / mass} : new double[0];
    }

    /** Takes the mean of the outermost pixels for the ground and gives their variance. */
    private double ground() {
        Arrays.fill(ground, 0);
        int edge = 2 * (height + width) - 4;
        double variance = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int y = 0; y < height; y++) {
                int step = y == 0 || y == height - 1 ? 1 : width - 1;
                for (int x = 0; x < width; x += step) {
                    if (pass == 0) {
                        for (int c = 0; c < channels; c++) {
                            ground[c] += pixel(y, x, c) / edge;
                        }
                    } else {
                        variance += distance(y, x) / edge;
                    }
                }
            }
        }
        return variance;
    }

    private double distance(int y, int x) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            double difference = pixel(y, x, c) - ground[c];
            sum += difference * difference;
        }
        return sum;
    }

    private void pool(double[] centre, double mean, double scale) {
        Arrays.fill(cells, 0);
        double area = (double) height / SIDE * width / SIDE;
        for (int y = 0; y < height; y++) {
            double v = (y - centre[0] + 0.5) / height * SIDE - 0.5;
            poolRow(y, centre[1], mean, scale / area);
            int first = (int) Math.floor(v);
            addRow(first, 1 - (v - first));
            addRow(first + 1, v - first);
        }
    }

    private void poolRow(int y, double right, double mean, double scale) {
        Arrays.fill(row, 0);
        for (int x = 0; x < width; x++) {
            double u = (x - right + 0.5) / width * SIDE - 0.5;
            int first = (int) Math.floor(u);
            for (int c = 0; c < channels; c++) {
                double value = (pixel(y, x, c) - mean) * scale;
                if (first >= 0 && first < SIDE) {
                    row[first * channels + c] += value * (1 - (u - first));
                }
                if (first >= -1 && first < SIDE - 1) {
                    row[(first + 1) * channels + c] += value * (u - first);
                }
            }
        }
    }

    private void addRow(int y, double weight) {
        if (y >= 0 && y < SIDE) {
            for (int i = 0; i < row.length; i++) {
                cells[y * row.length + i] += (float) (row[i] * weight);
            }
        }
    }

    private double pixel(int y, int x, int channel) {
        return pixels[(y * width + x) * channels + channel];
    }
}
