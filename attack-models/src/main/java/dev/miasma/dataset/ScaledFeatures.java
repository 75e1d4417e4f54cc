// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

/**
 * Records with each feature moved and scaled as it is asked for: (x - mean) / scale.
 *
 * @param raw the records
 * @param means one a feature
 * @param scales one a feature, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // large, and nobody compares them
record ScaledFeatures(Features raw, double[] means, double[] scales) implements Features {

    @Override
    public int size() {
        return raw.size();
    }

    @Override
    public int width() {
        return raw.width();
    }

    @Override
    public void row(int index, double[] out) {
        raw.row(index, out);
        int width = raw.width();
        for (int i = 0; i < width; i++) {
            out[i] = (out[i] - means[i]) / scales[i];
        }
    }

    @Override
    public Features subset(int[] indices) {
        return new ScaledFeatures(raw.subset(indices), means, scales);
    }
}
