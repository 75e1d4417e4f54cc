// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.train.BenchPlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The plot of a report. All of them are of shares, as all that is measured is beside something else. */
final class BenchPicture {
    private final BenchReport report;
    private final Map<String, List<Double>> series = new LinkedHashMap<>();

    private BenchPicture(BenchReport report) {
        this.report = report;
    }

    static String svg(BenchReport report) {
        BenchPicture picture = new BenchPicture(report);
        return switch (report.kind()) {
            case "pipeline" -> picture.pipeline();
            case "score" -> picture.score();
            case "detect" -> picture.detect();
            case "memory" -> picture.memory();
            case "latency" -> picture.latency();
            case "restore" -> picture.restore();
            case "scaling" -> picture.scaling();
            default -> throw new IllegalArgumentException("no plot of " + report.kind());
        };
    }

    private String pipeline() {
        List<BenchRun> runs = report.runs();
        bar("keyed input", runs, run -> run.median("keyedOverDecodeOnly"));
        bar("with repartition", runs, run -> run.median("repartitionedOverDecodeOnly"));
        bar("on a plain store", runs, run -> run.median("keyedOverDecodeOnly") / run.median("keyedOverPlainStore"));
        return draw(
                "Throughput of the full pipeline",
                "share of a decode-only consumer's",
                runs.stream().map(BenchPicture::shortTitle).toList());
    }

    private String score() {
        List<BenchRun> runs = report.runs();
        for (String kind : List.of("thresholdTop1", "logisticMargin", "logisticTop3", "network", "thresholdEntropy")) {
            bar(kind, runs, run -> 1 / run.median(kind + "OverPass"));
        }
        return draw(
                "Speed of a score",
                "share of a plain pass over the posterior",
                runs.stream()
                        .map(run -> run.settings().get("classes") + " classes")
                        .toList());
    }

    private String detect() {
        BenchRun run = report.runs().getFirst();
        List<String> sets = List.of(
                "defaultSensors",
                "withoutFeatures",
                "memberLikenessOnly",
                "neighbourhoodOnly",
                "climbOnly",
                "repeatOnly");
        double slowest = sets.stream()
                .mapToDouble(set -> run.median(set + "Nanos"))
                .max()
                .orElse(1);
        series.put(
                "update",
                sets.stream().map(set -> run.median(set + "Nanos") / slowest).toList());
        return draw("Cost of an update by set of sensors", "share of the costliest", sets);
    }

    private String memory() {
        List<BenchRun> runs = report.runs().subList(1, report.runs().size());
        double most = runs.stream()
                .mapToDouble(run -> run.median(MemoryBench.COST))
                .max()
                .orElse(1);
        bar("processor time of a record", runs, run -> run.median(MemoryBench.COST) / most);
        bar("changelog records a query", runs, run -> run.median(MemoryBench.WRITES));
        return draw(
                "Cost of a record by number of clients",
                "share of the most",
                runs.stream()
                        .map(run -> Goal.number(((Number) run.settings().getOrDefault("clients", 0)).doubleValue())
                                + " clients")
                        .toList());
    }

    private String latency() {
        BenchRun run = report.runs().getFirst();
        List<String> buckets = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (Figure figure : run.figures()) {
            if (figure.name().startsWith(LatencyBench.SHARE)) {
                buckets.add(figure.name().substring(LatencyBench.SHARE.length()));
                shares.add(figure.samples().median());
            }
        }
        series.put("alerts", shares);
        return draw("From a query to its alert, up to so many milliseconds", "share of alerts", buckets);
    }

    private String restore() {
        bar("records restored", report.runs(), run -> run.median("restoreOverRawRead"));
        return draw(
                "Restoring client states",
                "share of raw reading's speed",
                report.runs().stream().map(BenchPicture::shortTitle).toList());
    }

    private String scaling() {
        List<BenchRun> runs = report.runs();
        double most = runs.stream()
                .mapToDouble(run -> run.median(ScalingBench.HOP_COST))
                .max()
                .orElse(1);
        bar("keyed input", runs, run -> run.median(ScalingBench.COST) / most);
        bar("with the hop by client", runs, run -> run.median(ScalingBench.HOP_COST) / most);
        return draw(
                "Cost of a record over decoding it",
                "share of the most",
                Stream.concat(
                                Stream.of("first row"),
                                runs.stream().skip(1).map(run -> ScalingBench.title(runs.getFirst(), run)))
                        .toList());
    }

    private static String shortTitle(BenchRun run) {
        Map<String, Object> settings = run.settings();
        return settings.get("classes") + " classes, "
                + Goal.number(((Number) settings.getOrDefault("clients", 0)).doubleValue()) + " clients, "
                + settings.get("instances") + " x " + settings.get("threads");
    }

    private void bar(String name, List<BenchRun> runs, ToDoubleFunction<BenchRun> value) {
        series.put(name, runs.stream().map(value::applyAsDouble).toList());
    }

    private String draw(String title, String y, List<String> groups) {
        return BenchPlot.svg(report.kind(), title, y, groups, series);
    }
}
