// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.util.Arrays;

/**
 * Whether a record was in the training set, by its keyed hash: a Bloom filter (Bloom, "Space/time trade-offs in hash coding
 * with allowable errors", 1970). It never misses a record, and takes others for one at the stated rate. Thread-safe once
 * made.
 */
public final class TrainingFilter {
    /** Most records. */
    static final long MAX_RECORDS = 200_000_000;

    /** Bounds of the false-positive rate. */
    static final double MIN_RATE = 1e-12;

    static final double MAX_RATE = 0.1;

    private final BloomFilter<Long> records;
    private final long count;
    private final double falsePositiveRate;
    private final long keyCheck;

    TrainingFilter(BloomFilter<Long> records, long count, double falsePositiveRate, long keyCheck) {
        this.records = records;
        this.count = count;
        this.falsePositiveRate = falsePositiveRate;
        this.keyCheck = keyCheck;
    }

    /**
     * Makes a filter.
     *
     * @param hashes of the records, {@link dev.miasma.decode.Prediction#recordHash}; equal ones count once
     * @param falsePositiveRate share of other records taken for one, {@value #MIN_RATE} to {@value #MAX_RATE}
     * @param keyCheck of the key the hashes were made with, {@link dev.miasma.decode.RecordHash#check()}
     * @throws IllegalArgumentException if there is no record, or the rate is out of its bounds
     */
    public static TrainingFilter of(long[] hashes, double falsePositiveRate, long keyCheck) {
        requireRate(falsePositiveRate);
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        long distinct = Arrays.stream(sorted).distinct().count();
        if (distinct < 1 || distinct > MAX_RECORDS) {
            throw new IllegalArgumentException(
                    "the number of records is " + distinct + ": must be 1 to " + MAX_RECORDS);
        }
        double bytes = -Math.log(falsePositiveRate) / (Math.log(2) * Math.log(2)) * distinct / Byte.SIZE;
        if (bytes > TrainingFilterFile.MAX_BYTES * 0.99) {
            throw new IllegalArgumentException(distinct + " records at a false-positive rate of " + falsePositiveRate
                    + " would take more than " + TrainingFilterFile.MAX_BYTES + " bytes: allow a higher rate");
        }
        BloomFilter<Long> records = BloomFilter.create(Funnels.longFunnel(), distinct, falsePositiveRate);
        for (long hash : sorted) {
            records.put(hash);
        }
        return new TrainingFilter(records, distinct, falsePositiveRate, keyCheck);
    }

    static void requireRate(double rate) {
        if (!(rate >= MIN_RATE && rate <= MAX_RATE)) {
            throw new IllegalArgumentException(
                    "the false-positive rate is " + rate + ": must be " + MIN_RATE + " to " + MAX_RATE);
        }
    }

    /**
     * Whether a record may have been in the training set; false is certain.
     *
     * @param recordHash its keyed hash
     */
    public boolean mightContain(long recordHash) {
        return records.mightContain(recordHash);
    }

    /** The share of records outside the training set for which {@link #mightContain} is true. */
    public double falsePositiveRate() {
        return falsePositiveRate;
    }

    /** Distinct records. */
    public long count() {
        return count;
    }

    long keyCheck() {
        return keyCheck;
    }

    BloomFilter<Long> records() {
        return records;
    }
}
