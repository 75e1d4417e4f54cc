// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.app.bench.MonitorContender.Plan;
import dev.miasma.app.bench.MonitorContender.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Starts without and with something to restore. */
final class RestoreBench {
    private static final double MOST_SECONDS = 5;
    private static final double NANOS = 1e9;

    private RestoreBench() {}

    static BenchRun run(Load load, BenchKafka kafka, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        Samples empty = starts(load, kafka, folder, progress);
        try (Rounds rounds = new Rounds(load, kafka, progress)) {
            MonitorContender monitor =
                    new MonitorContender(Plan.of(Variant.KEYED, rounds.topic(), load, folder), kafka);
            rounds.add(monitor);
            monitor.start();
            rounds.run();
            Map<TopicPartition, Long> ends = kafka.ends(monitor.changelog(), load.partitions());
            double[] restored = new double[load.rounds()];
            double[] read = new double[load.rounds()];
            double[] seconds = new double[load.rounds()];
            for (int round = 0; round < load.rounds(); round++) {
                progress.accept("restore " + (round + 1) + " of " + load.rounds());
                read[round] = rawRead(load, kafka, monitor.changelog(), ends);
                monitor.stopAndForget();
                seconds[round] = monitor.start() / NANOS;
                restored[round] = monitor.restored().records()
                        * NANOS
                        / monitor.restored().nanos();
            }
            return new BenchRun(
                    load.asMap(), figures(empty, new Samples(seconds), new Samples(restored), new Samples(read)));
        }
    }

    private static Samples starts(Load load, BenchKafka kafka, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        String topic = kafka.name("nothing");
        kafka.create(load.partitions(), List.of(topic));
        double[] seconds = new double[load.rounds()];
        for (int round = 0; round < load.rounds(); round++) {
            progress.accept("start " + (round + 1) + " of " + load.rounds());
            try (MonitorContender monitor = new MonitorContender(
                    new Plan(Variant.KEYED, "empty-" + round, topic, load, folder, Map.of()), kafka)) {
                seconds[round] = monitor.start() / NANOS;
                monitor.stopAndForget();
            }
        }
        return new Samples(seconds);
    }

    private static double rawRead(Load load, BenchKafka kafka, String changelog, Map<TopicPartition, Long> ends)
            throws InterruptedException {
        CountWork[] counts = new CountWork[load.threads()];
        int[] next = {0};
        try (ConsumerContender consumers = new ConsumerContender(
                Rounds.RAW,
                kafka.bootstrapServers(),
                Rounds.partitions(changelog, load.partitions()),
                load.threads(),
                () -> counts[next[0]++] = new CountWork())) {
            long nanos = consumers.readTo(ends, 0);
            long records = 0;
            for (CountWork count : counts) {
                records += count.records;
            }
            return records * NANOS / nanos;
        }
    }

    /** Counts records. */
    private static final class CountWork implements ConsumerContender.Work {
        private long records;

        @Override
        public void take(org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> event) {
            records++;
        }
    }

    private static List<Figure> figures(Samples empty, Samples seconds, Samples restored, Samples read) {
        return List.of(
                new Figure("startSeconds", "start to RUNNING, no state", empty, "s", Goal.atMost(MOST_SECONDS)),
                Figure.ratio("restoreOverRawRead", "records restored over raw reading", Samples.ratio(restored, read)),
                Figure.of("restoreSeconds", "start to RUNNING, all state to restore", seconds, "s"),
                Figure.of("restoredPerSecond", "records restored", restored, "records/s"),
                Figure.of("rawReadPerSecond", "raw consumer of the changelog", read, "records/s"));
    }
}
