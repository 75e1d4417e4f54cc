// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;

/**
 * Images: an unsigned byte a feature, 0 to 255, given out as 0 to 1.
 *
 * @param bytes all records, one after the other
 * @param width features of a record
 * @param starts where each record starts in {@code bytes}
 */
@SuppressWarnings("ArrayRecordComponent") // large, and nobody compares them
record ByteFeatures(byte[] bytes, int width, int[] starts) implements Features {

    private static final double WHITE = 255;

    /** All records that lie one after the other in these bytes. */
    static ByteFeatures of(byte[] bytes, int width) {
        int[] starts = new int[bytes.length / width];
        Arrays.setAll(starts, i -> i * width);
        return new ByteFeatures(bytes, width, starts);
    }

    @Override
    public int size() {
        return starts.length;
    }

    @Override
    public void row(int index, double[] out) {
        int start = starts[index];
        for (int i = 0; i < width; i++) {
            out[i] = (bytes[start + i] & 0xff) / WHITE;
        }
    }

    @Override
    public Features subset(int[] indices) {
        return new ByteFeatures(
                bytes, width, Arrays.stream(indices).map(i -> starts[i]).toArray());
    }
}
