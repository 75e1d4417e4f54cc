// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Small things that every experiment needs. */
final class Rows {

    private Rows() {}

    /** Puts lists of cells, or of column names, one behind the other. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the lists are only read
    static <T> List<T> joined(List<T>... parts) {
        List<T> all = new ArrayList<>();
        Arrays.stream(parts).forEach(all::addAll);
        return all;
    }

    /** The value of a key that is there. */
    static <K, V> V at(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    /** A data set's name for people. */
    static String title(String dataset) {
        return Workbench.entry(dataset).title();
    }

    static List<OptionalDouble> values(DoubleStream values) {
        return values.mapToObj(OptionalDouble::of).toList();
    }

    /** The middle one, or the mean of the two. */
    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /** 0.8725 as "0.873". */
    static String three(double value) {
        return Cell.of(value).text();
    }
}
