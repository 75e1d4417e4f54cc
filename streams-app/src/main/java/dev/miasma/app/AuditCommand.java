// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.train.AuditReport;
import dev.miasma.train.AuditRequest;
import dev.miasma.train.Auditing;
import dev.miasma.train.DatasetListing;
import dev.miasma.train.DefenseRequest;
import dev.miasma.train.TargetRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Attacks a model's answers with everything there is and writes a report. */
@Command(
        name = "audit",
        description = "Attacks a model's answers to known members and non-members and writes a report.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Give the model's answers as one file with a column 'member' (--target), or as two. With a shadow model's"
                    + " answers (--shadow) attacks and thresholds are learnt on them: what an outsider can do. Without,"
                    + " they are cross-validated on the model's own answers: what the owner can do. Without a model at"
                    + " hand, --dataset trains a target and its shadow on public data.",
            "",
            "Files: CSV with columns p0, p1, ..., and optionally label and member, also as .gz; JSON lines (.jsonl,"
                    + " .jsonl.gz) with posterior, label, member; NumPy archives (.npz) with posteriors, labels,"
                    + " members; a NumPy array (.npy) of posteriors."
        })
final class AuditCommand implements Callable<Integer> {
    @Option(names = "--shadow", paramLabel = "FILE", description = "A shadow model's answers, with a column 'member'.")
    private @Nullable Path shadow;

    @Option(names = "--target", paramLabel = "FILE", description = "The model's answers, with a column 'member'.")
    private @Nullable Path target;

    @Option(names = "--members", paramLabel = "FILE", description = "The model's answers to training members.")
    private @Nullable Path members;

    @Option(
            names = {"--non-members", "--nonmembers"},
            paramLabel = "FILE",
            description = "The model's answers to records outside the training set.")
    private @Nullable Path nonMembers;

    /** A target of our own, where there are no answers of another. */
    static final class Trained {
        @Option(
                names = "--dataset",
                required = true,
                paramLabel = "NAME",
                description = "Trains a target and a shadow on a data set of 'miasma datasets' and audits the target.")
        private String dataset = "";

        @Option(
                names = "--data-dir",
                required = true,
                paramLabel = "DIR",
                description = "With --dataset: folder of the data sets.")
        private Path dataDir = Path.of("");

        @Option(
                names = "--family",
                paramLabel = "FAMILY",
                description = "With --dataset: network, forest, forest-votes, boosting or logistic"
                        + " (default: ${DEFAULT-VALUE}).",
                defaultValue = "network")
        private String family = "network";

        @Option(
                names = "--epochs",
                paramLabel = "N",
                description = "With --dataset: epochs of a network (default: as 'miasma reproduce').")
        private @Nullable Integer epochs;

        @Option(
                names = "--member-count",
                paramLabel = "N",
                description = "With --dataset: records the target is trained on; four times as many are needed"
                        + " (default: as 'miasma reproduce').")
        private @Nullable Integer memberCount;

        @Option(
                names = "--work",
                paramLabel = "DIR",
                description = "With --dataset: folder in which answers are kept (default: ${DEFAULT-VALUE}).",
                defaultValue = ".miasma/answers")
        private Path work = Path.of("");
    }

    @ArgGroup(exclusive = false)
    private @Nullable Trained trained;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "HTML report to write (default: ${DEFAULT-VALUE}).",
            defaultValue = "audit.html")
    private Path output = Path.of("");

    @Option(names = "--records", paramLabel = "FILE", description = "CSV to write with the risk of every record.")
    private @Nullable Path records;

    @Option(
            names = "--seed",
            description = "Of folds, networks and bootstrap (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description = "Resamples for the intervals, 0 for none (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int bootstrap;

    @Option(
            names = "--prior",
            paramLabel = "P",
            description = "Share of members among the records an attacker asks about, for the risk of single records"
                    + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.5")
    private double prior;

    @Option(
            names = {"--defences", "--defenses"},
            paramLabel = "LIST",
            description = "With a shadow: defences of the answers to try, such as top3,round2,temperature5,label,"
                    + "memguard,top3+round2, or all.")
    private @Nullable String defences;

    @Option(
            names = {"--defence-target", "--defense-target"},
            paramLabel = "RATE",
            description = "With --defences: TPR at 1 %% FPR to bring attackers down to (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.02")
    private double defenceTarget;

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String program = "Miasma " + BuildInfo.version();
        AuditReport report = trained == null
                ? Auditing.run(
                        new AuditRequest(Optional.ofNullable(shadow), target(), seed, bootstrap, prior),
                        defences(),
                        program)
                : Auditing.run(trained(trained), defences(), program, line -> {
                    spec.commandLine().getErr().println(line);
                    spec.commandLine().getErr().flush();
                });
        write(output, report.html());
        if (records != null) {
            write(records, report.records());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.text() + "\n\nReport written to " + output);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private TargetRequest trained(Trained options) {
        if (shadow != null || target != null || members != null || nonMembers != null) {
            throw new ParameterException(
                    spec.commandLine(), "--dataset trains target and shadow itself: files of answers can't be given");
        }
        if (!Auditing.families().contains(options.family)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--family is " + options.family + ": must be one of " + String.join(", ", Auditing.families()));
        }
        if (!DatasetListing.names().contains(options.dataset)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--dataset is " + options.dataset + ": must be one of "
                            + String.join(", ", DatasetListing.names()));
        }
        return new TargetRequest(
                options.dataset,
                options.dataDir,
                options.family,
                options.epochs == null ? OptionalInt.empty() : OptionalInt.of(options.epochs),
                options.memberCount == null ? OptionalInt.empty() : OptionalInt.of(options.memberCount),
                options.work,
                Runtime.getRuntime().availableProcessors(),
                seed,
                bootstrap,
                prior);
    }

    private DefenseRequest defences() {
        if (defences == null) {
            return DefenseRequest.NONE;
        }
        if (trained == null && shadow == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--defences needs --shadow or --dataset: an attacker who knows a defence learns on a shadow");
        }
        try {
            return DefenseRequest.of(defences, defenceTarget);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--defences: " + e.getMessage(), e);
        }
    }

    private List<Path> target() {
        if (target != null && members == null && nonMembers == null) {
            return List.of(target);
        }
        if (target == null && members != null && nonMembers != null) {
            return List.of(members, nonMembers);
        }
        throw new ParameterException(
                spec.commandLine(),
                "either --target, or both --members and --non-members, or --dataset and --data-dir, needed");
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
