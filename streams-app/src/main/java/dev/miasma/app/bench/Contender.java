// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Something that reads the input topic to its end, again and again. */
interface Contender extends AutoCloseable {
    /** Its name in tables and JSON. */
    String name();

    /**
     * Reads on to the given ends and is done with everything when this returns.
     *
     * @param ends of the input's partitions
     * @param total events in the topic so far, over all partitions
     * @return time from the start of reading to its end, nanoseconds
     */
    long readTo(Map<TopicPartition, Long> ends, long total) throws InterruptedException;

    @Override
    void close();
}
