// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.ModelNames;
import dev.miasma.score.TrainingFingerprints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a training-set filter. */
@Command(
        name = "fingerprint-training-set",
        description =
                "Turns the records of a training set into a keyed filter, by which the monitor sees clients ask for"
                        + " training records.",
        sortOptions = false,
        footer = {
            "",
            "csv: one record a row; a column is numeric where all its cells are numbers or empty. The first row is a header"
                    + " where it has a text above a numeric column, or the name of --label-column.",
            "jsonl: one record a line, an object with 'features' as the events have them, or a bare array.",
            "",
            "The features must be what the events have, in the same order. The key is the monitor's: give the same"
                    + " --config or --set identity.key.file=FILE. Guard it like the training data: whoever has the key and"
                    + " the file can test any record."
        })
final class FingerprintCommand implements Callable<Integer> {
    /** Formats of records. */
    enum Format {
        csv,
        jsonl
    }

    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(names = "--records", required = true, paramLabel = "FILE", description = "Records of the training set.")
    private Path records = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: jsonl where the name ends so, else csv).")
    private @Nullable Format format;

    @Option(
            names = "--label-column",
            paramLabel = "NAME|INDEX",
            description = "Column of a CSV file that is no feature: by name, from 0, or from the end, -1.")
    private @Nullable String label;

    @Option(
            names = "--named",
            description = "Events have the features as an object: its names, in that order, are the first row.")
    private boolean named;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Filter to write (default: the name of --endpoint and --version, else default.training, in"
                    + " models.dir).")
    private @Nullable Path output;

    @Option(names = "--endpoint", paramLabel = "NAME", description = "Endpoint the filter is for (default: all).")
    private @Nullable String endpoint;

    @Option(names = "--version", paramLabel = "NAME", description = "Version of its model (default: all).")
    private @Nullable String version;

    @Option(
            names = "--false-positive-rate",
            paramLabel = "RATE",
            description =
                    "Share of other records taken for training records, 1e-12 to 0.1 (default: ${DEFAULT-VALUE}).",
            defaultValue = "1e-6")
    private double rate;

    @Option(
            names = "--quantiles",
            paramLabel = "FILE",
            description = "Writes the features' quantiles as well, for features.quantiles.file.")
    private @Nullable Path quantiles;

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    // Not the usual mixin: there, --version asks for Miasma's own.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // Read by picocli.
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        require();
        MiasmaConfig config = configuration.config();
        if (!config.hasKey()) {
            throw new ConfigException("no key to fingerprint records with: set " + ConfigKey.IDENTITY_KEY_FILE
                    + " to the monitor's (--set " + ConfigKey.IDENTITY_KEY_FILE + "=FILE)");
        }
        Path file = output == null ? config.modelsDir().resolve(name() + ModelNames.TRAINING_SUFFIX) : output;
        var request = new TrainingFingerprints.Request(
                records, jsonLines(), Optional.ofNullable(label), named, file, Optional.ofNullable(quantiles), rate);
        TrainingFingerprints.Result result;
        try (var view =
                new CountView(spec.commandLine().getErr(), CommandLine.Help.Ansi.AUTO.enabled(), System::nanoTime)) {
            result = TrainingFingerprints.make(request, config.identity(), view);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(file, result) : text(file, result));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private void require() {
        if (!(rate >= 1e-12 && rate <= 0.1)) {
            throw new ParameterException(
                    spec.commandLine(), "--false-positive-rate is " + rate + ": must be 1e-12 to 0.1");
        }
        if (version != null && endpoint == null) {
            throw new ParameterException(
                    spec.commandLine(), "--version is " + version + ", but of no endpoint: give --endpoint as well");
        }
        if (jsonLines() && (label != null || named)) {
            throw new ParameterException(
                    spec.commandLine(), (named ? "--named" : "--label-column") + " is for CSV files only");
        }
        if (named && quantiles != null) {
            throw new ParameterException(spec.commandLine(), "--quantiles is for arrays: leave out --named");
        }
    }

    private boolean jsonLines() {
        return format == null ? records.toString().endsWith(".jsonl") : format == Format.jsonl;
    }

    private String name() {
        if (endpoint == null) {
            return ModelNames.DEFAULT;
        }
        return version == null ? ModelNames.of(endpoint) : ModelNames.of(endpoint, version);
    }

    private String json(Path file, TrainingFingerprints.Result result) {
        ObjectNode node = new JsonMapper()
                .createObjectNode()
                .put("output", file.toString())
                .put("records", result.records())
                .put("distinct", result.distinct())
                .put("falsePositiveRate", rate)
                .put("bytes", result.bytes());
        if (quantiles != null) {
            node.put("quantiles", quantiles.toString());
        }
        return node.toString();
    }

    private String text(Path file, TrainingFingerprints.Result result) {
        return String.format(
                Locale.ROOT,
                "%s: %,d records, %,d of them distinct, false-positive rate %s, %,d bytes.%nThe monitor looks for"
                        + " ENDPOINT@VERSION.training, ENDPOINT.training and default.training in models.dir.",
                file,
                result.records(),
                result.distinct(),
                rate,
                result.bytes());
    }
}
