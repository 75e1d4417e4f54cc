// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code train} that belong to some of its ways only. */
final class TrainOptions {
    private static final String MEMBERS = "--members";
    private static final String NON_MEMBERS = "--non-members";
    private static final String DATA = "--data";
    private static final String DATA_DIR = "--data-dir";
    private static final String DEFENCES = "--defences";

    /** Which way takes which of them. */
    private static final Map<TrainCommand.From, Set<String>> TAKES = Map.of(
            TrainCommand.From.owner, Set.of(MEMBERS, NON_MEMBERS, DEFENCES),
            TrainCommand.From.shadow,
                    Set.of(
                            MEMBERS,
                            NON_MEMBERS,
                            DATA,
                            DATA_DIR,
                            DEFENCES,
                            "--label",
                            "--family",
                            "--epochs",
                            "--shadows",
                            "--attack",
                            "--records",
                            "--work",
                            "--threads"),
            TrainCommand.From.universal, Set.of(MEMBERS, NON_MEMBERS, DATA_DIR, "--quick", "--work", "--threads"));

    private static final Map<TrainCommand.From, List<String>> NEEDS = Map.of(
            TrainCommand.From.owner, List.of(MEMBERS, NON_MEMBERS),
            TrainCommand.From.shadow, List.of(DATA));

    @Option(
            names = MEMBERS,
            paramLabel = "CSV",
            description = "Answers of the model to watch to members of its training set.")
    @Nullable
    Path members;

    @Option(
            names = NON_MEMBERS,
            paramLabel = "CSV",
            description = "Its answers to records outside the training set. Shadow, universal: what to"
                    + " calibrate on; 1,000 of them guarantee the alert budget.")
    @Nullable
    Path nonMembers;

    @Option(
            names = DEFENCES,
            split = ",",
            paramLabel = "DEFENCE",
            description = "Owner, shadow: writes a model beside the file for each defence, fitted and calibrated on the"
                    + " answers as they are with it: default+top3.json beside default.json. The monitor's"
                    + " whatif.defences scores by them. top3, round2, temperature5, or several joined by '+'.")
    List<String> defences = List.of();

    @Option(
            names = DATA,
            paramLabel = "NAME|CSV",
            description = "Shadow: data of the kind that the model was trained on, but not that data itself: a data set"
                    + " of 'miasma datasets', or a CSV file with a header, numbers, and one column of labels.")
    String data = "";

    @Option(
            names = DATA_DIR,
            paramLabel = "DIR",
            description = "Shadow, universal: folder of the data sets, each in a folder of its name.")
    @Nullable
    Path dataDir;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "Shadow: the column of labels in a CSV file (default: ${DEFAULT-VALUE}).",
            defaultValue = "label")
    String label = "";

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description =
                    "Shadow: what the shadow models are: network, forest, forest-votes, boosting or logistic; best"
                            + " what the watched model is (default: ${DEFAULT-VALUE}).",
            defaultValue = "network")
    String family = "";

    @Option(names = "--epochs", paramLabel = "N", description = "Shadow: of a network (default: as in the papers).")
    @Nullable
    Integer epochs;

    @Option(
            names = "--shadows",
            paramLabel = "K",
            description = "Shadow: number of shadow models; 1 is ML-Leaks' attack, more are Shokri's (default:"
                    + " ${DEFAULT-VALUE}).",
            defaultValue = "1")
    int shadows;

    @Option(
            names = "--attack",
            paramLabel = "KIND",
            description = "Shadow: logistic, network (64 hidden units) or per-class (default: logistic for one shadow,"
                    + " per-class for more).")
    @Nullable
    String attack;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Shadow: records each shadow model is trained on, and as many it is not; best as many as the"
                    + " watched model had (default: as in the papers; of a CSV file half, at most 10,000).")
    @Nullable
    Integer records;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Shadow, universal: keeps the answers of trained models, so that a run that was stopped goes on"
                            + " where it was (default: ${DEFAULT-VALUE}).",
            defaultValue = ".miasma/answers")
    Path work = Path.of("");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Shadow, universal: models trained at once; the result does not depend on it (default: as many"
                            + " as there are processors).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--quick", description = "Universal: fewer records and epochs, to try it.")
    boolean quick;

    /** Refuses what does not go together. */
    void require(TrainCommand.From from, CommandSpec spec) {
        CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
        for (String option : NEEDS.getOrDefault(from, List.of())) {
            if (!parsed.hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), "Missing required option with --from " + from + ": " + option);
            }
        }
        TAKES.values().stream().flatMap(Set::stream).distinct().sorted().forEach(option -> {
            if (parsed.hasMatchedOption(option)
                    && !TAKES.getOrDefault(from, Set.of()).contains(option)) {
                throw new ParameterException(spec.commandLine(), option + " does not go with --from " + from);
            }
        });
        if (from == TrainCommand.From.universal && (nonMembers == null) == (dataDir == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from universal needs either " + DATA_DIR + ", to make it, or " + NON_MEMBERS
                            + ", to calibrate the built-in one");
        }
        if (members != null && nonMembers == null) {
            throw new ParameterException(spec.commandLine(), MEMBERS + " needs " + NON_MEMBERS + " as well");
        }
    }
}
