// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The histogram of attack scores, one series for each endpoint and version; the exemplar of a bucket is the trace of its
 * newest answer. Micrometer's own would put every score between 0 and 1 into the last bucket: it rounds an amount up to
 * a whole number before it looks for the bucket.
 */
final class ScoreHistogram implements Collector {
    private static final String NAME = "miasma_attack_score";

    /** Upper bounds of the buckets, close together near 1 where members are. */
    private static final double[] BOUNDS = {
        0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, Double.POSITIVE_INFINITY
    };

    private final List<Series> series = new CopyOnWriteArrayList<>();

    /** A new series. */
    Series series(String endpoint, String version) {
        Series one = new Series(Labels.of("endpoint", endpoint, "version", version));
        series.add(one);
        return one;
    }

    @Override
    public HistogramSnapshot collect() {
        HistogramSnapshot.Builder snapshot = HistogramSnapshot.builder()
                .name(NAME)
                .help("Attack score of each answer; higher is more member-like. Scores below 0 count as 0.");
        series.forEach(one -> snapshot.dataPoint(one.snapshot()));
        return snapshot.build();
    }

    /** The scores of one endpoint and version. */
    static final class Series {
        private final Labels labels;
        private final long[] counts = new long[BOUNDS.length];
        private final @Nullable Exemplar[] exemplars = new Exemplar[BOUNDS.length];
        private double sum;

        private Series(Labels labels) {
            this.labels = labels;
        }

        /** Adds an answer's score. Some attacks' scores are negative, and a sum must not fall. */
        synchronized void add(ScoredAnswer answer) {
            double score = Math.max(0, answer.score());
            int bucket = 0;
            while (score > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket]++;
            sum += score;
            if (answer.traceId() != null && answer.spanId() != null) {
                exemplars[bucket] = Exemplar.builder()
                        .value(score)
                        .traceId(answer.traceId())
                        .spanId(answer.spanId())
                        .build();
            }
        }

        private synchronized HistogramDataPointSnapshot snapshot() {
            List<Exemplar> traced =
                    Arrays.stream(exemplars).filter(Objects::nonNull).toList();
            return HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts))
                    .sum(sum)
                    .exemplars(Exemplars.of(traced))
                    .build();
        }
    }
}
