// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.ModelNames;
import dev.miasma.delay.DelayJson;
import dev.miasma.delay.DelayReport;
import dev.miasma.delay.DelayStudy;
import dev.miasma.delay.DelayText;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.train.CalibrationNull;
import dev.miasma.train.DemoTarget;
import dev.miasma.train.DemoTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How soon each simulated attack is found, and how often a benign client is. */
@Command(
        name = "delays",
        description = {
            "Measures how many queries each simulated attack gets before the alert, over the limit of any test, and how"
                    + " many false alerts benign clients give, with the monitor's stages and without Kafka.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "The same seed and options give the same figures, on any number of processors."})
final class DelaysCommand implements Callable<Integer> {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 1);

    @Option(
            names = "--attack",
            split = ",",
            paramLabel = "KIND",
            description =
                    "An attack with its parameters, as 'miasma simulate' takes it; with +training-filter behind it"
                            + " the monitor has a filter of the training set. May be given again (default: every kind).")
    private List<String> attacks = new ArrayList<>();

    @Option(
            names = "--probers",
            paramLabel = "N",
            description = "Probers of each attack (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int probers;

    @Option(
            names = "--budgets",
            split = ",",
            paramLabel = "B",
            description = "Expected false alerts per million benign queries (default: ${DEFAULT-VALUE}).",
            defaultValue = "1,100")
    private List<Double> budgets = List.of();

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "Queries that a prober makes at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "5000")
    private long most;

    @Option(
            names = "--most-slow",
            paramLabel = "N",
            description = "The same of low and slow attacks (default: ${DEFAULT-VALUE}).",
            defaultValue = "20000")
    private long mostSlow;

    @Option(
            names = "--benign-queries",
            paramLabel = "N",
            description = "Queries of benign clients, over all kinds of them (default: ${DEFAULT-VALUE}).",
            defaultValue = "20000000")
    private long benignQueries;

    @Option(
            names = "--thresholds",
            split = ",",
            paramLabel = "C",
            description = "Thresholds at which false alerts are counted (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000,10000,100000")
    private List<Double> thresholds = List.of();

    @Option(
            names = "--seed",
            description = "Of the target and of what clients ask (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--dataset",
            description =
                    "What the target is trained on. purchase: made-up records of the shape of the Purchase sets;"
                            + " location: the real check-ins of Location-30, which wants --data-dir (default: ${DEFAULT-VALUE}).",
            defaultValue = "purchase")
    private DemoCommand.DataSet dataset = DemoCommand.DataSet.purchase;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder with the data sets, each in its own.")
    private @Nullable Path dataDir;

    @Option(
            names = "--calibration",
            paramLabel = "N",
            description = "Non-members to calibrate with; of a data set of real records they are missing from what"
                    + " clients ask about (default: about a fifth of the records).")
    private @Nullable Integer calibration;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes a page in Markdown there, and its plot beside it.")
    private @Nullable Path output;

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
        DelayStudy.Options options = options();
        MiasmaConfig config = configuration.config();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        err.println("training the target model and an attack model for it ...");
        err.flush();
        Path models = Files.createTempDirectory("miasma-delays-");
        Path modelFile = models.resolve(ModelNames.DEFAULT + ModelNames.SUFFIX);
        try {
            DemoTarget target = training().train(DATE, modelFile);
            CalibrationNull known = CalibrationNull.read(modelFile);
            DelayReport report = study(config, options, target, known, models, err);
            DelaysPage page = new DelaysPage(commandLine(), seed, target, known, report);
            if (json) {
                ObjectNode object = DelayJson.of(report);
                page.describe(object);
                out.println(object);
            } else {
                out.println(page.head());
                out.print(new DelayText(report).plain());
            }
            out.flush();
            if (output != null) {
                page.write(output);
            }
        } finally {
            Files.deleteIfExists(modelFile);
            Files.deleteIfExists(models);
        }
        return CommandLine.ExitCode.OK;
    }

    private DelayReport study(
            MiasmaConfig config,
            DelayStudy.Options options,
            DemoTarget target,
            CalibrationNull known,
            Path models,
            PrintWriter err) {
        DelayStudy.Target attacked = new DelayStudy.Target(
                target.answer(),
                target.members(),
                target.nonMembers(),
                AttackModels.load(models, false, config.flagRate(), new NoMeasures()),
                known.mass());
        boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
        DelayStudy.Progress progress = (done, of, what) -> {
            String state = done + " of " + of + " kinds of clients" + (done == 0 ? "" : ": " + what);
            err.print(terminal ? "\r\u001b[2K" + state + (done == of ? "\n" : "") : state + "\n");
            err.flush();
        };
        try (DelayStudy study = new DelayStudy(config, attacked, options, progress)) {
            return study.run();
        }
    }

    private DelayStudy.Options options() {
        try {
            return new DelayStudy.Options(attacks, probers, budgets, most, mostSlow, thresholds, benignQueries, seed);
        } catch (IllegalArgumentException e) {
            throw wrong("--attack: " + e.getMessage());
        }
    }

    private DemoTraining training() throws IOException {
        DemoTraining training = dataset == DemoCommand.DataSet.location && dataDir != null
                ? DemoTraining.location(dataDir, seed)
                : DemoTraining.purchaseLike(seed, calibration == null ? 0 : calibration);
        try {
            return calibration == null ? training : training.withCalibration(calibration);
        } catch (IllegalArgumentException e) {
            throw wrong("--calibration: " + e.getMessage());
        }
    }

    /** As it was given, without what a configuration file of this machine says. */
    private String commandLine() {
        return "./miasma "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs())
                        .replaceFirst("--data-dir[= ]\\S+", "--data-dir DIR");
    }

    private void check() {
        require(probers >= 1, "--probers is " + probers + ": must be at least 1");
        require(most >= 1, "--most is " + most + ": must be at least 1");
        require(mostSlow >= 1, "--most-slow is " + mostSlow + ": must be at least 1");
        require(
                benignQueries == 0 || benignQueries >= 5,
                "--benign-queries is " + benignQueries + ": must be at least 5, or 0 for none");
        budgets.forEach(budget ->
                require(budget >= 1e-6 && budget <= 1e5, "--budgets has " + budget + ": each must be 1e-6 to 100000"));
        thresholds.forEach(
                c -> require(c > 1 && c <= 1e12, "--thresholds has " + c + ": each must be above 1 to 1e12"));
        require(dataset != DemoCommand.DataSet.location || dataDir != null, "--dataset location wants --data-dir DIR");
        Integer records = calibration;
        require(records == null || records >= 12, "--calibration is " + records + ": must be at least 12");
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw wrong(message);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
