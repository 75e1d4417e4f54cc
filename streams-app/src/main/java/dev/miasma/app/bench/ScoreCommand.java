// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.score.ScoreKernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a score costs. */
@Command(
        name = "score",
        description = {
            "What one score costs, by kind of attack model: time, beside a plain pass over the posterior's memory, and"
                    + " bytes allocated.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
    /** The kind and the classes that the target is for. */
    private static final String BUDGETED = "network";

    private static final int BUDGETED_CLASSES = 100;
    private static final double MOST_NANOS = 250;
    private static final int RUNS = 64;
    private static final String PASS = "pass";

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "N",
            description = "Classes of the posteriors, a run each (default: ${DEFAULT-VALUE}).",
            defaultValue = "100,30,10")
    private List<Integer> classes = List.of();

    @Mixin
    private BenchOptions options = new BenchOptions();

    private record ScoreOp(ScoreKernel kernel, boolean passes) implements OpTimer.Op {
        @Override
        public int runs() {
            return RUNS;
        }

        @Override
        public int size() {
            return ScoreKernel.SCORES;
        }

        @Override
        public double run() {
            return passes ? kernel.pass() : kernel.run();
        }
    }

    @Override
    public Integer call() throws IOException {
        List<BenchRun> runs = new ArrayList<>();
        for (int count : classes) {
            options.require(count >= 2 && count <= 10_000, "--classes has " + count + ": each must be 2 to 10000");
            runs.add(run(count));
        }
        options.tell(new BenchReport(
                "score",
                options.commandLine(),
                Machine.here(Machine.NONE),
                runs,
                List.of("Posteriors stay in the processor's cache. The pass adds up a posterior's entries.")));
        return ExitCode.OK;
    }

    private BenchRun run(int count) {
        OpTimer timer = new OpTimer(options.rounds(), options.nanosPerRound());
        Map<String, ScoreKernel> kernels = ScoreKernel.all(count, options.seed);
        timer.add(PASS, new ScoreOp(kernels.values().iterator().next(), true));
        kernels.forEach((name, kernel) -> timer.add(name, new ScoreOp(kernel, false)));
        OpTimer.Costs costs = timer.run(state -> options.progress(count + " classes: " + state));
        OpTimer.Cost pass = costs.of(PASS);
        List<Figure> figures = new ArrayList<>();
        for (String name : kernels.keySet()) {
            OpTimer.Cost cost = costs.of(name);
            boolean budgeted = name.equals(BUDGETED) && count == BUDGETED_CLASSES;
            figures.add(
                    new Figure(name + "Nanos", name, cost.nanos(), "ns", budgeted ? Goal.atMost(MOST_NANOS) : null));
            figures.add(new Figure(name + "Bytes", name, cost.bytes(), "bytes allocated", Goal.atMost(0)));
            figures.add(Figure.ratio(
                    name + "OverPass", name + " over the pass", Samples.ratio(cost.nanos(), pass.nanos())));
        }
        figures.add(Figure.of("passNanos", "pass over the posterior", pass.nanos(), "ns"));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("classes", count);
        settings.put("rounds", options.rounds());
        settings.put("seed", options.seed);
        return new BenchRun(settings, figures);
    }
}
