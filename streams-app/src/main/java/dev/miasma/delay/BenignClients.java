// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.delay.DelayReport.FalseAlarms;
import dev.miasma.detect.Detection;
import dev.miasma.detect.OfflineDetection;
import dev.miasma.score.ScoredQuery;
import dev.miasma.simulate.ClientGroup;
import dev.miasma.simulate.ClientKind;
import dev.miasma.simulate.ClientKinds;
import dev.miasma.simulate.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Benign clients by the thousand, each asking in an order of its own. A client stops halfway through the pool of records:
 * towards its end what is left depends on what was asked, and after it everything is a repeat. Only the drifting one goes
 * through all of it, for that is how far it drifts.
 */
final class BenignClients {
    private static final String DRIFTING = "drifting";
    private static final String TWICE = "duplicate-happy";

    /** Clients of one task. */
    private static final int BATCH = 50;

    private final Lab lab;
    private final List<Double> thresholds;

    /** Runs tasks. */
    @FunctionalInterface
    interface Runner {
        List<Sums> all(List<Callable<Sums>> tasks);
    }

    /**
     * What some clients gave.
     *
     * @param queries they made
     * @param bySensor alarms by leading sensor, at each threshold
     */
    record Sums(long queries, List<Map<String, Long>> bySensor) {}

    BenignClients(Lab lab, List<Double> thresholds) {
        this.lab = lab;
        this.thresholds = thresholds;
    }

    static List<String> kinds() {
        return ClientKinds.list().stream()
                .filter(kind -> !kind.attack())
                .map(ClientKind::name)
                .toList();
    }

    /** Rows of a kind, one for each threshold. */
    List<FalseAlarms> run(String kind, long queries, Runner runner) {
        int records = lab.population().nonMembers().length;
        int each = kind.equals(DRIFTING) ? records : kind.equals(TWICE) ? 2 * (records / 2) : records / 2;
        int clients = (int) Math.ceilDiv(queries, (long) each);
        List<Callable<Sums>> tasks = new ArrayList<>();
        for (int from = 0; from < clients; from += BATCH) {
            int first = from;
            int last = Math.min(clients, from + BATCH);
            tasks.add(() -> sums(ClientGroup.of(kind), first, last, each));
        }
        List<Sums> all = runner.all(tasks);
        long asked = all.stream().mapToLong(Sums::queries).sum();
        List<FalseAlarms> rows = new ArrayList<>();
        for (int i = 0; i < thresholds.size(); i++) {
            Map<String, Long> bySensor = new TreeMap<>();
            for (Sums some : all) {
                some.bySensor().get(i).forEach((sensor, count) -> bySensor.merge(sensor, count, Long::sum));
            }
            long alarms = bySensor.values().stream().mapToLong(Long::longValue).sum();
            rows.add(new FalseAlarms(kind, thresholds.get(i), clients, asked, alarms, words(bySensor)));
        }
        return rows;
    }

    private static String words(Map<String, Long> bySensor) {
        return bySensor.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private Sums sums(ClientGroup group, int first, int last, int each) {
        RecordAnswers own = lab.answers().copy();
        List<Map<String, Long>> bySensor = new ArrayList<>();
        thresholds.forEach(threshold -> bySensor.add(new TreeMap<>()));
        long queries = 0;
        for (int number = first; number < last; number++) {
            List<OfflineDetection> detections =
                    thresholds.stream().map(lab::atThreshold).toList();
            Scenario client = lab.client(group, number, own);
            for (int i = 0; i < each; i++) {
                ScoredQuery query = own.scored(client.next().orElseThrow());
                queries++;
                for (int at = 0; at < detections.size(); at++) {
                    Map<String, Long> counts = bySensor.get(at);
                    detections.get(at).add(query, told -> count(told, counts));
                }
            }
        }
        return new Sums(queries, bySensor);
    }

    private static void count(Detection told, Map<String, Long> counts) {
        if (told.alarm() != Detection.Alarm.NONE) {
            counts.merge(told.sensor(), 1L, Long::sum);
        }
    }
}
