// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Counts the records that stores get back from their changelogs. */
final class RestoredRecords implements StateRestoreListener {
    private final LongAdder restored;

    RestoredRecords(LongAdder restored) {
        this.restored = restored;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        // Only what arrives counts.
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
        restored.add(records);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {
        // Counted by batch.
    }
}
