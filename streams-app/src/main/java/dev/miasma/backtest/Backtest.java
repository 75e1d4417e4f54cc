// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import dev.miasma.alert.AlertWriter;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.Detection;
import dev.miasma.detect.Exemptions;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.Measures;
import dev.miasma.score.KnownModels;
import dev.miasma.score.QueryScorer;
import dev.miasma.score.ScoredQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stages of the monitor over logs of prediction events: decode, score, detect, alert, once for all budgets up to the
 * score, and each budget with detectors of its own. At the configured budget the alerts are those that the monitor would
 * send on the same events in the same order.
 *
 * <p>What is different: no client is forgotten for want of room, nothing comes from Kafka's headers or an exemptions
 * topic, an event without an id goes by its file and line, and one without a time has that of the backtest.
 */
public final class Backtest {
    /** The name of the log on standard input. */
    public static final String STANDARD_INPUT = "-";

    private final MiasmaConfig config;
    private final IdentitySettings identity;
    private final Knowledge knowledge;
    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final InstantSource clock;
    private final Options options;

    /**
     * What is asked for beside the alerts.
     *
     * @param budgets at which alerts are counted, beside the configured one
     * @param benign whether all clients are held to be benign
     * @param truth who was what; null where that is not known
     */
    public record Options(
            List<Double> budgets, boolean benign, @Nullable TruthFile truth) {
        /** Copies the list. */
        public Options {
            budgets = List.copyOf(budgets);
        }
    }

    /**
     * What the stages know beside the configuration.
     *
     * @param scorers makes a scorer that reports to given measures; asked for several, one a thread
     * @param models to estimate member shares by
     * @param exemptions of the operator
     */
    public record Knowledge(Function<Measures, QueryScorer> scorers, KnownModels models, Exemptions exemptions) {}

    /** Told of progress, often. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Reading has come to here.
         *
         * @param bytes read, as they are stored
         * @param events read
         */
        void at(long bytes, long events);
    }

    /**
     * @param config of the monitor
     * @param identity behind names and fingerprints
     * @param knowledge what the stages know beside it
     * @param clock to tell how far an event is ahead
     */
    public Backtest(
            MiasmaConfig config, IdentitySettings identity, Knowledge knowledge, InstantSource clock, Options options) {
        this.config = config;
        this.identity = identity;
        this.knowledge = knowledge;
        this.clock = clock;
        this.options = options;
    }

    /**
     * Runs over the logs, one after the other.
     *
     * @param files paths, or {@link #STANDARD_INPUT}
     * @param in what standard input is
     * @param alerts takes the JSON of each alert at the configured budget, {@code alert.schema.json}
     * @throws IOException naming the log, if one cannot be read
     */
    public BacktestResult run(List<String> files, InputStream in, Consumer<byte[]> alerts, Progress progress)
            throws IOException {
        AlertWriter writer = new AlertWriter(
                config.string(ConfigKey.APPLICATION_ID),
                config.budgetPerMillion(),
                config.string(ConfigKey.ALERTS_RUNBOOK_URL));
        List<BudgetRun> runs = runs(detection -> alerts.accept(writer.alert(detection)));
        TruthFile truth = options.truth();
        TruthCheck check = truth == null ? null : new TruthCheck(truth);
        AtomicLong queries = new AtomicLong();
        Consumer<ScoredQuery> detect = query -> {
            queries.incrementAndGet();
            if (check != null) {
                check.asked(query.client());
            }
            runs.forEach(run -> run.add(query));
        };
        long events = 0;
        AtomicLong bytes = new AtomicLong();
        InputSettings input = config.input();
        try (LogScoring scoring =
                new LogScoring(input, identity, () -> knowledge.scorers().apply(measures), measures, clock, detect)) {
            for (String file : files) {
                events = read(file, in, input, scoring, bytes, events, progress);
            }
            scoring.finish();
        }
        progress.at(bytes.get(), events);
        return result(runs, events, queries.get(), check);
    }

    private List<BudgetRun> runs(Consumer<Detection> sent) {
        double configured = config.budgetPerMillion();
        List<BudgetRun> runs = new ArrayList<>();
        TreeSet<Double> budgets = new TreeSet<>(options.budgets());
        budgets.add(configured);
        for (double budget : budgets) {
            runs.add(new BudgetRun(budget, config, knowledge, budget == configured ? sent : detection -> {}));
        }
        return runs;
    }

    private static long read(
            String file,
            InputStream in,
            InputSettings input,
            LogScoring scoring,
            AtomicLong bytes,
            long eventsBefore,
            Progress progress)
            throws IOException {
        long events = eventsBefore;
        // One byte more than is allowed, so that the decoder sees that it is too long.
        int limit = input.maxBytes() == Integer.MAX_VALUE ? Integer.MAX_VALUE : input.maxBytes() + 1;
        boolean standard = file.equals(STANDARD_INPUT);
        try (LogReader log = new LogReader(
                standard ? "standard input" : file,
                standard ? in : Files.newInputStream(Path.of(file)),
                limit,
                bytes)) {
            for (byte[] line = log.next(); line != null; line = log.next()) {
                scoring.add(line, log.position());
                events++;
                progress.at(bytes.get(), events);
            }
        }
        return events;
    }

    private BacktestResult result(List<BudgetRun> runs, long events, long queries, @Nullable TruthCheck check) {
        double budget = config.budgetPerMillion();
        BudgetRun configured =
                runs.stream().filter(run -> run.budget() == budget).findFirst().orElseThrow();
        BacktestResult.AtBudget outcome = configured.outcome();
        return new BacktestResult(
                events,
                queries,
                configured.clients(),
                configured.cohorts(),
                measures.rejectedByReason(),
                measures.unscorableByReason(),
                outcome,
                List.copyOf(configured.suspects()),
                runs.stream().map(BudgetRun::outcome).toList(),
                options.benign()
                        ? new BacktestResult.Benign(outcome.alerts(), outcome.alarms(), queries * budget / 1e6)
                        : null,
                check == null ? null : check.result(configured.suspects(), budget));
    }
}
