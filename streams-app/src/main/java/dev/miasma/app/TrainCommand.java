// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.train.CsvTraining;
import dev.miasma.train.TrainedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains an attack model from the operator's own posteriors. */
@Command(
        name = "train",
        description = "Trains and calibrates an attack model from two CSV files with posteriors of the model to watch.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A CSV file has one posterior a row, one class a column; a header, a 'label' and a 'member' column are"
                    + " allowed. Half of the rows fit the attack, the other half calibrates it: from 2,000 non-members"
                    + " on, the alert budget is guaranteed."
        })
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--members", required = true, paramLabel = "CSV", description = "Answers to training members.")
    private Path members = Path.of("");

    @Option(
            names = "--non-members",
            required = true,
            paramLabel = "CSV",
            description = "Answers to records outside the training set.")
    private Path nonMembers = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Model file to write (default: ${DEFAULT-VALUE}).",
            defaultValue = "models/default.json")
    private Path output = Path.of("");

    @Option(names = "--seed", description = "Of the split (default: ${DEFAULT-VALUE}).", defaultValue = "1")
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
        Files.createDirectories(Objects.requireNonNull(output.toAbsolutePath().getParent()));
        TrainedModel model = CsvTraining.train(members, nonMembers, output, seed, date);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(model) : text(model));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static String json(TrainedModel model) {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("file", model.file().toString())
                .put("id", model.id())
                .put("kind", model.kind())
                .put("calibrationMembers", model.members())
                .put("calibrationNonMembers", model.nonMembers())
                .put("budgetGuaranteed", model.budgetGuaranteed());
        putIfPresent(json, "auc", model.auc());
        putIfPresent(json, "tprAt10Percent", model.tprAt10Percent());
        putIfPresent(json, "tprAt1Percent", model.tprAt1Percent());
        putIfPresent(json, "tprAt0.1Percent", model.tprAt01Percent());
        return json.toString();
    }

    private static void putIfPresent(ObjectNode json, String name, OptionalDouble figure) {
        figure.ifPresent(value -> json.put(name, value));
    }

    private static String text(TrainedModel model) {
        return String.join(
                "\n",
                "attack model      " + model.id() + " (" + model.kind() + "), written to " + model.file(),
                "evaluated on      " + model.members() + " members and " + model.nonMembers()
                        + " non-members it was not fitted on",
                "AUC               " + figure(model.auc()),
                "TPR at 10 % FPR   " + figure(model.tprAt10Percent()),
                "TPR at 1 % FPR    " + figure(model.tprAt1Percent()),
                "TPR at 0.1 % FPR  " + figure(model.tprAt01Percent()),
                model.budgetGuaranteed()
                        ? "alert budget      guaranteed"
                        : "alert budget      NOT guaranteed: 2,000 non-members in the file are needed, better 10,000");
    }

    private static String figure(OptionalDouble value) {
        return value.isPresent()
                ? String.format(Locale.ROOT, "%.3f", value.getAsDouble())
                : "not resolvable with so few non-members";
    }
}
