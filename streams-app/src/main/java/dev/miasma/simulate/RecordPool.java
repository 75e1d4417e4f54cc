// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Random;

/** Hands out the records of a pool in random order, each once, then from the start again. */
final class RecordPool {
    private final double[][] records;
    private final int[] order;
    private int next;
    private boolean through;

    RecordPool(double[][] records, Random random) {
        if (records.length == 0) {
            throw new IllegalArgumentException("no records to ask about");
        }
        this.records = records;
        order = new int[records.length];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    double[] next() {
        double[] record = records[order[next]];
        next = (next + 1) % order.length;
        through |= next == 0;
        return record;
    }

    /** Whether every record has been handed out. */
    boolean isThrough() {
        return through;
    }
}
