// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.train.CsvTraining;
import dev.miasma.train.ShadowModelTraining;
import dev.miasma.train.ShadowRequest;
import dev.miasma.train.TrainedModel;
import dev.miasma.train.TrainingSetup;
import dev.miasma.train.UniversalModelTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains an attack model. */
@Command(
        name = "train",
        description = "Trains and calibrates an attack model.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "owner: from two CSV files with posteriors of the model to watch, one a row, one class a column; a header, a"
                    + " 'label' and a 'member' column are allowed. Half of the rows fit the attack, the other half"
                    + " calibrates it: from 2,000 non-members on, the alert budget is guaranteed.",
            "shadow: from data like the training data: shadow models are trained on it, and the attack learns from their"
                    + " answers (Shokri et al. 2017; ML-Leaks, adversary 1).",
            "universal: with --non-members, the model that comes with Miasma, calibrated on answers of the model to watch"
                    + " to records outside its training set; nothing is trained. With --data-dir, how that model was"
                    + " made: from the papers' data sets (ML-Leaks, adversary 2).",
            "",
            "Progress goes to standard error. One seed and date give one file, but networks are summed up in floats:"
                    + " another kind of processor may give other last digits."
        })
final class TrainCommand implements Callable<Integer> {
    /** Ways to an attack model, as they are named on the command line. */
    enum From {
        owner,
        shadow,
        universal
    }

    @Option(
            names = "--from",
            paramLabel = "WAY",
            description = "What the attack learns from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "owner")
    private From from = From.owner;

    @Mixin
    private TrainOptions options = new TrainOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Model file to write (default: ${DEFAULT-VALUE}).",
            defaultValue = "models/default.json")
    private Path output = Path.of("");

    @Option(names = "--seed", description = "Of every random choice (default: ${DEFAULT-VALUE}).", defaultValue = "1")
    private long seed;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "Date in the model's provenance (default: today); fix it for identical files.")
    private LocalDate date = LocalDate.now(ZoneOffset.UTC);

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        options.require(from, spec);
        Files.createDirectories(Objects.requireNonNull(output.toAbsolutePath().getParent()));
        List<TrainedModel> models;
        try (ProgressView progress =
                new ProgressView(spec.commandLine().getErr(), CommandLine.Help.Ansi.AUTO.enabled())) {
            TrainingSetup setup = new TrainingSetup(output, options.work, seed, date, options.threads, progress);
            models = switch (from) {
                case owner ->
                    CsvTraining.train(
                            given(options.members), given(options.nonMembers), options.defences, output, seed, date);
                case shadow -> ShadowModelTraining.train(shadowRequest(), options.defences, setup);
                case universal -> List.of(universal(setup));
            };
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? TrainView.json(models) : TrainView.text(models, missingForBudget()));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private TrainedModel universal(TrainingSetup setup) throws IOException {
        return options.nonMembers == null
                ? UniversalModelTraining.train(given(options.dataDir), options.quick, setup)
                : UniversalModelTraining.calibrate(Optional.ofNullable(options.members), options.nonMembers, setup);
    }

    private ShadowRequest shadowRequest() {
        return new ShadowRequest(
                options.data,
                Optional.ofNullable(options.dataDir),
                options.label,
                options.family,
                optional(options.epochs),
                optional(options.records),
                options.shadows,
                Optional.ofNullable(options.attack),
                Optional.ofNullable(options.members),
                Optional.ofNullable(options.nonMembers));
    }

    private String missingForBudget() {
        return switch (from) {
            case owner -> "2,000 non-members in the file are needed, better 10,000";
            case shadow ->
                options.nonMembers == null
                        ? "it is calibrated on a shadow model; give --non-members, 1,000 answers or more of the model"
                                + " to watch"
                        : "1,000 non-members in the file are needed, better 10,000";
            case universal ->
                options.nonMembers == null
                        ? "it knows neither the model to watch nor its data"
                        : "1,000 non-members in the file are needed, better 10,000";
        };
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** What {@link TrainOptions#require} has made sure of. */
    private static Path given(@Nullable Path path) {
        return Objects.requireNonNull(path);
    }
}
