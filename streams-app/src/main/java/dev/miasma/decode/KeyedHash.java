// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

/**
 * SipHash-2-4 over 64-bit words (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012): a keyed hash that
 * allocates nothing. Without the key a fingerprint tells nothing about the query, with it only whether a given query
 * was made.
 *
 * <p>Not thread-safe.
 */
final class KeyedHash {
    private static final long FEATURE = 1L << 32;

    private final long k0;
    private final long k1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long words;

    KeyedHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
        reset();
    }

    KeyedHash reset() {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
        words = 0;
        return this;
    }

    KeyedHash add(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
        words++;
        return this;
    }

    /** Adds a number; 0.0 and -0.0 are the same number. */
    KeyedHash add(double number) {
        return add(Double.doubleToLongBits(number + 0.0));
    }

    /** Adds a number as a stack of 32-bit floats has it, told apart from every small word. */
    KeyedHash addFeature(float number) {
        return add(FEATURE | (Float.floatToIntBits(number + 0.0f) & 0xffffffffL));
    }

    KeyedHash add(CharSequence text) {
        long packed = 0;
        for (int i = 0; i < text.length(); i++) {
            packed = packed << 16 | text.charAt(i);
            if ((i & 3) == 3) {
                add(packed);
                packed = 0;
            }
        }
        add(packed);
        return add((long) text.length());
    }

    /** The hash of what was added since the last reset. */
    long value() {
        add(words << 59);
        v2 ^= 0xff;
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /**
     * The hash of words alone, as if added after a reset; what was added before is left as it is. All in registers, for
     * many words.
     *
     * @param count how many of them
     */
    long of(long[] message, int count) {
        long a = k0 ^ 0x736f6d6570736575L;
        long b = k1 ^ 0x646f72616e646f6dL;
        long c = k0 ^ 0x6c7967656e657261L;
        long d = k1 ^ 0x7465646279746573L;
        for (int i = 0; i <= count + 1; i++) {
            boolean last = i > count;
            long word = last ? 0 : i == count ? (long) count << 59 : message[i];
            c ^= last ? 0xff : 0;
            d ^= word;
            for (int round = last ? 4 : 2; round > 0; round--) {
                a += b;
                b = Long.rotateLeft(b, 13) ^ a;
                a = Long.rotateLeft(a, 32);
                c += d;
                d = Long.rotateLeft(d, 16) ^ c;
                a += d;
                d = Long.rotateLeft(d, 21) ^ a;
                c += b;
                b = Long.rotateLeft(b, 17) ^ c;
                c = Long.rotateLeft(c, 32);
            }
            a ^= word;
        }
        return a ^ b ^ c ^ d;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
