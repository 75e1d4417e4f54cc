// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.backtest.Backtest;
import dev.miasma.backtest.BacktestJson;
import dev.miasma.backtest.BacktestResult;
import dev.miasma.backtest.TruthFile;
import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.Exemptions;
import dev.miasma.measure.Measures;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.LiveDefences;
import dev.miasma.score.QueryScorer;
import dev.miasma.score.TrainingChecks;
import dev.miasma.score.TrainingFilters;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The monitor over logs instead of Kafka. */
@Command(
        name = "backtest",
        description = {
            "Runs the monitor's stages over logs of prediction events, without Kafka: which alerts there would have been,"
                    + " after how many queries, and how many at other budgets.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Logs are JSON lines, one event each as on the topic, plain or gzip, read in the order given. Models,"
                    + " thresholds and key come from the configuration, as for 'miasma run'; without a key, clients keep"
                    + " their names, and nothing of them leaves this machine but what you pass on."
        })
final class BacktestCommand implements Callable<Integer> {
    private static final double LEAST_BUDGET = 1e-6;
    private static final double MOST_BUDGET = 100_000;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs; -: standard input.")
    private List<String> files = List.of();

    @Option(names = "--alerts", paramLabel = "FILE", description = "Writes the alerts there, JSON lines.")
    private @Nullable Path alerts;

    @Option(
            names = "--budgets",
            split = ",",
            paramLabel = "B",
            description = "Also counts alerts at these budgets, expected false alerts per million benign queries"
                    + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.1,1,10,100")
    private List<Double> budgets = List.of();

    @Option(
            names = "--benign",
            description = "Holds all clients to be benign: lays the alarms beside what the budget allows.")
    private boolean benign;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Who was what, as 'miasma simulate --truth' writes it: lays the alerts beside that.")
    private @Nullable Path truth;

    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        long bytes = bytes();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        BacktestView view = new BacktestView(out, err, CommandLine.Help.Ansi.AUTO.enabled(), bytes, System::nanoTime);
        BacktestResult result;
        try (OutputStream alertsOut = alerts == null
                ? OutputStream.nullOutputStream()
                : new BufferedOutputStream(Files.newOutputStream(alerts))) {
            result = backtest().run(files, System.in, lines(alertsOut), view);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            view.close();
        }
        if (json) {
            out.println(BacktestJson.of(result));
            out.flush();
        } else {
            view.result(result);
        }
        return CommandLine.ExitCode.OK;
    }

    private Backtest backtest() throws IOException {
        MiasmaConfig config = configuration.config();
        IdentitySettings identity = identity(config);
        Measures measures = new NoMeasures();
        AttackModels models =
                AttackModels.load(config.modelsDir(), config.universalModel(), config.flagRate(), measures);
        TrainingFilters filters =
                config.hasKey() ? TrainingFilters.load(config.modelsDir(), identity, measures) : TrainingFilters.none();
        Exemptions exemptions = new Exemptions(config.sensors(), models, measures);
        config.exemptionsFile().ifPresent(exemptions::read);
        return new Backtest(
                config,
                identity,
                new Backtest.Knowledge(
                        told -> new QueryScorer(
                                models,
                                new TrainingChecks(filters, config.sensors().trainingHitNull()),
                                LiveDefences.none(),
                                told),
                        models,
                        exemptions),
                InstantSource.system(),
                new Backtest.Options(budgets, benign, truth == null ? null : TruthFile.read(truth, identity)));
    }

    /** Without any key, names are left as they are; a key that is given and cannot be used is an error. */
    private IdentitySettings identity(MiasmaConfig config) {
        try {
            return config.identity();
        } catch (ConfigException e) {
            if (!config.string(ConfigKey.IDENTITY_KEY_FILE).isEmpty()) {
                throw e;
            }
            // With a key that is too short this fails again, and says so.
            return configuration
                    .config(List.of(ConfigKey.IDENTITY_PSEUDONYMS + "=false"))
                    .identity();
        }
    }

    private static Consumer<byte[]> lines(OutputStream to) {
        return alert -> {
            try {
                to.write(alert);
                to.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private void check() {
        for (double budget : budgets) {
            if (!(budget >= LEAST_BUDGET && budget <= MOST_BUDGET)) {
                throw wrong("--budgets has " + budget + ": each must be " + LEAST_BUDGET + " to " + MOST_BUDGET);
            }
        }
        if (files.stream().filter(Backtest.STANDARD_INPUT::equals).count() > 1) {
            throw wrong("FILE is - more than once: standard input can be read once");
        }
        if (benign && truth != null) {
            throw wrong("--benign and --truth say different things of the same clients: leave one out");
        }
    }

    /** Bytes of all logs, -1 if that is not known; what can fail at once fails before the reading. */
    private long bytes() throws IOException {
        long sum = 0;
        for (String file : files) {
            if (file.equals(Backtest.STANDARD_INPUT)) {
                return -1;
            }
            if (!Files.exists(Path.of(file))) {
                throw new NoSuchFileException(file);
            }
            if (Files.isDirectory(Path.of(file))) {
                throw wrong("FILE is " + file + ", a folder: must be a log");
            }
            sum += Files.size(Path.of(file));
        }
        return sum;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
