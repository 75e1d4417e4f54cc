// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which queries a client has made, so that only the first sight of each adds evidence: a benign client that
 * repeats a record repeats its score, and counting it again would break the alert budget.
 *
 * <p>A Bloom filter that grows by pages (Almeida et al., "Scalable Bloom filters", 2007): page i has room for 32 x 2^i
 * queries at 12 bits and 8 hashes each. Its errors go one way only: now and then a new query is taken for a repeat, which
 * costs a little delay; a repeat is never taken for new. Each full page adds up to 0.4 % of them: measured, 0.4 % of new
 * queries are lost at 32 queries remembered, 1.6 % at 1,000, 2.4 % at 4,000 and 3.5 % at 32,000. What it holds is part of
 * the client's state and survives a restart.
 *
 * <p>A memory of more than {@value #SMALL_PAGES} pages is written seldom as a whole: with the state go only the
 * fingerprints since then, until they are more than {@value #MOST_RECENT}. Read back, it is incomplete until the whole is
 * there as well.
 */
final class FirstSightMemory {
    private static final int FIRST_PAGE = 32;
    private static final int BITS_PER_QUERY = 12;
    private static final int HASHES = 8;
    private static final int MAX_PAGES = 20;

    /** A memory of so few pages is always written whole. */
    private static final int SMALL_PAGES = 2;

    /** Newest fingerprints that are written beside a whole of before. */
    private static final int MOST_RECENT = 16;

    private static final int TOO_MANY = MOST_RECENT + 1;

    /** Set in the number of pages where fingerprints come in their place. */
    private static final int APART = 0x80;

    private static final long[] NONE = {};

    private long[][] pages = new long[0][];
    private int size;

    /** Fingerprints since the whole was written, for a memory that is written apart. */
    private long[] recent = NONE;

    /** How many of them; {@link #TOO_MANY} where the whole has to be written again. */
    private int recents;

    /** Queries remembered. */
    int size() {
        return size;
    }

    /**
     * Takes note of a query.
     *
     * @param fingerprint of the query, well mixed
     * @return whether this is its first sight
     */
    boolean add(long fingerprint) {
        for (long[] page : pages) {
            if (contains(page, fingerprint)) {
                return false;
            }
        }
        if (size >= capacityOf(pages.length)) {
            grow();
        }
        set(pages[pages.length - 1], fingerprint);
        size++;
        if (pages.length > SMALL_PAGES) {
            note(fingerprint);
        }
        return true;
    }

    /**
     * Reads the words that {@link #add} will mostly look at.
     *
     * @return a number of no meaning, which keeps the compiler from leaving the reading out
     */
    long touch(long fingerprint) {
        long sum = 0;
        for (int i = 0; i < pages.length; i++) {
            long[] page = pages[i];
            int words = i == pages.length - 1 ? HASHES : 2;
            for (int j = 0; j < words; j++) {
                sum += page[bit(page, fingerprint, j) >>> 6];
            }
        }
        return sum;
    }

    private void note(long fingerprint) {
        if (recents >= MOST_RECENT) {
            recents = TOO_MANY;
            return;
        }
        if (recent.length == 0) {
            recent = new long[MOST_RECENT];
        }
        recent[recents++] = fingerprint;
    }

    /** Forgets everything. */
    void clear() {
        pages = new long[0][];
        size = 0;
        recents = 0;
    }

    /** Whether the whole is to be written apart from the state, or was. */
    boolean apart() {
        return pages.length > SMALL_PAGES || incomplete();
    }

    /** Whether the whole has to be written, because too much has come since, or was never written apart. */
    boolean due() {
        return recents == TOO_MANY;
    }

    /** Takes note that the whole is written. */
    void kept() {
        recents = 0;
    }

    private boolean incomplete() {
        return size > 0 && pages.length == 0;
    }

    /**
     * What it is with the whole that was written before it; nothing but itself where that is not needed.
     *
     * @param whole as {@link #readWhole} read it, changed by this
     * @return null where the two do not make up all that was remembered
     */
    @Nullable
    FirstSightMemory completedBy(FirstSightMemory whole) {
        if (!incomplete()) {
            return this;
        }
        whole.kept();
        for (int i = 0; i < recents; i++) {
            whole.add(recent[i]);
        }
        return whole.size < size ? null : whole;
    }

    /** Bytes that {@link #write} needs. */
    int bytes() {
        return apart() && !due() ? Integer.BYTES + 2 + recents * Long.BYTES : wholeBytes();
    }

    /** Bytes that {@link #writeWhole} needs. */
    int wholeBytes() {
        int bytes = Integer.BYTES + 1;
        for (long[] page : pages) {
            bytes += page.length * Long.BYTES;
        }
        return bytes;
    }

    /** Bytes of heap that pages and fingerprints take. */
    int heapBytes() {
        return wholeBytes() + pages.length * 20 + recent.length * Long.BYTES;
    }

    /**
     * Writes i32 size, and then either u8 pages and the words of each page, or, where that is written apart, 128, u8 number
     * of fingerprints since, and these.
     */
    void write(ByteBuffer out) {
        if (!apart() || due()) {
            writeWhole(out);
            return;
        }
        out.putInt(size).put((byte) APART).put((byte) recents);
        for (int i = 0; i < recents; i++) {
            out.putLong(recent[i]);
        }
    }

    /** Writes i32 size, u8 pages, and the words of each page. */
    void writeWhole(ByteBuffer out) {
        out.putInt(size).put((byte) pages.length);
        for (long[] page : pages) {
            for (long word : page) {
                out.putLong(word);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if size and pages, or size and fingerprints, do not go together
     */
    static FirstSightMemory read(ByteBuffer in) {
        int start = in.position();
        int size = in.getInt();
        if (in.get() != (byte) APART) {
            return readWhole(in.position(start));
        }
        FirstSightMemory memory = new FirstSightMemory();
        memory.size = size;
        memory.recents = Byte.toUnsignedInt(in.get());
        if (memory.recents > MOST_RECENT || size <= memory.recents || size > capacityOf(MAX_PAGES)) {
            throw new IllegalArgumentException("first-sight memory of " + size + " queries, the last " + memory.recents
                    + " beside the others: does not fit");
        }
        memory.recent = new long[MOST_RECENT];
        for (int i = 0; i < memory.recents; i++) {
            memory.recent[i] = in.getLong();
        }
        return memory;
    }

    /**
     * Reads what {@link #writeWhole} wrote.
     *
     * @throws IllegalArgumentException if size and pages do not go together
     */
    static FirstSightMemory readWhole(ByteBuffer in) {
        FirstSightMemory memory = new FirstSightMemory();
        memory.size = in.getInt();
        int count = Byte.toUnsignedInt(in.get());
        if (count > MAX_PAGES || memory.size < 0 || memory.size > capacityOf(count)) {
            throw new IllegalArgumentException(
                    "first-sight memory of " + memory.size + " queries in " + count + " pages: does not fit");
        }
        memory.pages = new long[count][];
        for (int page = 0; page < count; page++) {
            long[] words = new long[wordsOf(page)];
            for (int i = 0; i < words.length; i++) {
                words[i] = in.getLong();
            }
            memory.pages[page] = words;
        }
        memory.recents = count > SMALL_PAGES ? TOO_MANY : 0;
        return memory;
    }

    private void grow() {
        if (incomplete()) {
            throw new IllegalStateException("first-sight memory of " + size + " queries is not complete");
        }
        if (pages.length == MAX_PAGES) {
            throw new IllegalStateException("first-sight memory is full at " + size + " queries");
        }
        long[][] next = new long[pages.length + 1][];
        System.arraycopy(pages, 0, next, 0, pages.length);
        next[pages.length] = new long[wordsOf(pages.length)];
        pages = next;
        if (pages.length == SMALL_PAGES + 1) {
            recents = TOO_MANY;
        }
    }

    private static int capacityOf(int pageCount) {
        return FIRST_PAGE * ((1 << pageCount) - 1);
    }

    private static int wordsOf(int page) {
        return (FIRST_PAGE << page) * BITS_PER_QUERY / Long.SIZE;
    }

    private static boolean contains(long[] page, long fingerprint) {
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(page, fingerprint, i);
            if ((page[bit >>> 6] & (1L << bit)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static void set(long[] page, long fingerprint) {
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(page, fingerprint, i);
            page[bit >>> 6] |= 1L << bit;
        }
    }

    /** Double hashing (Kirsch and Mitzenmacher 2006) with the two halves of the fingerprint. */
    private static int bit(long[] page, long fingerprint, int i) {
        long hash = (fingerprint & 0xffffffffL) + i * ((fingerprint >>> 32) | 1);
        return (int) (((hash & 0xffffffffL) * (page.length * (long) Long.SIZE)) >>> 32);
    }
}
