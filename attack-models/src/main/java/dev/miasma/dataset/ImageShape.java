// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

/**
 * What the features of an image are: plane by plane, row by row.
 *
 * @param channels planes, 3 for colours
 * @param height in pixels
 * @param width in pixels
 */
public record ImageShape(int channels, int height, int width) {

    /** Number of features. */
    public int features() {
        return channels * height * width;
    }
}
