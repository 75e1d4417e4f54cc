// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.RejectReason;
import dev.miasma.detect.Exemptions;
import dev.miasma.detect.RiskBand;
import dev.miasma.measure.Measures;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.LiveDefences;
import dev.miasma.score.TrainingFilters;
import dev.miasma.score.UnscorableReason;
import dev.miasma.serve.MonitorServer;
import dev.miasma.topology.Knowledge;
import dev.miasma.topology.MonitorTopology;
import dev.miasma.topology.StreamsSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running monitor: the topology on Kafka Streams, its HTTP side, and the watch over model files and input lag. */
final class Monitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LAG_INTERVAL = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final StreamsHealth health;
    private final MonitorServer server;
    private final InputLag lag;
    private final KafkaStreamsMetrics streamsMetrics;
    private final JvmMeters jvm;
    private final CloseOptions.GroupMembershipOperation onClose;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("miasma-watch").factory());

    private Monitor(
            KafkaStreams streams,
            StreamsHealth health,
            MonitorServer server,
            InputLag lag,
            KafkaStreamsMetrics streamsMetrics,
            JvmMeters jvm,
            CloseOptions.GroupMembershipOperation onClose) {
        this.streams = streams;
        this.health = health;
        this.server = server;
        this.lag = lag;
        this.streamsMetrics = streamsMetrics;
        this.jvm = jvm;
        this.onClose = onClose;
    }

    /**
     * Checks what has to be right, then starts.
     *
     * @param config of the monitor
     * @param alsoTold measures beside the Prometheus ones
     * @throws RuntimeException whose message is one sentence for the operator, if something is not right
     */
    static Monitor start(MiasmaConfig config, Measures alsoTold) {
        return start(config, alsoTold, InstantSource.system());
    }

    /** The same with another clock. */
    static Monitor start(MiasmaConfig config, Measures alsoTold, InstantSource clock) {
        MicrometerMeasures prometheus = new MicrometerMeasures(
                config.maxEndpoints(), RejectReason.codes(), UnscorableReason.codes(), RiskBand.codes());
        Measures measures = Measures.both(prometheus, alsoTold);
        var detect = config.detect();
        config.identity();
        LiveDefences defences = LiveDefences.of(config);
        AttackModels models =
                AttackModels.load(config.modelsDir(), config.universalModel(), config.flagRate(), measures);
        models.expect(defences);
        TrainingFilters filters = TrainingFilters.load(config.modelsDir(), config.identity(), measures);
        Exemptions exemptions = new Exemptions(config.sensors(), models, measures);
        config.exemptionsFile().ifPresent(exemptions::read);
        StartupChecks.run(config);

        KafkaStreams streams = new KafkaStreams(
                MonitorTopology.build(config, new Knowledge(models, filters, exemptions), measures, clock),
                new StreamsConfig(StreamsSettings.of(config, measures)));
        InputLag lag = new InputLag(config, Admin.create(StartupChecks.adminSettings(config)), clock);
        StreamsHealth health = new StreamsHealth(config.http(), clock, lag::progress);
        streams.setStateListener(health);
        streams.setUncaughtExceptionHandler(new ThreadReplacement(clock));
        PrometheusMeterRegistry registry = prometheus.registry();
        KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
        Gauge.builder("miasma.input.lag.records", lag, InputLag::waiting)
                .description("Input records that wait to be processed, over all instances.")
                .register(registry);
        Gauge.builder("miasma.alarm.threshold", detect::threshold)
                .description("Alarm threshold c of clients: a million over their part of the alert budget.")
                .register(registry);
        BuildInfo.register(registry);
        JvmMeters jvm = JvmMeters.register(registry);
        MonitorServer server;
        try {
            server = MonitorServer.start(config.http(), new Scrape(registry), health::live, health::ready);
        } catch (RuntimeException e) {
            streams.close();
            lag.close();
            jvm.close();
            throw e;
        }
        Monitor monitor = new Monitor(streams, health, server, lag, streamsMetrics, jvm, onClose(config));
        monitor.startWatch(models, config.modelsReload());
        monitor.schedule("look for changed training-set filters", filters::refresh, config.modelsReload());
        config.exemptionsFile()
                .ifPresent(file -> monitor.schedule(
                        "look for changed exemptions", () -> exemptions.refresh(file), config.modelsReload()));
        streams.start();
        streamsMetrics.bindTo(registry);
        LOG.info("metrics at {}", server.metricsUrl());
        return monitor;
    }

    /**
     * A member with a name keeps its place for its own return. One without is never recognised again, and unless it
     * leaves, the group waits a whole session timeout for it before anyone, its successor included, gets its partitions.
     */
    private static CloseOptions.GroupMembershipOperation onClose(MiasmaConfig config) {
        return config.string(ConfigKey.INSTANCE_ID).isEmpty()
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
    }

    private void startWatch(AttackModels models, Duration modelsReload) {
        schedule("look for changed attack models", models::refresh, modelsReload);
        schedule("look at the input's offsets", lag::refresh, LAG_INTERVAL);
    }

    private void schedule(String what, Runnable work, Duration interval) {
        var _ = watch.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.warn("could not {}", what, e);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until the monitor processes.
     *
     * @return whether it does within the time
     */
    boolean awaitRunning(Duration timeout) throws InterruptedException {
        return health.awaitRunning(timeout);
    }

    /** Waits until the monitor has stopped by itself, which it does only on errors that are not the data's. */
    void awaitStopped() throws InterruptedException {
        health.awaitStopped();
    }

    /** Whether it processes now. */
    boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Address of the metrics. */
    String metricsUrl() {
        return server.metricsUrl();
    }

    /** Stops, commits what is done, and lets go of everything. */
    @Override
    public void close() {
        watch.shutdownNow();
        if (!streams.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(onClose))) {
            LOG.warn("the stream threads did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
        }
        streamsMetrics.close();
        jvm.close();
        server.close();
        lag.close();
    }
}
