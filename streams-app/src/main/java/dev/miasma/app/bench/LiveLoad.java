// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.app.bench.MonitorContender.Plan;
import dev.miasma.app.bench.MonitorContender.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The monitor with keyed input, and events that come while it reads, as in production: whoever makes and publishes them has
 * the machine at the same time.
 */
final class LiveLoad implements AutoCloseable {
    /** Part of the time of a steady load that does not count. */
    private static final int WARM_PART = 5;

    /** Of so many queries one is taken note of by the plain consumer that alerts are held against. */
    private static final int INPUT_EVERY = 20;

    private final Load load;
    private final BenchKafka kafka;
    private final String topic;
    private final BenchEvents events;
    private final MonitorContender monitor;
    private long published;

    /**
     * How long after its query each could be read.
     *
     * @param alerts milliseconds, ascending
     * @param input of the queries themselves: what Kafka and the machine take without any monitor
     */
    record Ages(List<Long> alerts, List<Long> input) {}

    /**
     * Makes the topics.
     *
     * @param extra configuration of the monitor beside its defaults
     */
    LiveLoad(Load load, BenchKafka kafka, Path folder, Map<String, String> extra) {
        this.load = load;
        this.kafka = kafka;
        topic = kafka.name("predictions");
        events = load.events();
        kafka.create(load.partitions(), List.of(topic));
        monitor = new MonitorContender(new Plan(Variant.KEYED, Variant.KEYED.code, topic, load, folder, extra), kafka);
    }

    /** Starts the monitor; one that does not start is closed with this. */
    void start() throws InterruptedException {
        monitor.start();
    }

    /** Queries a second that it can bear: so many are published as fast as it goes, until it is done with all of them. */
    Samples bears(Consumer<String> progress) throws InterruptedException {
        double[] perSecond = new double[load.rounds()];
        for (int round = -load.warmUps(); round < load.rounds(); round++) {
            progress.accept(load.nameOf(round));
            long start = System.nanoTime();
            publish(load.queries(), 0);
            if (round >= 0) {
                perSecond[round] = load.queries() * 1e9 / (System.nanoTime() - start);
            }
        }
        return new Samples(perSecond);
    }

    /** Sends at a steady rate; ages of what came after the first fifth of the time. */
    Ages send(double perSecond, int seconds) throws InterruptedException {
        long count = (long) (perSecond * seconds) / load.rows() * load.rows();
        try (RecordAges alerts = ages(monitor.alertsTopic(), 1);
                RecordAges input = ages(topic, INPUT_EVERY)) {
            long from = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(seconds) / WARM_PART;
            publish(count, perSecond);
            // What was committed last is still on its way to the reader.
            TimeUnit.SECONDS.sleep(1);
            return new Ages(alerts.stop(from), input.stop(from));
        }
    }

    private void publish(long queries, double perSecond) throws InterruptedException {
        monitor.resume();
        kafka.publish(topic, events, queries, perSecond);
        published += queries;
        monitor.readTo(kafka.ends(topic, load.partitions()), published);
    }

    private RecordAges ages(String of, int every) {
        List<TopicPartition> partitions = Rounds.partitions(of, load.partitions());
        return new RecordAges(kafka.bootstrapServers(), partitions, every);
    }

    @Override
    public void close() {
        monitor.close();
    }
}
