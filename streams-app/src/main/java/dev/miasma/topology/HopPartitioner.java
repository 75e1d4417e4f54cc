// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.score.ScoredBatch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The partition of a client: Kafka's own choice for its key, so that what a batch holds goes where each of its queries would
 * go alone. How many partitions the hop has is known from the first record that is sent.
 */
final class HopPartitioner implements StreamPartitioner<String, ScoredBatch> {
    static final int UNKNOWN = -1;

    private volatile int partitions;

    /** Partition of a client, or {@link #UNKNOWN} before anything was sent. */
    int partitionOf(String client) {
        int known = partitions;
        return known == 0 ? UNKNOWN : partitionOf(client, known);
    }

    private static int partitionOf(String client, int among) {
        return Utils.toPositive(Utils.murmur2(client.getBytes(StandardCharsets.UTF_8))) % among;
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, String client, ScoredBatch batch, int numPartitions) {
        partitions = numPartitions;
        return Optional.of(Set.of(partitionOf(client, numPartitions)));
    }
}
