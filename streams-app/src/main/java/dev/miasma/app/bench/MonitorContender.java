// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.RejectReason;
import dev.miasma.detect.ClientStateStore;
import dev.miasma.detect.Exemptions;
import dev.miasma.detect.RiskBand;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.TrainingFilters;
import dev.miasma.score.UnscorableReason;
import dev.miasma.topology.BundlingClients;
import dev.miasma.topology.Knowledge;
import dev.miasma.topology.MonitorTopology;
import dev.miasma.topology.StreamsSettings;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.CloseOptions;
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
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 2;

    private final Plan plan;
    private final BenchKafka kafka;
    private final String application;
    private final MiasmaConfig config;
    private final MicrometerMeasures measures;
    private final List<KafkaStreams> instances = new ArrayList<>();
    private RestoredRecords restored = new RestoredRecords();

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
     * How it is set up.
     *
     * @param name of the application in this run
     * @param topic of the input
     * @param folder for the states, one below it an instance
     * @param extra configuration beside the defaults
     */
    record Plan(Variant variant, String name, String topic, Load load, Path folder, Map<String, String> extra) {
        static Plan of(Variant variant, String topic, Load load, Path folder) {
            return new Plan(variant, variant.code, topic, load, folder, Map.of());
        }
    }

    /** Makes its topics. */
    MonitorContender(Plan plan, BenchKafka kafka) {
        this.plan = plan;
        this.kafka = kafka;
        application = kafka.name(plan.name());
        config = config();
        measures = new MicrometerMeasures(
                config.maxEndpoints(), RejectReason.codes(), UnscorableReason.codes(), RiskBand.codes());
        kafka.create(
                plan.load().partitions(),
                List.of(
                        config.outputs().alertsTopic(),
                        config.outputs().riskTopic(),
                        config.outputs().deadLetterTopic()));
    }

    /**
     * Starts it and waits until it runs; it begins to read at once.
     *
     * @return time until it runs, nanoseconds
     */
    long start() throws InterruptedException {
        restored = new RestoredRecords();
        long start = System.nanoTime();
        for (int instance = 0; instance < plan.load().instances(); instance++) {
            Map<String, Object> settings = new HashMap<>(StreamsSettings.of(config, measures));
            settings.put(StreamsConfig.STATE_DIR_CONFIG, stateOf(instance).toString());
            KafkaStreams streams = new KafkaStreams(
                    topology(),
                    new StreamsConfig(settings),
                    new BundlingClients(config.input().topics()));
            streams.setGlobalStateRestoreListener(restored);
            instances.add(streams);
            streams.start();
        }
        awaitRunning();
        return System.nanoTime() - start;
    }

    private Path stateOf(int instance) {
        return plan.folder().resolve(plan.name() + "-" + instance);
    }

    /** Stops it; it can be started again, without anything on its disks. */
    void stopAndForget() throws IOException {
        close();
        for (int instance = 0; instance < plan.load().instances(); instance++) {
            Utils.delete(stateOf(instance).toFile());
        }
    }

    private MiasmaConfig config() {
        Map<String, String> values = new HashMap<>();
        values.put(ConfigKey.APPLICATION_ID, application);
        values.put(ConfigKey.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        values.put(ConfigKey.INPUT_TOPICS, plan.topic());
        values.put(ConfigKey.INPUT_KEYED_BY_CLIENT, Boolean.toString(plan.variant() != Variant.REPARTITIONED));
        values.put(ConfigKey.THREADS, Integer.toString(plan.load().threads()));
        values.put(ConfigKey.MODELS_DIR, plan.folder().resolve("no-models").toString());
        values.put(ConfigKey.ALERTS_TOPIC, application + "-alerts");
        values.put(ConfigKey.RISK_TOPIC, application + "-risk");
        values.put(ConfigKey.DEAD_LETTER_TOPIC, application + "-dead");
        values.put(ConfigKey.IDENTITY_KEY, DecodeWork.KEY);
        values.putAll(plan.extra());
        values.putAll(plan.load().settings());
        return MiasmaConfig.of(values);
    }

    private Topology topology() {
        AttackModels models =
                AttackModels.load(config.modelsDir(), config.universalModel(), config.flagRate(), measures);
        Knowledge knowledge =
                new Knowledge(models, TrainingFilters.none(), new Exemptions(config.sensors(), models, measures));
        return plan.variant() == Variant.PLAIN_STORE
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
        return plan.variant().code;
    }

    @Override
    public long readTo(Map<TopicPartition, Long> ends, long total) throws InterruptedException {
        long start = System.nanoTime();
        resume();
        awaitDetected(total);
        while (!isCommitted(ends)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        long nanos = System.nanoTime() - start;
        pause();
        if (detected() != total) {
            throw new BenchException(name() + " detected " + detected() + " of " + total
                    + " events: some were read twice, so that the time means nothing");
        }
        return nanos;
    }

    void resume() {
        instances.forEach(KafkaStreams::resume);
    }

    void pause() {
        instances.forEach(KafkaStreams::pause);
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
        if (plan.variant() != Variant.REPARTITIONED) {
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

    /** What came back from changelogs at the last start. */
    RestoredRecords restored() {
        return restored;
    }

    /** The topic of alerts. */
    String alertsTopic() {
        return config.outputs().alertsTopic();
    }

    /** The changelog of the clients' states. */
    String changelog() {
        return application + "-" + ClientStateStore.CLIENTS + "-changelog";
    }

    @Override
    public void close() {
        // Who leaves without a word is waited for by the group.
        CloseOptions leaving = CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
        instances.forEach(streams -> streams.close(leaving));
        instances.clear();
    }
}
