// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import dev.miasma.simulate.EventWriter;
import dev.miasma.simulate.Outcome;
import dev.miasma.simulate.SimulatedQuery;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPlan;
import dev.miasma.simulate.TrafficPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Clients that ask two versions of a watched model, so that there is something to see in every panel. */
final class LiveTraffic implements AutoCloseable {
    static final String ENDPOINT = "shop";

    /** A prober of both versions. */
    static final String PROBER = Traffic.PROBER + "001";

    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long LATER = START + 120_000;
    private static final int PER_SECOND = 200;
    private static final int BENIGN = 100;
    private static final int PROBERS = 5;
    private static final int SYBILS = 40;
    private static final int INVENTED = 1_500;

    private final LeakyTarget target;
    private final String topic;
    private final Map<Integer, TrafficPublisher> versions;
    private final KafkaProducer<byte[], byte[]> raw;
    private final Random random = new Random(20261122);
    private int sent;

    LiveTraffic(String bootstrapServers, String topic, LeakyTarget target) {
        this.target = target;
        this.topic = topic;
        versions = Map.of(1, publisher(bootstrapServers, topic, "1"), 2, publisher(bootstrapServers, topic, "2"));
        raw = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static TrafficPublisher publisher(String bootstrapServers, String topic, String version) {
        return new TrafficPublisher(
                Map.of("bootstrap.servers", bootstrapServers), topic, new EventWriter(ENDPOINT, version, true));
    }

    /**
     * Queries of benign clients and of probers.
     *
     * @param seed of every random choice
     * @param proberTraffic share of all queries that the probers make, 0 to below 1
     * @param memberShare share of theirs that are about members, 0 to 1
     */
    Traffic traffic(long seed, double proberTraffic, double memberShare) {
        return traffic(seed, proberTraffic, memberShare, 0);
    }

    /** The same, so many milliseconds of event time later. */
    Traffic traffic(long seed, double proberTraffic, double memberShare, long later) {
        TrafficPlan plan =
                new TrafficPlan(seed, BENIGN, PROBERS, memberShare, proberTraffic, START + later, PER_SECOND);
        return new Traffic(plan, target.members, target.nonMembers, target::answer);
    }

    /** Has so many of them asked of a version. */
    void publish(int version, Traffic traffic, int queries) {
        publisher(version).publish(traffic, queries, 0, Long.MAX_VALUE);
    }

    private TrafficPublisher publisher(int version) {
        return Objects.requireNonNull(versions.get(version));
    }

    /** Accounts of one cohort that share the members to ask about, each a few. */
    void publishSybils(int queries) {
        for (int i = 0; i < queries; i++) {
            double[] features = target.members[random.nextInt(target.members.length)];
            publisher(1).send(query("sybil-" + random.nextInt(SYBILS), "tenant-x", features, false, START));
        }
        publisher(1).flush();
    }

    /** One client that asks the same again and again, and one that is told a label only. */
    void publishRepeatsAndLabels(int queries) {
        for (int i = 0; i < queries; i++) {
            publisher(1).send(query("repeater", null, target.nonMembers[0], false, START));
            publisher(1).send(query("labelled", null, nonMember(), true, START));
        }
        publisher(1).flush();
    }

    /** Clients that nobody has seen before, all in one minute of event time. */
    void publishFlood() {
        for (int i = 0; i < INVENTED; i++) {
            publisher(1).send(query("invented-" + i, null, nonMember(), false, LATER));
        }
        publisher(1).flush();
    }

    /** What is no event. */
    void publishPoison(int records) {
        for (int i = 0; i < records; i++) {
            var _ = raw.send(new ProducerRecord<>(topic, ("poison " + i).getBytes(StandardCharsets.UTF_8)));
        }
        raw.flush();
    }

    private double[] nonMember() {
        return target.nonMembers[random.nextInt(target.nonMembers.length)];
    }

    private SimulatedQuery query(
            String client, @Nullable String cohort, double[] features, boolean labelOnly, long millis) {
        double[] posterior = target.answer(features);
        return new SimulatedQuery(
                "extra-" + sent++,
                client,
                cohort,
                "made for a test",
                true,
                features,
                posterior,
                labelOnly,
                millis,
                false,
                0,
                Outcome.GOES_ON);
    }

    @Override
    public void close() {
        versions.values().forEach(TrafficPublisher::close);
        raw.close();
    }
}
