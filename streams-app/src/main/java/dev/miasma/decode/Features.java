// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The features of one query, laid flat: every number, text, truth value and null of its JSON, the first ones up to a
 * limit. One object, filled again for each event. Not thread-safe.
 */
final class Features {
    private final int limit;
    private float[] values = new float[256];

    /** The hash of what is not a number; 0 for numbers. */
    private long[] codes = new long[256];

    /** Where a feature stands: a hash of the names and indices on the way to it. */
    private long[] places = new long[256];

    private int count;
    private int numbers;
    private boolean named;

    /** The order by place, and the places it was made for: the events of an endpoint have their fields in one order. */
    private int[] order = new int[0];

    private long[] orderedPlaces = new long[0];

    /** @param limit features that are kept at most */
    Features(int limit) {
        this.limit = limit;
    }

    void clear() {
        count = 0;
        numbers = 0;
        named = false;
    }

    void addNumber(long place, float value) {
        if (grow()) {
            numbers++;
            set(place, value, 0);
        }
    }

    void addCode(long place, long code) {
        if (grow()) {
            set(place, 0, code == 0 ? 1 : code);
        }
    }

    /** From here on the features count by their names, in whatever order they come. */
    void setNamed() {
        named = true;
    }

    int count() {
        return count;
    }

    /** Whether they count by their names. */
    boolean isNamed() {
        return named;
    }

    /** Whether these are nothing but numbers in arrays. */
    boolean isVector() {
        return !named && numbers == count;
    }

    /** The numbers in the order they came; the first {@link #count} are valid. */
    float[] values() {
        return values;
    }

    /** Settles which feature is the first and so on, once an event is read. */
    void arrange() {
        if (!named || (orderedPlaces.length == count && Arrays.equals(orderedPlaces, 0, count, places, 0, count))) {
            return;
        }
        orderedPlaces = Arrays.copyOf(places, count);
        order = IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Long.compare(places[a], places[b]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** The value of the {@code i}-th feature. */
    float value(int i) {
        return values[named ? order[i] : i];
    }

    /** The code of the {@code i}-th feature, 0 for a number. */
    long code(int i) {
        return codes[named ? order[i] : i];
    }

    private boolean grow() {
        if (count == limit) {
            return false;
        }
        if (count == values.length) {
            int length = (int) Math.min(limit, 2L * count);
            values = Arrays.copyOf(values, length);
            codes = Arrays.copyOf(codes, length);
            places = Arrays.copyOf(places, length);
        }
        return true;
    }

    private void set(long place, float value, long code) {
        values[count] = value;
        codes[count] = code;
        places[count++] = place;
    }
}
