// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Counts the records that stores get back from their changelogs, and the time that takes. */
final class RestoredRecords implements StateRestoreListener {
    private final LongAdder restored = new LongAdder();
    private final AtomicLong begin = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    /** Records so far. */
    long records() {
        return restored.sum();
    }

    /** From the first store's start to the last one's end, nanoseconds; 0 where there was nothing to restore. */
    long nanos() {
        return records() == 0 ? 0 : last.get() - begin.get();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        begin.accumulateAndGet(System.nanoTime(), Math::min);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
        restored.add(records);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {
        last.accumulateAndGet(System.nanoTime(), Math::max);
    }
}
