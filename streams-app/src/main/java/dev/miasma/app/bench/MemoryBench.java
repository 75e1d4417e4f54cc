// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.app.bench.MonitorContender.Variant;
import dev.miasma.detect.ClientFootprint;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sizes of clients' states, and what a record costs with so many of them. */
final class MemoryBench {
    static final String WRITES = "changelogRecordsPerQuery";
    static final String COST = "costPerRecord";
    private static final double MOST_BYTES = 200;
    private static final double MOST_GROWTH = 1.3;
    private static final int[] QUERIES = {1, 8, 32, 128};

    /** Queries of a client where it is an average one that is looked at. */
    private static final int MEAN_QUERIES = 32;

    private static final int CLASSES = 10;
    private static final int FEATURES = 20;

    /** Clients that are looked at for their bytes in the store; all of one size are nearly alike. */
    private static final int SAMPLE = 1_000;

    private MemoryBench() {}

    /** What a record costs with the clients of a load. */
    static BenchRun cost(Load load, BenchKafka kafka, Path folder, Consumer<String> progress)
            throws InterruptedException {
        try (Rounds rounds = new Rounds(load, kafka, state -> progress.accept(load.clients() + " clients, " + state))) {
            rounds.addConsumers(Rounds.DECODE_ONLY);
            MonitorContender monitor =
                    new MonitorContender(MonitorContender.Plan.of(Variant.KEYED, rounds.topic(), load, folder), kafka);
            rounds.add(monitor);
            monitor.start();
            rounds.run();
            Samples cost = Samples.ratio(rounds.cpuNanos(Variant.KEYED.code), rounds.cpuNanos(Rounds.DECODE_ONLY));
            double written = kafka.ends(monitor.changelog(), load.partitions()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new BenchRun(
                    load.asMap(),
                    List.of(
                            Figure.ratio(COST, "processor time of a record over that of decoding it", cost),
                            Figure.ratio(
                                    WRITES,
                                    "changelog records of client states a query",
                                    new Samples(new double[] {written / rounds.published()}))));
        }
    }

    /** Bytes of states, and the growth of the costs over the runs. */
    static BenchRun footprint(List<BenchRun> costs, long seed, int clients) {
        List<Figure> figures = new ArrayList<>();
        for (int queries : QUERIES) {
            ClientFootprint footprint = footprint(SAMPLE, queries, 0, seed);
            figures.add(bytes("stateBytes" + queries, "without what was asked", queries, footprint.stateBytes())
                    .withGoal(Goal.atMost(MOST_BYTES)));
            figures.add(
                    bytes("storedBytes" + queries, "with the queries' fingerprints", queries, footprint.storedBytes()));
        }
        for (int queries : QUERIES) {
            long stored = footprint(SAMPLE, queries, FEATURES, seed).storedBytes();
            figures.add(bytes("storedBytesWithRing" + queries, "with the features' fingerprints too", queries, stored));
        }
        figures.add(population(clients, seed));
        figures.add(heap("heapBytes", "heap, no features", clients, 0, seed));
        figures.add(heap("heapBytesWithRing", "heap, with fingerprint ring", clients, FEATURES, seed));
        if (costs.size() > 1) {
            Samples first = costs.getFirst().figure(COST).samples();
            Samples last = costs.getLast().figure(COST).samples();
            figures.addFirst(Figure.ratio(
                    "costGrowth",
                    "processor time of a record, most clients over fewest",
                    new Samples(new double[] {last.median() / first.median()}),
                    Goal.atMost(MOST_GROWTH)));
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("classes", CLASSES);
        settings.put("clientsOnHeap", clients);
        settings.put("seed", seed);
        return new BenchRun(settings, figures);
    }

    private static Figure bytes(String name, String what, int queries, long bytes) {
        return Figure.of(
                name,
                "store and changelog, " + what + ", after " + queries + (queries == 1 ? " query" : " queries"),
                new Samples(new double[] {(double) bytes / SAMPLE}),
                "bytes a client");
    }

    /** What to reckon with for many clients: most of them ask little. */
    private static Figure population(int clients, long seed) {
        BenchQueries source = new BenchQueries(new BenchEvents(CLASSES, clients, FEATURES, seed));
        ClientFootprint footprint = footprint(source);
        for (int i = 0; i < clients * MEAN_QUERIES; i++) {
            footprint.add(source.next());
        }
        return Figure.of(
                "storedBytesOfZipf",
                "store and changelog, with all fingerprints, of Zipf-distributed clients of " + MEAN_QUERIES
                        + " queries on average",
                new Samples(new double[] {(double) footprint.storedBytes() / footprint.clients()}),
                "bytes a client");
    }

    private static Figure heap(String name, String what, int clients, int features, long seed) {
        long before = usedHeap();
        ClientFootprint footprint = footprint(clients, MEAN_QUERIES, features, seed);
        double bytes = (double) (usedHeap() - before) / footprint.clients();
        return Figure.of(
                name,
                what + ", after " + MEAN_QUERIES + " queries",
                new Samples(new double[] {bytes}),
                "bytes a client");
    }

    /** Clients that each made so many distinct queries. */
    private static ClientFootprint footprint(int clients, int queries, int features, long seed) {
        BenchQueries source = new BenchQueries(new BenchEvents(CLASSES, 1, features, seed));
        ClientFootprint footprint = footprint(source);
        for (int i = 0; i < queries; i++) {
            for (int client = 0; client < clients; client++) {
                footprint.add(source.nextOf(client));
            }
        }
        return footprint;
    }

    private static ClientFootprint footprint(BenchQueries source) {
        return new ClientFootprint(BenchQueries.config().detect(), source.models());
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
