// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.delay.DelayReport.Delay;
import dev.miasma.delay.DelayReport.FalseAlarms;
import dev.miasma.detect.OfflineDetection;
import dev.miasma.score.AttackModels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Measures how many queries each simulated attack gets before the alert, and how many false alarms benign clients give,
 * with the real stages but Kafka. The same options give the same figures, on any number of threads.
 */
public final class DelayStudy implements AutoCloseable {
    private final Options options;
    private final Lab lab;
    private final Limit limit;
    private final ExecutorService threads;
    private final Progress progress;

    /**
     * What is attacked.
     *
     * @param answer features to posterior; thread-safe
     * @param members training members that no calibration has seen, records x features
     * @param nonMembers records that neither training nor calibration has seen
     * @param models with the attack model of the target as the default
     * @param extremalNull mass of each bin under the extremal null of its calibration
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    public record Target(
            Function<double[], double[]> answer,
            double[][] members,
            double[][] nonMembers,
            AttackModels models,
            double[] extremalNull) {}

    /**
     * How much is measured.
     *
     * @param attacks as {@code miasma simulate} takes them; empty for every kind
     * @param probers of each attack
     * @param budgets expected false alerts per million benign queries at most
     * @param most queries that a prober makes
     * @param mostSlow the same of low and slow attacks
     * @param thresholds at which false alarms are counted
     * @param benignQueries over all benign kinds, each in equal parts; 0 for none
     * @param seed of what clients ask
     */
    public record Options(
            List<String> attacks,
            int probers,
            List<Double> budgets,
            long most,
            long mostSlow,
            List<Double> thresholds,
            long benignQueries,
            long seed) {
        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException saying what is wrong with an attack
         */
        public Options {
            attacks = attacks.isEmpty() ? Attack.all() : List.copyOf(attacks);
            attacks.forEach(Attack::of);
            budgets = List.copyOf(budgets);
            thresholds = List.copyOf(thresholds);
        }
    }

    /** Told of progress; from one thread. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A part is done.
         *
         * @param done parts so far
         * @param of parts in all
         * @param what was done
         */
        void done(int done, int of, String what);
    }

    /**
     * Prepares a study.
     *
     * @param config of sensors and thresholds
     */
    public DelayStudy(MiasmaConfig config, Target target, Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
        lab = Lab.of(config, target.answer(), target.members(), target.nonMembers(), target.models(), options.seed());
        limit = new Limit(lab.answers(), target.members(), target.nonMembers(), target.extremalNull());
        threads = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("miasma-delays-", 0).factory());
    }

    /** Measures everything. */
    public DelayReport run() {
        List<Attack> attacks = options.attacks().stream().map(Attack::of).toList();
        List<String> kinds = BenignClients.kinds();
        int parts = attacks.size() + (options.benignQueries() == 0 ? 0 : kinds.size());
        List<Delay> delays = new ArrayList<>();
        List<FalseAlarms> benign = new ArrayList<>();
        progress.done(0, parts, "");
        for (Attack attack : attacks) {
            delays.addAll(delays(attack));
            progress.done(delays.size() / options.budgets().size(), parts, attack.name());
        }
        BenignClients clients = new BenignClients(lab, options.thresholds());
        for (String kind : options.benignQueries() == 0 ? List.<String>of() : kinds) {
            benign.addAll(clients.run(kind, options.benignQueries() / kinds.size(), this::all));
            progress.done(attacks.size() + benign.size() / options.thresholds().size(), parts, kind);
        }
        return new DelayReport(delays, benign);
    }

    private List<Delay> delays(Attack attack) {
        long most = attack.slow() ? options.mostSlow() : options.most();
        List<Callable<Probing.Outcomes>> probers = new ArrayList<>();
        for (int i = 1; i <= options.probers(); i++) {
            int number = i;
            probers.add(() -> {
                RecordAnswers own = (attack.filtered() ? lab.checked() : lab.answers()).copy();
                List<OfflineDetection> detections =
                        options.budgets().stream().map(lab::at).toList();
                return new Probing(lab.client(attack.group(), number, own), own, detections)
                        .run(most, attack.untilDone());
            });
        }
        List<Probing.Outcomes> outcomes = all(probers);
        List<Delay> rows = new ArrayList<>();
        for (int budget = 0; budget < options.budgets().size(); budget++) {
            rows.add(row(attack, budget, outcomes));
        }
        return rows;
    }

    private Delay row(Attack attack, int number, List<Probing.Outcomes> outcomes) {
        double budget = options.budgets().get(number);
        double threshold = lab.threshold(budget, attack.byCohort());
        List<Long> delays = new ArrayList<>();
        List<Long> targets = new ArrayList<>();
        List<Long> done = new ArrayList<>();
        Map<String, Integer> by = new HashMap<>();
        SortedMap<String, Integer> byLevel = new TreeMap<>();
        int before = 0;
        for (Probing.Outcomes outcome : outcomes) {
            Probing.FirstAlert alert = outcome.alerts().get(number);
            done.add(outcome.firstDone() < 0 ? Long.MAX_VALUE : outcome.firstDone());
            if (alert != null) {
                delays.add(alert.queries());
                targets.add(alert.targets());
                byLevel.merge(alert.level(), 1, Integer::sum);
                by.merge(alert.level() + " " + alert.sensor(), 1, Integer::sum);
                before += outcome.firstDone() < 0 || alert.queries() < outcome.firstDone() ? 1 : 0;
            }
        }
        delays.sort(null);
        long medianDone = median(done);
        boolean limited = !Double.isNaN(attack.memberShare());
        return new Delay(
                attack.name(),
                budget,
                threshold,
                outcomes.size(),
                delays.size(),
                mostOf(by),
                byLevel,
                delays,
                limited ? limit.againstLive(attack.memberShare(), threshold) : Double.NaN,
                limited ? limit.againstCalibrated(attack.memberShare(), threshold) : Double.NaN,
                targets.isEmpty() ? 0 : median(targets),
                medianDone == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(medianDone),
                before,
                outcomes.stream().mapToLong(Probing.Outcomes::queries).max().orElse(0));
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static String mostOf(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** Runs all and gives their results in the order of the tasks. */
    private <T> List<T> all(List<Callable<T>> tasks) {
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulated client failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
