// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.miasma.train.ExperimentTitle;
import dev.miasma.train.Reproduction;
import dev.miasma.train.ReproductionReport;
import dev.miasma.train.ReproductionRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the papers' experiments. */
@Command(
        name = "reproduce",
        description = "Runs the papers' experiments on the papers' data and writes our figures beside theirs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Every model is trained once, and its answers are kept: a run that was stopped goes on where it was. The"
                    + " result depends on the seed, not on threads or interruptions. A claim of the papers that ours"
                    + " don't show is called out; it isn't an error unless --strict is given."
        })
final class ReproduceCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "EXPERIMENT", description = "Names from --list; none for all.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Lists the experiments.")
    private boolean list;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Folder of the data sets, each in a folder of its name, as 'miasma datasets fetch' puts them.")
    private @Nullable Path dataDir;

    @Option(names = "--quick", description = "Fewer records and epochs: a look at the shape of the results.")
    private boolean quick;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of every random choice (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Models trained at once (default: all processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Folder in which models' answers are kept (default: ${DEFAULT-VALUE}).",
            defaultValue = ".miasma/answers")
    private Path work = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for pages and plots (default: ${DEFAULT-VALUE}).",
            defaultValue = "results")
    private Path output = Path.of("");

    @Option(names = "--strict", description = "Exit code 1 if ours don't show what the papers show.")
    private boolean strict;

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    private final Reproduction reproduction;

    ReproduceCommand() {
        this(new Reproduction());
    }

    ReproduceCommand(Reproduction reproduction) {
        this.reproduction = reproduction;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            list();
            return CommandLine.ExitCode.OK;
        }
        ReproductionReport report = run(request());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json) {
            out.println(report.json());
            summary(report).forEach(err::println);
        } else {
            out.println(report.text() + "\n\n");
            summary(report).forEach(out::println);
        }
        out.flush();
        err.flush();
        return strict && !report.failed().isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void list() {
        PrintWriter out = spec.commandLine().getOut();
        List<ExperimentTitle> experiments = reproduction.experiments();
        if (json) {
            ArrayNode array = new JsonMapper().createArrayNode();
            experiments.forEach(one -> array.addObject().put("name", one.name()).put("title", one.title()));
            out.println(array);
        } else {
            int width = experiments.stream()
                    .mapToInt(one -> one.name().length())
                    .max()
                    .orElse(0);
            experiments.forEach(one ->
                    out.println(one.name() + " ".repeat(width - one.name().length() + 2) + one.title()));
        }
        out.flush();
    }

    private ReproductionRequest request() {
        List<String> known =
                reproduction.experiments().stream().map(ExperimentTitle::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw wrong("EXPERIMENT is " + name + ": must be one of " + String.join(", ", known));
            }
        }
        if (dataDir == null) {
            throw wrong("--data-dir is missing: must be the folder of the data sets");
        }
        int parallel = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (parallel < 1) {
            throw wrong("--threads is " + parallel + ": must be at least 1");
        }
        return new ReproductionRequest(names, dataDir, work, output, quick, seed, parallel);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private ReproductionReport run(ReproductionRequest request) throws IOException {
        try (ReproduceView view = new ReproduceView(
                spec.commandLine().getErr(), CommandLine.Help.Ansi.AUTO.enabled(), System::nanoTime)) {
            Thread farewell = Thread.ofPlatform().unstarted(view::stopped);
            Runtime.getRuntime().addShutdownHook(farewell);
            try {
                return reproduction.run(request, "Miasma " + BuildInfo.version(), view);
            } finally {
                Runtime.getRuntime().removeShutdownHook(farewell);
            }
        }
    }

    private List<String> summary(ReproductionReport report) {
        List<String> failed = report.failed();
        String checks = String.format(
                Locale.ROOT,
                "%d of %d checks hold%s",
                report.checks() - failed.size(),
                report.checks(),
                failed.isEmpty() ? "." : "; these don't:");
        return Stream.of(
                        List.of(checks),
                        failed.stream().map(line -> "  " + line).toList(),
                        List.of("Pages and plots are in " + output + "; begin with " + output.resolve("README.md")
                                + "."))
                .flatMap(List::stream)
                .toList();
    }
}
