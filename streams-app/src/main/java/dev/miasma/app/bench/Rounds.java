// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Contenders that read the same events in turn, A B C A B C, each round another stretch of the topic: published first,
 * while all of them pause, then read by one after the other.
 */
final class Rounds implements AutoCloseable {
    static final String RAW = "raw";
    static final String DECODE_ONLY = "decodeOnly";
    static final String TREE_ONLY = "treeOnly";

    private final Load load;
    private final BenchKafka kafka;
    private final Consumer<String> progress;
    private final String topic;
    private final BenchEvents events;
    private final List<Contender> contenders = new ArrayList<>();
    private final Map<String, double[]> perSecond = new HashMap<>();
    private final Map<String, double[]> cpuNanos = new HashMap<>();
    private final Map<String, double[]> threadNanos = new HashMap<>();
    private final ThreadTimes threads = new ThreadTimes();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long published;

    /** Makes the input topic. */
    Rounds(Load load, BenchKafka kafka, Consumer<String> progress) {
        this.load = load;
        this.kafka = kafka;
        this.progress = progress;
        topic = kafka.name("predictions");
        events = load.events();
        kafka.create(load.partitions(), List.of(topic));
    }

    String topic() {
        return topic;
    }

    /** Events published so far. */
    long published() {
        return published;
    }

    /** Adds plain consumers, of {@link #RAW}, {@link #TREE_ONLY} and {@link #DECODE_ONLY}. */
    void addConsumers(String... names) {
        List<TopicPartition> partitions = partitions(topic, load.partitions());
        int threads = load.threads() * load.instances();
        for (String name : names) {
            contenders.add(new ConsumerContender(name, kafka.bootstrapServers(), partitions, threads, workOf(name)));
        }
    }

    private static Supplier<ConsumerContender.Work> workOf(String name) {
        return switch (name) {
            case RAW -> ByteWork::new;
            case TREE_ONLY -> TreeWork::new;
            case DECODE_ONLY -> DecodeWork::new;
            default -> throw new IllegalArgumentException("no consumer is called " + name);
        };
    }

    static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        return partitions;
    }

    /** Adds a monitor, which is closed with the rounds. */
    void add(MonitorContender monitor) {
        contenders.add(monitor);
    }

    /** Runs all rounds. */
    void run() throws InterruptedException {
        for (int round = -load.warmUps(); round < load.rounds(); round++) {
            String name = load.nameOf(round);
            progress.accept(name + ": publishing");
            kafka.publish(topic, events, load.queries());
            published += load.queries();
            Map<TopicPartition, Long> ends = kafka.ends(topic, load.partitions());
            for (Contender contender : contenders) {
                progress.accept(name + ": " + contender.name());
                Map<ThreadTimes.Kind, Long> before = threads.read();
                long cpu = process.getProcessCpuTime();
                long nanos = contender.readTo(ends, published);
                cpu = process.getProcessCpuTime() - cpu;
                if (round >= 0) {
                    put(perSecond, contender.name(), round, load.queries() * 1e9 / nanos);
                    put(cpuNanos, contender.name(), round, (double) cpu / load.queries());
                    putThreads(contender, round, before, threads.read());
                }
            }
        }
    }

    private void put(Map<String, double[]> values, String key, int round, double value) {
        values.computeIfAbsent(key, ignored -> new double[load.rounds()])[round] = value;
    }

    private void putThreads(
            Contender contender, int round, Map<ThreadTimes.Kind, Long> before, Map<ThreadTimes.Kind, Long> after) {
        after.forEach((kind, nanos) -> {
            // Those that ended meanwhile took their time with them.
            long spent = Math.max(0, nanos - before.getOrDefault(kind, 0L));
            put(threadNanos, key(contender.name(), kind), round, (double) spent / load.queries());
        });
    }

    private static String key(String contender, ThreadTimes.Kind kind) {
        return contender + " " + kind;
    }

    /** Events a second of a contender, one a round. */
    Samples perSecond(String contender) {
        return samples(perSecond, contender);
    }

    /** Processor time of this process for an event of a contender, nanoseconds: with a broker in this JVM also its part. */
    Samples cpuNanos(String contender) {
        return samples(cpuNanos, contender);
    }

    /** The part of {@link #cpuNanos} that one kind of threads took; null where the system does not tell. */
    @Nullable
    Samples threadNanos(String contender, ThreadTimes.Kind kind) {
        double[] values = threadNanos.get(key(contender, kind));
        return values == null ? null : new Samples(values);
    }

    private static Samples samples(Map<String, double[]> of, String contender) {
        double[] values = of.get(contender);
        if (values == null) {
            throw new IllegalStateException("no rounds of " + contender);
        }
        return new Samples(values);
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
    }
}
