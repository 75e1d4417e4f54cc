// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.serve.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many input records wait, asked of the brokers and not of the stream threads, which may be the ones that hang.
 * Records waiting and no offset committed for the whole stall time means that nothing is processed any more.
 */
final class InputLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InputLag.class);
    private static final int TIMEOUT_SECONDS = 10;

    private final Admin admin;
    private final Set<String> topics;
    private final String group;
    private final Duration stall;
    private final InstantSource clock;
    private volatile Sample newest;
    private volatile long progressMillis;

    /** Offsets committed over all partitions, records waiting, and partitions. */
    private record Sample(long committed, long waiting, int partitions) {}

    InputLag(MiasmaConfig config, Admin admin, InstantSource clock) {
        this.admin = admin;
        this.clock = clock;
        topics = Set.copyOf(config.input().topics());
        group = config.string(ConfigKey.APPLICATION_ID);
        stall = config.http().stall();
        newest = new Sample(0, 0, 0);
        progressMillis = clock.millis();
    }

    /** Records waiting at the last look. */
    double waiting() {
        return newest.waiting();
    }

    /** Whether anything that waits is being processed. A few records are left out: commit markers look like them. */
    Health progress() {
        long stalledMillis = clock.millis() - progressMillis;
        Sample sample = newest;
        if (sample.waiting() > sample.partitions() && stalledMillis > stall.toMillis()) {
            return Health.bad(
                    sample.waiting() + " records wait and none was processed for " + stalledMillis / 1000 + " s");
        }
        return Health.good(sample.waiting() + " records wait");
    }

    /** Looks at the offsets; where the brokers do not answer, the last look stays. */
    void refresh() {
        try {
            Sample before = newest;
            Sample now = look();
            if (now.committed() != before.committed() || now.waiting() <= now.partitions()) {
                progressMillis = clock.millis();
            }
            newest = now;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("cannot look at the input's offsets: {}", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Sample look() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(topics)
                .allTopicNames()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .values()) {
            topic.partitions()
                    .forEach(partition ->
                            ask.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends =
                admin.listOffsets(ask).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        long committed = 0;
        long waiting = 0;
        for (var end : ends.entrySet()) {
            @Nullable OffsetAndMetadata offset = offsets.get(end.getKey());
            long done = offset == null ? 0 : offset.offset();
            committed += done;
            waiting += Math.max(0, end.getValue().offset() - done);
        }
        return new Sample(committed, waiting, ends.size());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
