// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.score.ScoredBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class HopPartitionerTest {
    private static final ScoredBatch NOTHING = new ScoredBatch(List.of());

    private final HopPartitioner partitioner = new HopPartitioner();

    @Test
    void knows_no_partition_before_the_first_record() {
        assertThat(partitioner.partitionOf("alice")).isEqualTo(HopPartitioner.UNKNOWN);
    }

    @Property(tries = 300, seed = "20261122")
    void chooses_as_a_producer_does_by_itself(@ForAll String client, @ForAll @IntRange(min = 1, max = 64) int count) {
        HopPartitioner fresh = new HopPartitioner();
        int expected = BuiltInPartitioner.partitionForKey(client.getBytes(StandardCharsets.UTF_8), count);

        assertThat(fresh.partitions("hop", client, NOTHING, count)).contains(Set.of(expected));
        assertThat(fresh.partitionOf(client)).isEqualTo(expected);
    }
}
