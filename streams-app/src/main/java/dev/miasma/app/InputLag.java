// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.serve.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many input records wait, asked of the brokers and not of the stream threads, which may be the ones that hang.
 * Records waiting and no offset committed for the whole stall time means that nothing is processed any more.
 *
 * <p>The stall begins with the first look that finds records waiting. Where the brokers do not answer it begins anew:
 * nothing can be processed then, and a restart would not bring them back.
 */
final class InputLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InputLag.class);
    private static final int TIMEOUT_SECONDS = 10;
    private static final String EARLIEST = "earliest";

    private final Admin admin;
    private final Set<String> topics;
    private final String group;
    private final Duration stall;
    private final InstantSource clock;

    /** Whether a partition of which nothing was ever committed is read from where it ends, and not from its beginning. */
    private final boolean fromTheEnd;

    /** Where partitions ended at the first look: what came later waits, and nothing else, if they are read from there. */
    private final Map<TopicPartition, Long> firstEnds = new HashMap<>();

    private volatile Sample newest;

    /** Offsets committed over all partitions, records waiting, partitions, and for how long nothing was committed. */
    private record Sample(long committed, long waiting, int partitions, long progressMillis, long stalledMillis) {
        /** A few records are left out: commit markers look like them. */
        boolean someWait() {
            return waiting > partitions;
        }

        /** The same, with the stall counted from another time. */
        Sample from(long millis) {
            return new Sample(committed, waiting, partitions, millis, 0);
        }
    }

    InputLag(MiasmaConfig config, Admin admin, InstantSource clock) {
        this.admin = admin;
        this.clock = clock;
        topics = Set.copyOf(config.input().topics());
        group = config.string(ConfigKey.APPLICATION_ID);
        stall = config.http().stall();
        fromTheEnd = !EARLIEST.equals(offsetReset(config.kafka()));
        newest = new Sample(0, 0, 0, clock.millis(), 0);
    }

    /** By the name that goes before the others in Kafka Streams. */
    private static String offsetReset(Map<String, ?> kafka) {
        for (String prefix : List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX, "")) {
            Object value = kafka.get(prefix + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
            if (value != null) {
                return value.toString();
            }
        }
        return EARLIEST;
    }

    /** Records waiting at the last look. */
    double waiting() {
        return newest.waiting();
    }

    /** Whether anything that waits is being processed. */
    Health progress() {
        Sample sample = newest;
        if (sample.someWait() && sample.stalledMillis() > stall.toMillis()) {
            return Health.bad(sample.waiting() + " records wait and none was processed for "
                    + sample.stalledMillis() / 1000 + " s");
        }
        return Health.good(sample.waiting() + " records wait");
    }

    /** Looks at the offsets; where the brokers do not answer, the numbers of the last look stay. */
    void refresh() {
        try {
            newest = look(newest);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("cannot look at the input's offsets: {}", String.valueOf(e.getMessage()));
            newest = newest.from(clock.millis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Sample look(Sample before) throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> partitions = partitions();
        // The records' beginning is asked for as well: what has expired does not wait.
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, OffsetAndMetadata> commits = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        long committed = 0;
        long waiting = 0;
        for (var end : offsets(partitions, OffsetSpec.latest()).entrySet()) {
            @Nullable OffsetAndMetadata commit = commits.get(end.getKey());
            @Nullable ListOffsetsResultInfo begin = begins.get(end.getKey());
            long last = end.getValue().offset();
            long done = commit == null ? 0 : commit.offset();
            long first = begin == null ? 0 : begin.offset();
            if (commit == null && fromTheEnd) {
                first = firstEnds.computeIfAbsent(end.getKey(), partition -> last);
            }
            committed += done;
            waiting += Math.max(0, last - Math.max(done, first));
        }
        long now = clock.millis();
        Sample sample = new Sample(committed, waiting, partitions.size(), now, 0);
        boolean stalled = before.someWait() && sample.someWait() && committed == before.committed();
        return stalled
                ? new Sample(
                        committed, waiting, partitions.size(), before.progressMillis(), now - before.progressMillis())
                : sample;
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException, TimeoutException {
        return admin.describeTopics(topics).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        partitions.forEach(partition -> ask.put(partition, which));
        return admin.listOffsets(ask).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
