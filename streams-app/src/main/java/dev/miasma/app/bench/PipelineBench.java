// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Contenders that read the same events in turn, A B C A B C, each round another stretch of the topic: published first,
 * while all of them pause, then read by one after the other.
 */
final class PipelineBench {
    static final String RAW = "raw";
    static final String DECODE_ONLY = "decodeOnly";

    private final Settings settings;
    private final BenchKafka kafka;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<Contender> contenders = new ArrayList<>();
    private final Map<String, double[]> perSecond = new HashMap<>();

    /**
     * What is measured.
     *
     * @param classes of the posteriors
     * @param clients that ask
     * @param features numbers of a query, 0 for none
     * @param threads of each contender, or of each instance of a monitor
     * @param instances of the monitor
     * @param partitions of the input
     * @param queries of a round
     * @param warmUps rounds that don't count
     * @param rounds that count
     */
    record Settings(
            int classes,
            int clients,
            int features,
            int threads,
            int instances,
            int partitions,
            int queries,
            int warmUps,
            int rounds,
            long seed) {
        BenchEvents events() {
            return new BenchEvents(classes, clients, features, seed);
        }

        Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("classes", classes);
            map.put("clients", clients);
            map.put("features", features);
            map.put("threads", threads);
            map.put("instances", instances);
            map.put("partitions", partitions);
            map.put("queries", queries);
            map.put("warmUps", warmUps);
            map.put("rounds", rounds);
            map.put("seed", seed);
            return map;
        }
    }

    PipelineBench(Settings settings, BenchKafka kafka, Path folder, Consumer<String> progress) {
        this.settings = settings;
        this.kafka = kafka;
        this.folder = folder;
        this.progress = progress;
    }

    BenchRun run() throws InterruptedException {
        String topic = kafka.name("predictions");
        kafka.create(settings.partitions(), List.of(topic));
        try {
            start(topic);
            BenchEvents events = settings.events();
            for (int round = -settings.warmUps(); round < settings.rounds(); round++) {
                String name = round < 0 ? "warm-up " + -round : "round " + (round + 1) + " of " + settings.rounds();
                progress.accept(name + ": publishing");
                kafka.publish(topic, events, settings.queries());
                long total = (long) (round + settings.warmUps() + 1) * settings.queries();
                Map<TopicPartition, Long> ends = kafka.ends(topic, settings.partitions());
                for (Contender contender : contenders) {
                    progress.accept(name + ": " + contender.name());
                    long nanos = contender.readTo(ends, total);
                    if (round >= 0) {
                        perSecond.computeIfAbsent(contender.name(), key -> new double[settings.rounds()])[round] =
                                settings.queries() * 1e9 / nanos;
                    }
                }
            }
            return new BenchRun(settings.asMap(), figures());
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private void start(String topic) throws InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < settings.partitions(); partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        int threads = settings.threads() * settings.instances();
        contenders.add(new ConsumerContender(RAW, kafka.bootstrapServers(), partitions, threads, ByteWork::new));
        contenders.add(
                new ConsumerContender(DECODE_ONLY, kafka.bootstrapServers(), partitions, threads, DecodeWork::new));
        for (MonitorContender.Variant variant : MonitorContender.Variant.values()) {
            progress.accept("starting " + variant.code);
            contenders.add(new MonitorContender(
                    variant, kafka, topic, settings.partitions(), settings.threads(), settings.instances(), folder));
        }
    }

    private List<Figure> figures() {
        Samples raw = samples(RAW);
        Samples decode = samples(DECODE_ONLY);
        Samples keyed = samples(MonitorContender.Variant.KEYED.code);
        Samples repartitioned = samples(MonitorContender.Variant.REPARTITIONED.code);
        Samples plain = samples(MonitorContender.Variant.PLAIN_STORE.code);
        return List.of(
                Figure.ratio(
                        "keyedOverDecodeOnly",
                        "full pipeline, keyed input, over decode-only consumer",
                        Samples.ratio(keyed, decode),
                        Goal.atLeast(0.7)),
                Figure.ratio(
                        "repartitionedOverDecodeOnly",
                        "full pipeline with repartition over decode-only consumer",
                        Samples.ratio(repartitioned, decode),
                        Goal.atLeast(0.4)),
                Figure.ratio(
                        "keyedOverPlainStore",
                        "full pipeline, keyed input, over the same on a plain store",
                        Samples.ratio(keyed, plain),
                        Goal.atLeast(3)),
                Figure.ratio("decodeOnlyOverRaw", "decode-only consumer over raw consumer", Samples.ratio(decode, raw)),
                Figure.of("rawPerSecond", "raw consumer", raw, "records/s"),
                Figure.of("decodeOnlyPerSecond", "decode-only consumer", decode, "records/s"),
                Figure.of("keyedPerSecond", "full pipeline, keyed input", keyed, "records/s"),
                Figure.of("repartitionedPerSecond", "full pipeline with repartition", repartitioned, "records/s"),
                Figure.of("plainStorePerSecond", "full pipeline on a plain store", plain, "records/s"));
    }

    private Samples samples(String contender) {
        double[] values = perSecond.get(contender);
        if (values == null) {
            throw new IllegalStateException("no rounds of " + contender);
        }
        return new Samples(values);
    }
}
