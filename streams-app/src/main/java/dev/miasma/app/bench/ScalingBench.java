// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.app.bench.MonitorContender.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a record costs as one thing at a time grows: records at once, clients, classes, instances. */
final class ScalingBench {
    static final String COST = "costOverDecode";
    static final String HOP_COST = "hopCostOverDecode";
    static final String GROWTH = "costOverFirst";
    static final String THROUGHPUT = "throughputOverFirst";
    static final String WRITES = "changelogRecordsPerQuery";

    private static final List<Integer> CLASSES = List.of(30, 100);
    private static final List<Integer> CLIENTS = List.of(1_000, 100_000, 1_000_000);
    private static final List<Integer> INSTANCES = List.of(2, 3, 4);
    private static final List<Integer> FEWER = List.of(10, 100);

    /** Those of the first run; later ones are beside them. */
    private double firstNanos;

    private double firstPerSecond;

    /** The first load, and then others that differ from it in one thing each. */
    static List<Load> loads(Load first, boolean quick) {
        List<Load> loads = new ArrayList<>(List.of(first));
        if (quick) {
            loads.add(first.withInstances(INSTANCES.getFirst()));
            return loads;
        }
        CLASSES.forEach(classes -> loads.add(first.withClasses(classes)));
        CLIENTS.forEach(clients -> loads.add(first.withClients(clients)));
        INSTANCES.forEach(count -> loads.add(first.withInstances(count)));
        FEWER.forEach(times -> loads.add(first.withQueries(first.queries() / times)));
        return loads;
    }

    /** What a run has that the first has not; of the first what it has itself. */
    static String title(BenchRun first, BenchRun run) {
        boolean isFirst = run.settings().equals(first.settings());
        List<String> parts = new ArrayList<>();
        for (String setting : List.of("classes", "clients", "instances", "queries")) {
            Object value = run.settings().get(setting);
            if (value instanceof Number number
                    && (isFirst || !value.equals(first.settings().get(setting)))) {
                String name = setting.equals("queries")
                        ? "queries at once"
                        : value.equals(1) ? setting.substring(0, setting.length() - 1) : setting;
                parts.add(Goal.number(number.doubleValue()) + " " + name);
            }
        }
        return String.join(", ", parts);
    }

    BenchRun run(Load load, BenchKafka kafka, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        Map<String, Object> settings = load.asMap();
        String what = load.classes() + " classes, " + load.clients() + " clients, " + load.instances() + " instances, ";
        try (Rounds rounds = new Rounds(load, kafka, state -> progress.accept(what + state))) {
            rounds.addConsumers(Rounds.DECODE_ONLY);
            MonitorContender keyed = add(rounds, Variant.KEYED, load, kafka, folder);
            add(rounds, Variant.REPARTITIONED, load, kafka, folder);
            rounds.run();
            double written = kafka.ends(keyed.changelog(), load.partitions()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new BenchRun(settings, figures(rounds, written / rounds.published()));
        }
    }

    private static MonitorContender add(Rounds rounds, Variant variant, Load load, BenchKafka kafka, Path folder)
            throws InterruptedException {
        MonitorContender monitor =
                new MonitorContender(MonitorContender.Plan.of(variant, rounds.topic(), load, folder), kafka);
        rounds.add(monitor);
        monitor.start();
        return monitor;
    }

    private List<Figure> figures(Rounds rounds, double writes) {
        Samples decode = rounds.cpuNanos(Rounds.DECODE_ONLY);
        Samples keyed = rounds.cpuNanos(Variant.KEYED.code);
        Samples perSecond = rounds.perSecond(Variant.KEYED.code);
        if (firstNanos == 0) {
            firstNanos = keyed.median();
            firstPerSecond = perSecond.median();
        }
        return List.of(
                Figure.ratio(GROWTH, "processor time of a record over that of the first table", keyed.over(firstNanos)),
                Figure.ratio(COST, "processor time of a record over that of decoding it", Samples.ratio(keyed, decode)),
                Figure.ratio(
                        HOP_COST,
                        "the same with the hop by client",
                        Samples.ratio(rounds.cpuNanos(Variant.REPARTITIONED.code), decode)),
                Figure.ratio(THROUGHPUT, "throughput over that of the first table", perSecond.over(firstPerSecond)),
                Figure.ratio(WRITES, "changelog records of client states a query", new Samples(new double[] {writes})));
    }
}
