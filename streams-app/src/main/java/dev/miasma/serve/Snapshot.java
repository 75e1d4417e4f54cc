// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What goes on, as an event of the live stream.
 *
 * @param time when, RFC 3339
 * @param rate events read a second since the snapshot before
 * @param queries events read since the start
 * @param rejected events rejected since the start
 * @param lag input records that wait, over all instances
 * @param state of Kafka Streams
 * @param bands clients by risk band
 * @param cohortBands cohorts by risk band
 * @param alerts the alerts kept
 * @param endpoints endpoints and versions with series of their own
 */
record Snapshot(
        String time,
        double rate,
        long queries,
        long rejected,
        long lag,
        String state,
        SortedMap<String, Long> bands,
        SortedMap<String, Long> cohortBands,
        Alerts alerts,
        List<Endpoint> endpoints) {

    /** Numbers of alerts. */
    record Alerts(long total, SortedMap<String, Long> bySeverity) {}

    /** One version of an endpoint's model. */
    record Endpoint(
            String endpoint,
            String version,
            double rate,
            @Nullable Double lift,
            @Nullable Double flaggedShare) {}

    /**
     * A snapshot of counts.
     *
     * @param before counts of the snapshot before; the same as now for none
     * @param seconds between the two
     */
    static Snapshot of(
            String time, LiveCounts now, LiveCounts before, double seconds, SortedMap<String, Long> bySeverity) {
        Map<List<String>, Long> scoredBefore = new HashMap<>();
        before.endpoints().forEach(one -> scoredBefore.put(List.of(one.endpoint(), one.version()), one.scored()));
        List<Endpoint> endpoints = now.endpoints().stream()
                .map(one -> {
                    long earlier = scoredBefore.getOrDefault(List.of(one.endpoint(), one.version()), 0L);
                    return new Endpoint(
                            one.endpoint(),
                            one.version(),
                            rate(one.scored(), earlier, seconds),
                            one.window().lift(),
                            one.window().flaggedShare());
                })
                .toList();
        long alerts = bySeverity.values().stream().mapToLong(Long::longValue).sum();
        return new Snapshot(
                time,
                rate(now.received(), before.received(), seconds),
                now.received(),
                now.rejected(),
                now.lag(),
                now.state(),
                now.bands(),
                now.cohortBands(),
                new Alerts(alerts, bySeverity),
                endpoints);
    }

    private static double rate(long now, long before, double seconds) {
        return seconds > 0 ? Math.max(0, now - before) / seconds : 0;
    }
}
