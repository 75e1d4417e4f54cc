// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.config.ConfigKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ages of alerts under a steady load. */
final class LatencyBench {
    static final String SHARE = "shareTo";
    private static final double MOST_P99_MILLIS = 300;

    /** What makes alerts frequent; each takes as long as ever. */
    private static final Map<String, String> MANY_ALERTS =
            Map.of(ConfigKey.DETECT_COOLDOWN_MS, "0", ConfigKey.DETECT_BUDGET, "1000");

    /** Upper ends of the histogram's buckets, milliseconds. */
    private static final int[] BUCKETS = {25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 1000};

    private final double share;
    private final int seconds;

    /**
     * @param share of the throughput to send
     * @param seconds for which to send
     */
    LatencyBench(double share, int seconds) {
        this.share = share;
        this.seconds = seconds;
    }

    BenchRun run(Load load, BenchKafka kafka, Path folder, Consumer<String> progress) throws InterruptedException {
        try (LiveLoad live = new LiveLoad(load, kafka, folder, MANY_ALERTS)) {
            live.start();
            Samples bears = live.bears(progress);
            double perSecond = bears.median() * share;
            progress.accept("sending for " + seconds + " s");
            LiveLoad.Ages ages = live.send(perSecond, seconds);
            if (ages.alerts().isEmpty() || ages.input().isEmpty()) {
                throw new BenchException("no alert came in " + seconds + " s: send longer, or more queries");
            }
            Map<String, Object> settings = new LinkedHashMap<>(load.asMap());
            settings.put("load", share);
            settings.put("seconds", seconds);
            return new BenchRun(settings, figures(ages, bears, perSecond));
        }
    }

    private static List<Figure> figures(LiveLoad.Ages ages, Samples bears, double perSecond) {
        List<Long> sorted = ages.alerts();
        List<Figure> figures = new ArrayList<>();
        figures.add(millis("latencyP50Millis", "query to alert, median", quantile(sorted, 0.5), null));
        figures.add(millis("latencyP95Millis", "query to alert, p95", quantile(sorted, 0.95), null));
        figures.add(millis(
                "latencyP99Millis", "query to alert, p99", quantile(sorted, 0.99), Goal.atMost(MOST_P99_MILLIS)));
        figures.add(millis("latencyMaxMillis", "query to alert, longest", sorted.getLast(), null));
        figures.add(millis("inputP99Millis", "query to a plain consumer, p99", quantile(ages.input(), 0.99), null));
        figures.add(millis(
                "inputMaxMillis",
                "query to a plain consumer, longest",
                ages.input().getLast(),
                null));
        figures.add(Figure.of("alerts", "alerts", one(sorted.size()), "number"));
        figures.add(Figure.of("bearsPerSecond", "queries that it bears as they come", bears, "queries/s"));
        figures.add(Figure.of("sentPerSecond", "load", one(perSecond), "queries/s"));
        int before = 0;
        for (int bucket : BUCKETS) {
            int upTo = (int) sorted.stream().filter(millis -> millis <= bucket).count();
            figures.add(Figure.ratio(
                    SHARE + bucket,
                    "share of alerts up to " + bucket + " ms",
                    one((double) (upTo - before) / sorted.size())));
            before = upTo;
        }
        figures.add(Figure.ratio(
                SHARE + "More", "share of alerts after that", one((double) (sorted.size() - before) / sorted.size())));
        return figures;
    }

    private static Figure millis(String name, String what, double value, @Nullable Goal goal) {
        return new Figure(name, what, one(value), "ms", goal);
    }

    private static Samples one(double value) {
        return new Samples(new double[] {value});
    }

    /** The least value that the share of all does not exceed. */
    private static double quantile(List<Long> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
