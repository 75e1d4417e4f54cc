// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every measurement has, and what is done with its report. */
final class BenchOptions {
    @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds (default: 5; with --quick 2).")
    private @Nullable Integer rounds;

    @Option(
            names = "--seed",
            description = "Of everything that is made up (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    long seed;

    @Option(names = "--quick", description = "A small run, to see that it works; its figures mean little.")
    boolean quick;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Writes the report as JSON and Markdown there, and its plot beside it.")
    private @Nullable Path output;

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    int rounds() {
        int wanted = rounds == null ? pick(5, 2) : rounds;
        require(wanted >= 1 && wanted <= 1000, "--rounds is " + wanted + ": must be 1 to 1000");
        return wanted;
    }

    /** One value for a full run, another for a quick one. */
    int pick(int full, int small) {
        return quick ? small : full;
    }

    /** How long an operation is timed in one round. */
    long nanosPerRound() {
        return pick(100, 5) * 1_000_000L;
    }

    /** As it was given. */
    String commandLine() {
        return "./miasma "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }

    /** Tells how far it is: on a terminal in one line that is written over. */
    void progress(String state) {
        PrintWriter err = spec.commandLine().getErr();
        err.print(CommandLine.Help.Ansi.AUTO.enabled() ? "\r\u001b[2K" + state : state + "\n");
        err.flush();
    }

    /** Prints the report, and writes it where that is wanted. */
    void tell(BenchReport report) throws IOException {
        tell(report, report.markdown(List.of(report.kind())));
    }

    /** The same with a page of its own. */
    void tell(BenchReport report, String markdown) throws IOException {
        if (CommandLine.Help.Ansi.AUTO.enabled()) {
            progress("");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            out.print(report.plain());
        }
        out.flush();
        if (output != null) {
            Files.createDirectories(output);
            Files.writeString(
                    output.resolve(report.kind() + ".json"), report.json().toPrettyString() + "\n");
            Files.writeString(output.resolve(report.kind() + ".svg"), BenchPicture.svg(report));
            Files.writeString(output.resolve(report.kind() + ".md"), markdown);
        }
    }

    void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
