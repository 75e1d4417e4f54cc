// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.RejectReason;
import dev.miasma.detect.Exemptions;
import dev.miasma.detect.RiskBand;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.TrainingFilters;
import dev.miasma.score.UnscorableReason;
import dev.miasma.topology.Knowledge;
import dev.miasma.topology.MonitorTopology;
import dev.miasma.topology.StreamsSettings;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The monitor as 'miasma run' has it, exactly-once and with its metrics, paused between rounds. It is done when every event
 * was seen by the detect stage and the offsets behind all of them are committed.
 */
final class MonitorContender implements Contender {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STUCK = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 2;

    private final Variant variant;
    private final BenchKafka kafka;
    private final String application;
    private final MicrometerMeasures measures;
    private final List<KafkaStreams> instances = new ArrayList<>();

    /** Which monitor. */
    enum Variant {
        /** Input keyed by client. */
        KEYED("keyed"),
        /** Input keyed by anything, with the hop that brings a client's queries together. */
        REPARTITIONED("repartitioned"),
        /** Input keyed by client, its states in a plain key-value store. */
        PLAIN_STORE("plainStore");

        final String code;

        Variant(String code) {
            this.code = code;
        }
    }

    /**
     * Starts it and waits until it runs; it begins to read at once.
     *
     * @param topic of the input, with {@code partitions}
     * @param threads of each instance
     * @param folder for the states, one below it an instance
     */
    MonitorContender(
            Variant variant, BenchKafka kafka, String topic, int partitions, int threads, int count, Path folder)
            throws InterruptedException {
        this.variant = variant;
        this.kafka = kafka;
        application = kafka.name(variant.code);
        MiasmaConfig config = config(topic, threads, folder);
        measures = new MicrometerMeasures(
                config.maxEndpoints(), RejectReason.codes(), UnscorableReason.codes(), RiskBand.codes());
        kafka.create(
                partitions,
                List.of(
                        config.outputs().alertsTopic(),
                        config.outputs().riskTopic(),
                        config.outputs().deadLetterTopic()));
        for (int instance = 0; instance < count; instance++) {
            Map<String, Object> settings = new HashMap<>(StreamsSettings.of(config, measures));
            settings.put(
                    StreamsConfig.STATE_DIR_CONFIG,
                    folder.resolve(variant.code + "-" + instance).toString());
            KafkaStreams streams = new KafkaStreams(topology(config), new StreamsConfig(settings));
            instances.add(streams);
            streams.start();
        }
        awaitRunning();
    }

    private MiasmaConfig config(String topic, int threads, Path folder) {
        Map<String, String> values = new HashMap<>();
        values.put(ConfigKey.APPLICATION_ID, application);
        values.put(ConfigKey.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        values.put(ConfigKey.INPUT_TOPICS, topic);
        values.put(ConfigKey.INPUT_KEYED_BY_CLIENT, Boolean.toString(variant != Variant.REPARTITIONED));
        values.put(ConfigKey.THREADS, Integer.toString(threads));
        values.put(ConfigKey.MODELS_DIR, folder.resolve("no-models").toString());
        values.put(ConfigKey.ALERTS_TOPIC, application + "-alerts");
        values.put(ConfigKey.RISK_TOPIC, application + "-risk");
        values.put(ConfigKey.DEAD_LETTER_TOPIC, application + "-dead");
        values.put(ConfigKey.IDENTITY_KEY, DecodeWork.KEY);
        return MiasmaConfig.of(values);
    }

    private Topology topology(MiasmaConfig config) {
        AttackModels models =
                AttackModels.load(config.modelsDir(), config.universalModel(), config.flagRate(), measures);
        Knowledge knowledge =
                new Knowledge(models, TrainingFilters.none(), new Exemptions(config.sensors(), models, measures));
        return variant == Variant.PLAIN_STORE
                ? MonitorTopology.buildOnPlainStore(config, knowledge, measures, InstantSource.system())
                : MonitorTopology.build(config, knowledge, measures, InstantSource.system());
    }

    private void awaitRunning() throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        for (KafkaStreams streams : instances) {
            while (streams.state() != KafkaStreams.State.RUNNING) {
                if (System.nanoTime() > deadline || streams.state().hasCompletedShutdown()) {
                    throw new BenchException(name() + " is " + streams.state() + " and not RUNNING within "
                            + START_TIMEOUT.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    @Override
    public String name() {
        return variant.code;
    }

    @Override
    public long readTo(Map<TopicPartition, Long> ends, long total) throws InterruptedException {
        long start = System.nanoTime();
        instances.forEach(KafkaStreams::resume);
        awaitDetected(total);
        while (!isCommitted(ends)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        long nanos = System.nanoTime() - start;
        instances.forEach(KafkaStreams::pause);
        if (detected() != total) {
            throw new BenchException(name() + " detected " + detected() + " of " + total
                    + " events: some were read twice, so that the time means nothing");
        }
        return nanos;
    }

    private void awaitDetected(long total) throws InterruptedException {
        long before = -1;
        long changed = System.nanoTime();
        for (long seen = detected(); seen < total; seen = detected()) {
            if (seen != before) {
                before = seen;
                changed = System.nanoTime();
            } else if (System.nanoTime() - changed > STUCK.toNanos()) {
                throw new BenchException(name() + " stopped at " + seen + " of " + total + " events; its log says why");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /**
     * Whether the input, and with the hop what was sent over it, is committed to the end. Behind the last record of a
     * partition of the hop there are up to as many commit markers as there are stream threads.
     */
    private boolean isCommitted(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> committed = kafka.committed(application);
        if (!reached(committed, ends, 0)) {
            return false;
        }
        if (variant != Variant.REPARTITIONED) {
            return true;
        }
        String hop = application + "-scored-by-client-repartition";
        int threads = instances.stream()
                .mapToInt(streams -> streams.metadataForLocalThreads().size())
                .sum();
        return reached(committed, kafka.ends(hop, ends.size()), threads);
    }

    private static boolean reached(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends, int markers) {
        return ends.entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue() - markers);
    }

    /** Events seen by the detect stage. */
    private long detected() {
        return (long) measures.registry().find("miasma.detected").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Alerts about clients that were sent. */
    long alerts() {
        return (long) measures.registry().find("miasma.alerts").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        instances.forEach(streams -> streams.close(Duration.ofSeconds(20)));
    }
}
