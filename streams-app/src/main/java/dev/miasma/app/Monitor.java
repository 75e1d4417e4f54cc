// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.RejectReason;
import dev.miasma.detect.EvidencePaths;
import dev.miasma.detect.Exemptions;
import dev.miasma.detect.RiskBand;
import dev.miasma.measure.JvmMeters;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.LiveDefences;
import dev.miasma.score.TrainingFilters;
import dev.miasma.score.UnscorableReason;
import dev.miasma.serve.AlertLog;
import dev.miasma.serve.MonitorServer;
import dev.miasma.topology.BundlingClients;
import dev.miasma.topology.Knowledge;
import dev.miasma.topology.MonitorTopology;
import dev.miasma.topology.Onlookers;
import dev.miasma.topology.StreamsSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running monitor: the topology on Kafka Streams, its HTTP side, the alerts read back, and the watch over model files and input lag. */
final class Monitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LAG_INTERVAL = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final StreamsHealth health;
    private final MonitorServer server;
    private final InputLag lag;
    private final AlertFeed feed;
    private final KafkaStreamsMetrics streamsMetrics;
    private final JvmMeters jvm;
    private final LogLimit log;
    private final CloseOptions.GroupMembershipOperation onClose;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("miasma-watch").factory());

    private Monitor(
            KafkaStreams streams,
            StreamsHealth health,
            MonitorServer server,
            InputLag lag,
            AlertFeed feed,
            KafkaStreamsMetrics streamsMetrics,
            JvmMeters jvm,
            LogLimit log,
            CloseOptions.GroupMembershipOperation onClose) {
        this.streams = streams;
        this.health = health;
        this.server = server;
        this.lag = lag;
        this.feed = feed;
        this.streamsMetrics = streamsMetrics;
        this.jvm = jvm;
        this.log = log;
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
        config.identity();
        config.exposedSecrets().forEach(LOG::warn);
        LiveDefences defences = LiveDefences.of(config);
        AttackModels models =
                AttackModels.load(config.modelsDir(), config.universalModel(), config.flagRate(), measures, clock);
        models.expect(defences);
        TrainingFilters filters = TrainingFilters.load(config.modelsDir(), config.identity(), measures);
        Exemptions exemptions = new Exemptions(config.sensors(), models, measures);
        config.exemptionsFile().ifPresent(exemptions::read);
        StartupChecks.run(config);
        // Bound first: the port is part of the address by which the other instances know this one.
        MonitorServer server = MonitorServer.bind(config.http());
        Monitor monitor;
        try {
            monitor = start(config, new Knowledge(models, filters, exemptions), prometheus, measures, server, clock);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        monitor.startWatch(models, config.modelsReload());
        monitor.schedule("look for changed training-set filters", filters::refresh, config.modelsReload());
        config.exemptionsFile()
                .ifPresent(file -> monitor.schedule(
                        "look for changed exemptions", () -> exemptions.refresh(file), config.modelsReload()));
        monitor.streams.start();
        monitor.streamsMetrics.bindTo(prometheus.registry());
        LOG.info("console and API at {}, metrics at {}", server.url(), server.metricsUrl());
        return monitor;
    }

    /** All that runs, the stream not started yet. */
    private static Monitor start(
            MiasmaConfig config,
            Knowledge knowledge,
            MicrometerMeasures prometheus,
            Measures measures,
            MonitorServer server,
            InstantSource clock) {
        LogLimit log = new LogLimit(clock);
        Map<String, Object> settings = StreamsSettings.of(config, measures, log);
        settings.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, server.advertised());
        String self = String.valueOf(settings.get(StreamsConfig.APPLICATION_SERVER_CONFIG));
        EvidencePaths paths = new EvidencePaths();
        Topology topology = MonitorTopology.build(config, knowledge, measures, clock, new Onlookers(paths, log));
        KafkaStreams streams = new KafkaStreams(
                topology,
                new StreamsConfig(settings),
                new BundlingClients(config.input().topics()));
        InputLag lag = new InputLag(config, Admin.create(StartupChecks.adminSettings(config)), clock);
        StreamsHealth health = new StreamsHealth(config.http(), clock, lag::progress);
        streams.setStateListener(health);
        streams.setUncaughtExceptionHandler(new ThreadReplacement(clock));
        PrometheusMeterRegistry registry = prometheus.registry();
        registerGauges(registry, lag, config);
        StateMeters.register(registry, streams);
        AlertLog alerts = new AlertLog();
        AlertFeed feed = AlertFeed.start(config, settings, alerts);
        var view =
                new ApiView(config, topology, streams, knowledge.models(), paths, prometheus, lag, alerts, self, clock);
        server.open(new Scrape(registry), health::live, health::ready, view.api());
        return new Monitor(
                streams,
                health,
                server,
                lag,
                feed,
                new KafkaStreamsMetrics(streams),
                JvmMeters.register(registry),
                log,
                onClose(config));
    }

    private static void registerGauges(PrometheusMeterRegistry registry, InputLag lag, MiasmaConfig config) {
        Gauge.builder("miasma.input.lag.records", lag, InputLag::waiting)
                .description("Input records that wait to be processed, over all instances.")
                .register(registry);
        Gauge.builder("miasma.alarm.threshold", config.detect()::threshold)
                .description("Alarm threshold c of clients: a million over their part of the alert budget.")
                .register(registry);
        BuildInfo.register(registry);
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
        schedule("say what the log left out", log::tell, LAG_INTERVAL);
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

    /** Address of the console. */
    String url() {
        return server.url();
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
        feed.close();
        lag.close();
        log.close();
    }
}
