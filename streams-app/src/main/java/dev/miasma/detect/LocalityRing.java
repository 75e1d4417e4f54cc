// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The locality fingerprints of a subject's last {@value #CAPACITY} new queries, each with the answer's top confidence.
 * Two queries are near when at least {@value #NEAR_BANDS} of their 16 bands of 16 bits are equal. Grows as it fills.
 */
final class LocalityRing {
    static final int CAPACITY = 64;
    static final int NEAR_BANDS = 4;
    private static final int FIRST = 8;
    private static final int WORDS = 4;
    private static final long LOW_15 = 0x7fff_7fff_7fff_7fffL;

    /**
     * All first words, then all second ones and so on, each with room for as many as there are confidences: a query is
     * compared with several at once, by the vector instructions that the compiler makes of {@link #compare}.
     */
    private long[] words = new long[0];

    private float[] confidences = new float[0];
    private int size;
    private int next;

    /** Queries kept. */
    int size() {
        return size;
    }

    /**
     * The kept query nearest to one, the newest of several, or -1 if none is near.
     *
     * @param locality 4 words
     * @param scratch {@value #CAPACITY} words or more, overwritten
     */
    int nearest(long[] locality, long[] scratch) {
        int room = confidences.length;
        compare(words, room, locality, scratch);
        int nearest = -1;
        int most = NEAR_BANDS - 1;
        for (int age = 1; age <= size; age++) {
            int entry = next >= age ? next - age : next - age + room;
            int equal = Long.bitCount(scratch[entry]);
            if (equal > most) {
                most = equal;
                nearest = entry;
            }
        }
        return nearest;
    }

    /** Sets a bit in {@code equal} for each band that is equal, one word an entry. */
    private static void compare(long[] words, int room, long[] locality, long[] equal) {
        long first = locality[0];
        long second = locality[1];
        long third = locality[2];
        long fourth = locality[3];
        for (int entry = 0; entry < room; entry++) {
            equal[entry] = equalBands(words[entry] ^ first)
                    | equalBands(words[room + entry] ^ second) >>> 1
                    | equalBands(words[2 * room + entry] ^ third) >>> 2
                    | equalBands(words[3 * room + entry] ^ fourth) >>> 3;
        }
    }

    /** The highest bit of each of four 16-bit lanes that is zero: it stays 0 only in a lane that is not. */
    private static long equalBands(long difference) {
        return ~(((difference & LOW_15) + LOW_15) | difference | LOW_15);
    }

    /** Top confidence of a kept query's answer; NaN where it had none. */
    float confidence(int entry) {
        return confidences[entry];
    }

    /** Keeps a query, in the place of the oldest where there is no more room. */
    void add(long[] locality, float topConfidence) {
        if (size == confidences.length && size < CAPACITY) {
            int room = size == 0 ? FIRST : size * 2;
            long[] more = new long[room * WORDS];
            for (int word = 0; word < WORDS; word++) {
                System.arraycopy(words, word * size, more, word * room, size);
            }
            words = more;
            confidences = Arrays.copyOf(confidences, room);
            next = size;
        }
        for (int word = 0; word < WORDS; word++) {
            words[word * confidences.length + next] = locality[word];
        }
        confidences[next] = topConfidence;
        next = (next + 1) % confidences.length;
        size = Math.min(size + 1, confidences.length);
    }

    /** Forgets everything. */
    void clear() {
        words = new long[0];
        confidences = new float[0];
        size = 0;
        next = 0;
    }

    /** Bytes that {@link #write} needs. */
    int bytes() {
        return 2 + size * (WORDS * Long.BYTES + Float.BYTES);
    }

    /** Bytes of heap that the fingerprints take. */
    int heapBytes() {
        return confidences.length * (WORDS * Long.BYTES + Float.BYTES);
    }

    /** Writes u8 size, u8 place of the oldest, and for each the 4 words and f32 top confidence. */
    void write(ByteBuffer out) {
        out.put((byte) size).put((byte) (size == CAPACITY ? next : 0));
        for (int entry = 0; entry < size; entry++) {
            for (int word = 0; word < WORDS; word++) {
                out.putLong(words[word * confidences.length + entry]);
            }
            out.putFloat(confidences[entry]);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    static LocalityRing read(ByteBuffer in) {
        LocalityRing ring = new LocalityRing();
        int size = Byte.toUnsignedInt(in.get());
        int oldest = Byte.toUnsignedInt(in.get());
        if (size > CAPACITY || oldest >= CAPACITY || (size < CAPACITY && oldest != 0)) {
            throw new IllegalArgumentException(
                    "ring of " + size + " fingerprints, the oldest at " + oldest + ": does not fit");
        }
        long[] locality = new long[WORDS];
        for (int entry = 0; entry < size; entry++) {
            for (int word = 0; word < WORDS; word++) {
                locality[word] = in.getLong();
            }
            ring.add(locality, in.getFloat());
        }
        ring.next = size == CAPACITY ? oldest : ring.next;
        return ring;
    }
}
