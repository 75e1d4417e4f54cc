// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * Measured values of several rounds, of which the median counts and the least and the most are told beside it.
 *
 * @param values at least one, in the order of the rounds
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Samples(double[] values) {
    Samples {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values: at least one round is needed");
        }
        values = values.clone();
    }

    /** The quotients of two, round by round: what disturbs a round disturbs both. */
    static Samples ratio(Samples over, Samples under) {
        double[] ratios = new double[over.values.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = over.values[i] / under.values[i];
        }
        return new Samples(ratios);
    }

    /** Each value over one and the same. */
    Samples over(double under) {
        double[] ratios = new double[values.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = values[i] / under;
        }
        return new Samples(ratios);
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return sorted()[0];
    }

    double most() {
        return sorted()[values.length - 1];
    }

    private double[] sorted() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Puts median, least and most under a name. */
    void describe(ObjectNode json, String name) {
        json.putObject(name).put("median", median()).put("least", least()).put("most", most());
    }
}
