// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads features as they stream by, in one pass to two ends: the hash of the record, and its features laid flat for the
 * locality fingerprint. Numbers count as 32-bit floats in both. Not thread-safe.
 */
final class FeatureReader {
    /** More than the parser lets through. */
    private static final int MAX_DEPTH = 66;

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final KeyedHash hash;
    private final KeyedHash local;
    private final Features features;

    /** By depth: the place of the container, and the index of its next element, or -1 in an object. */
    private final long[] base = new long[MAX_DEPTH];

    private final int[] next = new int[MAX_DEPTH];
    private long named;
    private int depth;

    /**
     * @param hash of the record
     * @param local of names and texts within a locality fingerprint
     * @param features to be filled
     */
    FeatureReader(KeyedHash hash, KeyedHash local, Features features) {
        this.hash = hash;
        this.local = local;
        this.features = features;
    }

    /**
     * Reads one value, however deep.
     *
     * @param token the parser's current token, the value's first
     * @return the hash of the record
     */
    long read(JsonToken token, JsonParser parser) throws IOException {
        hash.reset();
        features.clear();
        depth = 0;
        named = 0;
        JsonToken current = token;
        do {
            take(current, parser);
        } while (depth > 0 && (current = parser.nextToken()) != null);
        features.arrange();
        return hash.value();
    }

    private void take(JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case START_ARRAY, START_OBJECT -> {
                hash.add((long) token.id());
                long place = place();
                depth++;
                base[depth] = place;
                next[depth] = token == JsonToken.START_ARRAY ? 0 : -1;
                if (token == JsonToken.START_OBJECT) {
                    features.setNamed();
                }
            }
            case END_ARRAY, END_OBJECT -> {
                hash.add((long) token.id());
                depth--;
            }
            case FIELD_NAME -> {
                String name = parser.currentName();
                hash.add(name);
                named = local.reset().add(name).value();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                float number = (float) parser.getDoubleValue();
                hash.addFeature(number);
                features.addNumber(place(), number);
            }
            case VALUE_STRING -> {
                String text = parser.getText();
                hash.add(text);
                features.addCode(place(), local.reset().add(text).value());
            }
            default -> {
                hash.add((long) token.id());
                features.addCode(place(), token.id());
            }
        }
    }

    /** Where the next value of the current container stands. */
    private long place() {
        if (depth == 0) {
            return 0;
        }
        long step = next[depth] < 0 ? named : next[depth]++;
        long mixed = (Long.rotateLeft(base[depth], 23) ^ step) * MIX;
        return mixed ^ mixed >>> 32;
    }
}
