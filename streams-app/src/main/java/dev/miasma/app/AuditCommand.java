// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.train.AuditReport;
import dev.miasma.train.AuditRequest;
import dev.miasma.train.Auditing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
                    + " they are cross-validated on the model's own answers: what the owner can do.",
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

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AuditReport report = Auditing.run(
                new AuditRequest(Optional.ofNullable(shadow), target(), seed, bootstrap, prior),
                "Miasma " + BuildInfo.version());
        write(output, report.html());
        if (records != null) {
            write(records, report.records());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.text() + "\n\nReport written to " + output);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private List<Path> target() {
        if (target != null && members == null && nonMembers == null) {
            return List.of(target);
        }
        if (target == null && members != null && nonMembers != null) {
            return List.of(members, nonMembers);
        }
        throw new ParameterException(
                spec.commandLine(), "either --target, or both --members and --non-members, needed");
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
