// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Hands out the records of a pool, each once, from one end of the distribution slowly to the other, and back: they are
 * ordered along a random direction, each moved about within a window of that order.
 */
final class DriftingPool {
    private final double[][] records;
    private final int[] order;
    private int next;
    private int step = 1;

    /** @param window share of the pool that is asked about at a time, 0 to 1 */
    DriftingPool(double[][] records, double window, Random random) {
        this.records = records;
        double[] direction = random.doubles(records[0].length, -1, 1).toArray();
        double[] along = new double[records.length];
        for (int i = 0; i < along.length; i++) {
            for (int j = 0; j < direction.length; j++) {
                along[i] += records[i][j] * direction[j];
            }
        }
        int[] sorted = sorted(along);
        double[] moved = new double[records.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            moved[sorted[rank]] = rank + random.nextDouble() * window * records.length;
        }
        order = sorted(moved);
    }

    private static int[] sorted(double[] by) {
        return IntStream.range(0, by.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> by[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    double[] next() {
        double[] record = records[order[next]];
        if (next + step < 0 || next + step >= order.length) {
            step = -step;
        }
        next = Math.clamp(next + step, 0, order.length - 1);
        return record;
    }
}
