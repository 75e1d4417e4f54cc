// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.SensorSettings;
import dev.miasma.detect.DetectKernel;
import dev.miasma.score.ScoredQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a detector update costs. */
@Command(
        name = "detect",
        description = {
            "What one update of a client's state costs that is in the cache, by set of sensors: time, and bytes"
                    + " allocated. And what decoding a query costs, as an event and as one of 200 rows of an event.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DetectCommand implements Callable<Integer> {
    private static final double MOST_NANOS = 250;
    private static final int CLASSES = 10;
    private static final int FEATURES = 20;
    private static final String ALL = "defaultSensors";
    private static final String WITHOUT_FEATURES = "withoutFeatures";

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Clients whose states are updated in turn (default: ${DEFAULT-VALUE}).",
            defaultValue = "16")
    private int clients;

    @Mixin
    private BenchOptions options = new BenchOptions();

    private record DetectOp(DetectKernel kernel) implements OpTimer.Op {
        @Override
        public void prepare() {
            kernel.prepare();
        }

        @Override
        public int size() {
            return kernel.updates();
        }

        @Override
        public double run() {
            return kernel.run();
        }
    }

    @Override
    public Integer call() throws IOException {
        options.require(clients >= 1 && clients <= 10_000, "--clients is " + clients + ": must be 1 to 10000");
        OpTimer timer = new OpTimer(options.rounds(), options.nanosPerRound());
        Map<String, DetectKernel> kernels = kernels();
        kernels.forEach((name, kernel) -> timer.add(name, new DetectOp(kernel)));
        addDecoding(timer);
        OpTimer.Costs costs = timer.run(options::progress);
        List<Figure> figures = new ArrayList<>();
        kernels.keySet().forEach(name -> {
            OpTimer.Cost cost = costs.of(name);
            figures.add(new Figure(
                    name + "Nanos", name, cost.nanos(), "ns", name.equals(ALL) ? Goal.atMost(MOST_NANOS) : null));
            figures.add(new Figure(name + "Bytes", name, cost.bytes(), "bytes allocated", Goal.atMost(0)));
        });
        Samples all = costs.of(ALL).nanos();
        for (String name : kernels.keySet()) {
            if (!name.equals(ALL)) {
                figures.add(Figure.ratio(
                        name + "OverDefault",
                        name + " over default sensors",
                        Samples.ratio(costs.of(name).nanos(), all)));
            }
        }
        addDecoding(figures, costs);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("clients", clients);
        settings.put("rounds", options.rounds());
        settings.put("seed", options.seed);
        options.tell(new BenchReport(
                "detect",
                options.commandLine(),
                Machine.here(Machine.NONE),
                List.of(new BenchRun(settings, figures)),
                List.of(
                        "Every query is new to its client, and is compared with the 64 before it where it has features;"
                                + " default sensors without a training filter.",
                        "Decoding a row is compared with decoding the same query as an event of its own, "
                                + DecodeOps.ROWS + " of either, by one client.")));
        return ExitCode.OK;
    }

    private void addDecoding(OpTimer timer) {
        DecodeOps whole = new DecodeOps(new BenchEvents(CLASSES, 1, FEATURES, options.seed));
        DecodeOps bare = new DecodeOps(new BenchEvents(CLASSES, 1, 0, options.seed));
        timer.add("singleEvent", whole.singles());
        timer.add("batchRow", whole.rows());
        timer.add("singleEventWithoutFeatures", bare.singles());
        timer.add("batchRowWithoutFeatures", bare.rows());
    }

    private static void addDecoding(List<Figure> figures, OpTimer.Costs costs) {
        for (String kind : List.of("", "WithoutFeatures")) {
            String said = kind.isEmpty() ? ", 20 features" : ", no features";
            OpTimer.Cost single = costs.of("singleEvent" + kind);
            OpTimer.Cost row = costs.of("batchRow" + kind);
            figures.add(Figure.of("singleEvent" + kind + "Nanos", "decode an event" + said, single.nanos(), "ns"));
            figures.add(Figure.of("batchRow" + kind + "Nanos", "decode a row" + said, row.nanos(), "ns"));
            figures.add(Figure.of(
                    "singleEvent" + kind + "Bytes", "decode an event" + said, single.bytes(), "bytes allocated"));
            figures.add(Figure.of("batchRow" + kind + "Bytes", "decode a row" + said, row.bytes(), "bytes allocated"));
            figures.add(Figure.ratio(
                    "batchRowOverSingleEvent" + kind,
                    "a row over an event" + said,
                    Samples.ratio(row.nanos(), single.nanos())));
        }
    }

    private Map<String, DetectKernel> kernels() {
        DetectSettings settings = BenchQueries.config().detect();
        BenchQueries source = new BenchQueries(new BenchEvents(CLASSES, 1, FEATURES, options.seed));
        BenchQueries bare = new BenchQueries(new BenchEvents(CLASSES, 1, 0, options.seed));
        int count = clients * 2 * DetectKernel.SEEN;
        List<ScoredQuery> queries = source.take(count);
        Map<String, DetectKernel> kernels = new LinkedHashMap<>();
        kernels.put(ALL, new DetectKernel(settings, source.models(), queries));
        kernels.put(WITHOUT_FEATURES, new DetectKernel(settings, bare.models(), bare.take(count)));
        alone(settings.sensors())
                .forEach((name, sensors) ->
                        kernels.put(name, new DetectKernel(with(settings, sensors), source.models(), queries)));
        return kernels;
    }

    private static Map<String, SensorSettings> alone(SensorSettings s) {
        Map<String, SensorSettings> sets = new LinkedHashMap<>();
        sets.put("memberLikenessOnly", weights(s, 1, 0, 0, 0));
        sets.put("neighbourhoodOnly", weights(s, 0, 1, 0, 0));
        sets.put("climbOnly", weights(s, 0, 0, 1, 0));
        sets.put("repeatOnly", weights(s, 0, 0, 0, 1));
        return sets;
    }

    private static SensorSettings weights(SensorSettings s, double member, double near, double climb, double repeat) {
        return new SensorSettings(
                member,
                near,
                climb,
                repeat,
                0,
                s.neighbourhoodNull(),
                s.climbNull(),
                s.repeatNull(),
                s.trainingHitNull());
    }

    private static DetectSettings with(DetectSettings s, SensorSettings sensors) {
        return new DetectSettings(
                s.budgetPerMillion(),
                s.cooldownMillis(),
                s.halfLifeMillis(),
                s.idleMillis(),
                s.firstSightCapacity(),
                s.maxSubjects(),
                sensors);
    }
}
