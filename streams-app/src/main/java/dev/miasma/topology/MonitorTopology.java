// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.alert.AlertProcessor;
import dev.miasma.alert.AlertWriter;
import dev.miasma.alert.CommitPace;
import dev.miasma.alert.EndpointAlertProcessor;
import dev.miasma.alert.EndpointAlertWriter;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.OutputSettings;
import dev.miasma.detect.DetectProcessor;
import dev.miasma.detect.Detected;
import dev.miasma.detect.EndpointAlert;
import dev.miasma.detect.EndpointProcessor;
import dev.miasma.detect.EndpointStateStore;
import dev.miasma.detect.Exemptions;
import dev.miasma.detect.ExemptionsProcessor;
import dev.miasma.detect.LeakBlock;
import dev.miasma.detect.LeakBlockSerde;
import dev.miasma.detect.Level;
import dev.miasma.detect.PlainStoreProcessor;
import dev.miasma.measure.Measures;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.ScoredBatchSerde;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.ScoredQuerySerde;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.Stores;

/** The whole wiring: predictions, decode, score, repartition by client, detect, alert; cohorts and endpoints aside. */
public final class MonitorTopology {
    private static final String SCORED_BY_CLIENT = "scored-by-client";
    private static final String BATCH = "batch";
    private static final String UNBATCH = "unbatch";
    private static final String DETECT = "detect";
    private static final String ALERT = "alert";
    private static final String ALERTS = "alerts";
    private static final String CLIENT_RISK = "client-risk";
    private static final String FOR_COHORT = "for-cohort";
    private static final String SCORED_BY_COHORT = "scored-by-cohort";
    private static final String DETECT_COHORTS = "detect-cohorts";
    private static final String ALERT_COHORTS = "alert-cohorts";
    private static final String COHORT_ALERTS = "cohort-alerts";
    private static final String COHORT_RISK = "cohort-risk";
    private static final String EXEMPTIONS = "exemptions";
    private static final String FOR_ENDPOINT = "for-endpoint";
    private static final String LEAKS_BY_ENDPOINT = "leaks-by-endpoint";
    private static final String WATCH_ENDPOINTS = "watch-endpoints";
    private static final String ALERT_ENDPOINTS = "alert-endpoints";
    private static final String ENDPOINT_ALERTS = "endpoint-alerts";

    private final MiasmaConfig config;
    private final Knowledge knowledge;
    private final AttackModels models;
    private final Exemptions exemptions;
    private final Measures measures;
    private final Onlookers onlookers;
    private final CommitPace pace;
    private final boolean plainStore;
    private final MonitorStores stores;
    private final StreamsBuilder builder = new StreamsBuilder();

    private MonitorTopology(
            MiasmaConfig config, Knowledge knowledge, Measures measures, Onlookers onlookers, boolean plainStore) {
        this.onlookers = onlookers;
        this.plainStore = plainStore;
        stores = new MonitorStores(config, plainStore);
        this.config = config;
        this.knowledge = knowledge;
        models = knowledge.models();
        exemptions = knowledge.exemptions();
        this.measures = measures;
        pace = new CommitPace(
                config.integer(ConfigKey.ALERTS_COMMIT_PACE_MS), StreamsSettings.commitIntervalMillis(config));
    }

    /**
     * Builds the topology and starts nothing.
     *
     * @param config of the monitor
     * @param knowledge models, filters and exemptions in force
     * @param measures told by every stage
     * @param clock to tell how far an event is ahead
     */
    public static Topology build(MiasmaConfig config, Knowledge knowledge, Measures measures, InstantSource clock) {
        return build(config, knowledge, measures, clock, Onlookers.none(clock));
    }

    /** The same, with onlookers that others share. */
    public static Topology build(
            MiasmaConfig config, Knowledge knowledge, Measures measures, InstantSource clock, Onlookers onlookers) {
        Topology topology =
                new MonitorTopology(config, knowledge, measures, onlookers, false).wire(config.identity(), clock);
        stages(topology.describe()).forEach(measures::failuresExpected);
        return topology;
    }

    /** The same with the states of clients in a plain key-value store, for measuring what the other store is worth. */
    public static Topology buildOnPlainStore(
            MiasmaConfig config, Knowledge knowledge, Measures measures, InstantSource clock) {
        return new MonitorTopology(config, knowledge, measures, Onlookers.none(clock), true)
                .wire(config.identity(), clock);
    }

    /** Names of whatever can fail on a record: sources, which read their formats, and processors. */
    private static Stream<String> stages(TopologyDescription topology) {
        return Stream.concat(
                        topology.subtopologies().stream().flatMap(part -> part.nodes().stream()),
                        topology.globalStores().stream().flatMap(store -> Stream.of(store.source(), store.processor())))
                .filter(node -> !(node instanceof TopologyDescription.Sink))
                .map(TopologyDescription.Node::name);
    }

    /** The topology in words; needs neither Kafka nor a key nor a model. */
    public static String describe(MiasmaConfig config) {
        IdentitySettings noIdentity = new IdentitySettings(new byte[IdentitySettings.MIN_KEY_BYTES], true);
        Onlookers none = Onlookers.none(InstantSource.system());
        return new MonitorTopology(config, Knowledge.none(config.sensors()), new NoMeasures(), none, false)
                .wire(noIdentity, InstantSource.system())
                .describe()
                .toString();
    }

    private Topology wire(IdentitySettings identity, InstantSource clock) {
        KStream<String, ScoredQuery> scored =
                new ScoringTopology(config, knowledge, measures, onlookers, pace).wire(builder, identity, clock);
        stores.addTo(builder);
        KStream<String, ScoredQuery> byClient = config.input().keyedByClient() ? scored : hop(scored);
        KStream<String, Detected> ofClients = detectClients(byClient);
        KStream<String, Detected> ofCohorts = detectCohorts(ofClients);
        KStream<String, EndpointAlert> ofEndpoints = watchEndpoints(ofClients);
        // An alert stage for each, because one would tie what reads the clients' topic to what reads the others'.
        alert(ofClients, ALERT, ALERTS, CLIENT_RISK);
        alert(ofCohorts, ALERT_COHORTS, COHORT_ALERTS, COHORT_RISK);
        alertEndpoints(ofEndpoints);
        takeExemptions();
        return builder.build();
    }

    private KStream<String, ScoredQuery> hop(KStream<String, ScoredQuery> scored) {
        builder.addStateStore(new BatchStore.Builder());
        HopPartitioner partitioner = new HopPartitioner();
        return scored.process(
                        () -> BundledStage.last(new BatchProcessor(partitioner)), Named.as(BATCH), BatchStore.NAME)
                .repartition(Repartitioned.with(Serdes.String(), new ScoredBatchSerde())
                        .withStreamPartitioner(partitioner)
                        .withName(SCORED_BY_CLIENT))
                .process(() -> BundledStage.gathering(new UnbatchProcessor()), Named.as(UNBATCH));
    }

    private KStream<String, Detected> detectClients(KStream<String, ScoredQuery> byClient) {
        var wiring = new DetectProcessor.Wiring(ALERT, FOR_COHORT, FOR_ENDPOINT);
        return byClient.process(
                () -> plainStore ? onPlainStore(wiring) : onStates(wiring), Named.as(DETECT), stores.ofClients());
    }

    private Processor<String, ScoredQuery, String, Detected> onStates(DetectProcessor.Wiring wiring) {
        var detect = new DetectProcessor(
                Level.CLIENT, config.detect(), exemptions, models, measures, wiring, onlookers.paths());
        return BundledStage.last(detect, detect::foresee);
    }

    private Processor<String, ScoredQuery, String, Detected> onPlainStore(DetectProcessor.Wiring wiring) {
        return BundledStage.last(new PlainStoreProcessor(config.detect(), exemptions, models, measures, wiring));
    }

    private KStream<String, Detected> detectCohorts(KStream<String, Detected> ofClients) {
        var wiring = new DetectProcessor.Wiring(ALERT_COHORTS, "", "");
        return ofClients
                .mapValues(detected -> ((Detected.ForCohort) detected).query(), Named.as(FOR_COHORT))
                .repartition(Repartitioned.with(Serdes.String(), new ScoredQuerySerde())
                        .withName(SCORED_BY_COHORT))
                .process(
                        () -> new DetectProcessor(
                                Level.COHORT,
                                config.detectCohorts(),
                                exemptions,
                                models,
                                measures,
                                wiring,
                                onlookers.paths()),
                        Named.as(DETECT_COHORTS),
                        stores.ofCohorts());
    }

    private KStream<String, EndpointAlert> watchEndpoints(KStream<String, Detected> ofClients) {
        return ofClients
                .mapValues(detected -> (LeakBlock) detected, Named.as(FOR_ENDPOINT))
                .repartition(Repartitioned.with(Serdes.String(), new LeakBlockSerde())
                        .withName(LEAKS_BY_ENDPOINT))
                .process(
                        () -> new EndpointProcessor(
                                config.detectEndpoints(), config.floodPerMinute(), models, measures),
                        Named.as(WATCH_ENDPOINTS),
                        EndpointStateStore.NAME);
    }

    private void alert(KStream<String, Detected> detected, String name, String alerts, String risks) {
        OutputSettings out = config.outputs();
        var writer = new AlertWriter(
                config.string(ConfigKey.APPLICATION_ID),
                config.budgetPerMillion(),
                config.string(ConfigKey.ALERTS_RUNBOOK_URL));
        KStream<String, byte[]> outgoing = detected.process(
                () -> new AlertProcessor(writer, measures, onlookers.log(), pace, alerts, risks), Named.as(name));
        var produced = Produced.with(Serdes.String(), Serdes.ByteArray());
        outgoing.to(out.alertsTopic(), produced.withName(alerts));
        outgoing.to(out.riskTopic(), produced.withName(risks));
    }

    private void alertEndpoints(KStream<String, EndpointAlert> alerts) {
        var writer = new EndpointAlertWriter(
                config.string(ConfigKey.APPLICATION_ID),
                config.budgetPerMillion(),
                config.string(ConfigKey.ALERTS_RUNBOOK_URL));
        alerts.process(
                        () -> new EndpointAlertProcessor(writer, measures, onlookers.log(), pace),
                        Named.as(ALERT_ENDPOINTS))
                .to(
                        config.outputs().alertsTopic(),
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName(ENDPOINT_ALERTS));
    }

    private void takeExemptions() {
        String topic = config.string(ConfigKey.EXEMPTIONS_TOPIC);
        if (topic.isEmpty()) {
            return;
        }
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(ExemptionsProcessor.STORE),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled(),
                topic,
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(EXEMPTIONS),
                () -> new ExemptionsProcessor(exemptions));
    }
}
