// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of measurements with a broker. */
final class LoadOptions {
    private static final int WARM_UPS = 3;

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "N",
            description = "Classes of the posteriors; several for a run each (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private List<Integer> classes = List.of();

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description = "Clients, Zipf-distributed, one in 20 probes; several for a run each (default: the"
                    + " measurement's own).")
    private List<Integer> clients = new ArrayList<>();

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "Numbers of each query in its event; 0 for none (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int features;

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "N",
            description = "Rows of each event, which is a batch event from 2 on; several for a run each (default:"
                    + " ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private List<Integer> rows = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each contender (default: processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--instances",
            split = ",",
            paramLabel = "N",
            description = "Instances of the monitor, with --threads each; several for a run each (default: 1).",
            defaultValue = "1")
    private List<Integer> instances = List.of();

    @Option(
            names = "--queries",
            paramLabel = "N",
            description = "Queries of a round (default: 600000; with --quick 20000).")
    private @Nullable Integer queries;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Configuration of the monitor beside its defaults, for example"
                    + " kafka.commit.interval.ms=100; may be given several times.")
    private Map<String, String> settings = new HashMap<>();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka to measure against (default: a broker in this JVM).")
    private @Nullable String bootstrap;

    BenchKafka kafka() {
        return BenchKafka.open(bootstrap);
    }

    /** A load for every combination, checked. */
    List<Load> loads(BenchOptions options, List<Integer> ownClients) {
        int each = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        int events = queries == null ? options.pick(1_000_000, 20_000) : queries;
        options.require(features >= 0 && features <= 10_000, "--features is " + features + ": must be 0 to 10000");
        options.require(each >= 1 && each <= 64, "--threads is " + each + ": must be 1 to 64");
        options.require(events >= 1000 && events <= 5_000_000, "--queries is " + events + ": must be 1000 to 5000000");
        List<Load> all = new ArrayList<>();
        for (int n : instances) {
            options.require(n >= 1 && n <= 16, "--instances has " + n + ": each must be 1 to 16");
            for (int c : classes) {
                options.require(c >= 2 && c <= 1000, "--classes has " + c + ": each must be 2 to 1000");
                for (int k : clients.isEmpty() ? ownClients : clients) {
                    options.require(k >= 1 && k <= 20_000_000, "--clients has " + k + ": each must be 1 to 20000000");
                    for (int r : rows) {
                        options.require(r >= 1 && r <= 1000, "--rows has " + r + ": each must be 1 to 1000");
                        all.add(load(options, c, k, r, each, n, events));
                    }
                }
            }
        }
        return all;
    }

    private Load load(
            BenchOptions options, int classCount, int clientCount, int rowCount, int each, int count, int queryCount) {
        return new Load(
                classCount,
                clientCount,
                features,
                rowCount,
                each,
                count,
                queryCount,
                options.pick(WARM_UPS, 1),
                options.rounds(),
                options.seed,
                new TreeMap<>(settings));
    }
}
