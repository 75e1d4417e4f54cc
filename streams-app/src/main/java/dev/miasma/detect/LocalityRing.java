// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The locality fingerprints of a subject's last {@value #CAPACITY} new queries, each with the answer's top confidence.
 * Two queries are near when at least {@value #NEAR_BANDS} of their 16 bands of 16 bits are equal. Grows as it fills.
 *
 * <p>It is written seldom as a whole: with the state go only those since then, until they are more than {@value
 * #MOST_RECENT}. Read back, the older ones are missing until the whole is there as well.
 */
final class LocalityRing {
    static final int CAPACITY = 64;
    static final int NEAR_BANDS = 4;
    private static final int FIRST = 8;
    private static final int WORDS = 4;
    private static final int ENTRY_BYTES = WORDS * Long.BYTES + Float.BYTES;

    /** Newest entries that are written beside a whole of before. */
    private static final int MOST_RECENT = 16;

    /** Set in the number of entries where older ones are written apart. */
    private static final int APART = 0x80;

    /** Words in a line of the processor's caches. */
    private static final int LINE = 8;

    private static final long[] NONE = {};
    private static final int ARRAY_HEADER_BYTES = 16;
    private static final long LOW_15 = 0x7fff_7fff_7fff_7fffL;

    /**
     * All first words, all second ones and so on, an array each: a query is compared with several at once, by the vector
     * instructions that the compiler makes of {@link #mostEqual}, but not where they are parts of one array.
     */
    private final long[][] words = {NONE, NONE, NONE, NONE};

    private float[] confidences = new float[0];
    private int size;
    private int next;

    /** Entries that are in no whole that was written, at most all. */
    private int recents;

    /** Whether the older ones are in one. */
    private boolean apart;

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
        if (mostEqual(words[0], words[1], words[2], words[3], room, locality, scratch) < NEAR_BANDS) {
            return -1;
        }
        int nearest = -1;
        long most = NEAR_BANDS - 1;
        for (int age = 1; age <= size; age++) {
            int entry = entryOf(age);
            if (scratch[entry] > most) {
                most = scratch[entry];
                nearest = entry;
            }
        }
        return nearest;
    }

    /** Counts the bands that are equal, one count an entry, and returns the largest; empty entries count too. */
    private static long mostEqual(
            long[] firsts, long[] seconds, long[] thirds, long[] fourths, int room, long[] locality, long[] counts) {
        long first = locality[0];
        long second = locality[1];
        long third = locality[2];
        long fourth = locality[3];
        for (int entry = 0; entry < room; entry++) {
            counts[entry] = Long.bitCount(equalBands(firsts[entry] ^ first)
                    | equalBands(seconds[entry] ^ second) >>> 1
                    | equalBands(thirds[entry] ^ third) >>> 2
                    | equalBands(fourths[entry] ^ fourth) >>> 3);
        }
        long most = 0;
        for (int entry = 0; entry < room; entry++) {
            most = Math.max(most, counts[entry]);
        }
        return most;
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
            for (int word = 0; word < WORDS; word++) {
                words[word] = Arrays.copyOf(words[word], room);
            }
            confidences = Arrays.copyOf(confidences, room);
            next = size;
        }
        for (int word = 0; word < WORDS; word++) {
            words[word][next] = locality[word];
        }
        confidences[next] = topConfidence;
        next = (next + 1) % confidences.length;
        size = Math.min(size + 1, confidences.length);
        recents = Math.min(recents + 1, CAPACITY);
    }

    /**
     * Reads a word of each line of memory that {@link #nearest} will read.
     *
     * @return a number of no meaning, as of {@link FirstSightMemory#touch}
     */
    long touch() {
        long sum = 0;
        for (long[] each : words) {
            for (int i = 0; i < each.length; i += LINE) {
                sum += each[i];
            }
        }
        return sum;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(words, NONE);
        confidences = new float[0];
        size = 0;
        next = 0;
        recents = 0;
        apart = false;
    }

    /** Whether older entries are written apart from the state. */
    boolean apart() {
        return apart;
    }

    /** Whether the whole has to be written apart, because too much has come since. */
    boolean due() {
        return recents > MOST_RECENT;
    }

    /** Takes note that the whole is written. */
    void kept() {
        recents = 0;
        apart = size > 0;
    }

    /**
     * What it is with the whole that was written before it; nothing but itself where that is not needed.
     *
     * @param whole as {@link #readWhole} read it, changed by this
     */
    LocalityRing completedBy(LocalityRing whole) {
        if (!apart) {
            return this;
        }
        whole.kept();
        whole.apart = true;
        addTo(whole);
        return whole;
    }

    private void addTo(LocalityRing other) {
        long[] locality = new long[WORDS];
        for (int age = recents; age >= 1; age--) {
            int entry = entryOf(age);
            for (int word = 0; word < WORDS; word++) {
                locality[word] = words[word][entry];
            }
            other.add(locality, confidences[entry]);
        }
    }

    /** Place of the entry that came as so many-th from the end; 1 for the newest. */
    int entryOf(int age) {
        return next >= age ? next - age : next - age + confidences.length;
    }

    /** Bytes that {@link #write} needs. */
    int bytes() {
        return 1 + count() * ENTRY_BYTES;
    }

    /** Bytes that {@link #writeWhole} needs. */
    int wholeBytes() {
        return 2 + size * ENTRY_BYTES;
    }

    /** Bytes of heap that the fingerprints take. */
    int heapBytes() {
        int room = confidences.length;
        return room == 0 ? 0 : WORDS * ARRAY_HEADER_BYTES + room * (WORDS * Long.BYTES + Float.BYTES);
    }

    /**
     * Writes u8 number of entries, and 128 where older ones are written apart, and for each, the oldest first, the 4 words and
     * f32 top confidence: those since the whole was written, or all where there is none or it is to be written again.
     */
    void write(ByteBuffer out) {
        int count = count();
        out.put((byte) (apart && !due() ? count | APART : count));
        for (int age = count; age >= 1; age--) {
            writeEntry(entryOf(age), out);
        }
    }

    private int count() {
        return apart && !due() ? recents : size;
    }

    /** Writes u8 size, u8 place of the oldest, and for each the 4 words and f32 top confidence. */
    void writeWhole(ByteBuffer out) {
        out.put((byte) size).put((byte) (size == CAPACITY ? next : 0));
        for (int entry = 0; entry < size; entry++) {
            writeEntry(entry, out);
        }
    }

    private void writeEntry(int entry, ByteBuffer out) {
        for (int word = 0; word < WORDS; word++) {
            out.putLong(words[word][entry]);
        }
        out.putFloat(confidences[entry]);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    static LocalityRing read(ByteBuffer in) {
        int head = Byte.toUnsignedInt(in.get());
        int count = head & ~APART;
        boolean apart = (head & APART) != 0;
        if (count > (apart ? MOST_RECENT : CAPACITY)) {
            throw new IllegalArgumentException("ring of " + count + " fingerprints: does not fit");
        }
        LocalityRing ring = new LocalityRing();
        ring.addAll(count, in);
        ring.apart = apart;
        return ring;
    }

    /**
     * Reads what {@link #writeWhole} wrote.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    static LocalityRing readWhole(ByteBuffer in) {
        LocalityRing ring = new LocalityRing();
        int size = Byte.toUnsignedInt(in.get());
        int oldest = Byte.toUnsignedInt(in.get());
        if (size > CAPACITY || oldest >= CAPACITY || (size < CAPACITY && oldest != 0)) {
            throw new IllegalArgumentException(
                    "ring of " + size + " fingerprints, the oldest at " + oldest + ": does not fit");
        }
        ring.addAll(size, in);
        ring.next = size == CAPACITY ? oldest : ring.next;
        return ring;
    }

    private void addAll(int count, ByteBuffer in) {
        long[] locality = new long[WORDS];
        for (int entry = 0; entry < count; entry++) {
            for (int word = 0; word < WORDS; word++) {
                locality[word] = in.getLong();
            }
            add(locality, in.getFloat());
        }
    }
}
