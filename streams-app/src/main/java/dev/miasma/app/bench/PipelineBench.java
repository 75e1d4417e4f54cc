// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.app.bench.MonitorContender.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The whole monitor in three variants beside consumers that only read, only parse or only decode. */
final class PipelineBench {
    private static final double LEAST_KEYED = 0.7;
    private static final double LEAST_REPARTITIONED = 0.4;
    private static final double LEAST_OVER_PLAIN = 3;

    /** Processor time of a query of the first run; later ones are held against it. */
    private double firstDecode;

    private double firstKeyed;

    BenchRun run(Load load, BenchKafka kafka, Path folder, Consumer<String> progress) throws InterruptedException {
        try (Rounds rounds = new Rounds(load, kafka, progress)) {
            rounds.addConsumers(Rounds.RAW, Rounds.TREE_ONLY, Rounds.DECODE_ONLY);
            for (Variant variant : Variant.values()) {
                progress.accept("starting " + variant.code);
                MonitorContender monitor =
                        new MonitorContender(MonitorContender.Plan.of(variant, rounds.topic(), load, folder), kafka);
                rounds.add(monitor);
                monitor.start();
            }
            rounds.run();
            return new BenchRun(load.asMap(), figures(rounds));
        }
    }

    private List<Figure> figures(Rounds rounds) {
        List<Figure> figures = new ArrayList<>(ratios(rounds));
        figures.addAll(parts(rounds));
        Samples decode = rounds.cpuNanos(Rounds.DECODE_ONLY);
        Samples keyed = rounds.cpuNanos(Variant.KEYED.code);
        if (firstKeyed == 0) {
            firstDecode = decode.median();
            firstKeyed = keyed.median();
        } else {
            figures.add(Figure.ratio(
                    "decodeCostOverFirst",
                    "processor time to decode a query, over that of the first table",
                    decode.over(firstDecode)));
            figures.add(Figure.ratio(
                    "keyedCostOverFirst",
                    "processor time of a query in the pipeline, over that of the first table",
                    keyed.over(firstKeyed)));
        }
        return figures;
    }

    /** What threads of each kind take for a query of the keyed monitor: parts of what 1 / keyedOverDecodeOnlyByCpu is. */
    private static List<Figure> parts(Rounds rounds) {
        List<Figure> parts = new ArrayList<>();
        for (ThreadTimes.Kind kind : ThreadTimes.Kind.values()) {
            Samples nanos = rounds.threadNanos(Variant.KEYED.code, kind);
            if (nanos != null) {
                parts.add(Figure.ratio(
                        "keyedPartOf" + kind.code,
                        "keyed: processor time of " + kind.words + ", over decoding alone",
                        Samples.ratio(nanos, rounds.cpuNanos(Rounds.DECODE_ONLY))));
            }
        }
        return parts;
    }

    private static List<Figure> ratios(Rounds rounds) {
        Samples raw = rounds.perSecond(Rounds.RAW);
        Samples tree = rounds.perSecond(Rounds.TREE_ONLY);
        Samples decode = rounds.perSecond(Rounds.DECODE_ONLY);
        Samples keyed = rounds.perSecond(Variant.KEYED.code);
        Samples hop = rounds.perSecond(Variant.REPARTITIONED.code);
        Samples plain = rounds.perSecond(Variant.PLAIN_STORE.code);
        return List.of(
                Figure.ratio(
                        "keyedOverDecodeOnly",
                        "full pipeline, keyed input, over decode-only consumer",
                        Samples.ratio(keyed, decode),
                        Goal.atLeast(LEAST_KEYED)),
                Figure.ratio(
                        "repartitionedOverDecodeOnly",
                        "full pipeline with repartition over decode-only consumer",
                        Samples.ratio(hop, decode),
                        Goal.atLeast(LEAST_REPARTITIONED)),
                Figure.ratio(
                        "keyedOverPlainStore",
                        "full pipeline, keyed input, over the same on a plain store",
                        Samples.ratio(keyed, plain),
                        Goal.atLeast(LEAST_OVER_PLAIN)),
                Figure.ratio(
                        "keyedOverTreeOnly",
                        "full pipeline, keyed input, over a consumer that reads JSON into Jackson's trees",
                        Samples.ratio(keyed, tree)),
                Figure.ratio("decodeOnlyOverRaw", "decode-only consumer over raw consumer", Samples.ratio(decode, raw)),
                cpu(rounds, "keyedOverDecodeOnly", Variant.KEYED.code, Rounds.DECODE_ONLY),
                cpu(rounds, "repartitionedOverDecodeOnly", Variant.REPARTITIONED.code, Rounds.DECODE_ONLY),
                cpu(rounds, "keyedOverTreeOnly", Variant.KEYED.code, Rounds.TREE_ONLY),
                cpu(rounds, "keyedOverPlainStore", Variant.KEYED.code, Variant.PLAIN_STORE.code),
                Figure.of("rawPerSecond", "raw consumer", raw, "queries/s"),
                Figure.of("treeOnlyPerSecond", "consumer that reads JSON into Jackson's trees", tree, "queries/s"),
                Figure.of("decodeOnlyPerSecond", "decode-only consumer", decode, "queries/s"),
                Figure.of("keyedPerSecond", "full pipeline, keyed input", keyed, "queries/s"),
                Figure.of("repartitionedPerSecond", "full pipeline with repartition", hop, "queries/s"),
                Figure.of("plainStorePerSecond", "full pipeline on a plain store", plain, "queries/s"));
    }

    /** The same ratio where processors are all that is scarce: what others on this machine do hardly changes it. */
    private static Figure cpu(Rounds rounds, String ratio, String over, String under) {
        return Figure.ratio(
                ratio + "ByCpu",
                over + " over " + under + ", records for the same processor time",
                Samples.ratio(rounds.cpuNanos(under), rounds.cpuNanos(over)));
    }
}
