// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** How costs grow. */
@Command(
        name = "scaling",
        description = {
            "How the cost of a record grows with classes, clients, instances and with fewer records at once, one of them"
                    + " at a time; --output writes the page about scaling.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ScalingCommand implements Callable<Integer> {
    private static final int CLIENTS = 10_000;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        BrokerRuns runs = new BrokerRuns(load, options, List.of(CLIENTS));
        List<Load> loads =
                ScalingBench.loads(load.loads(options, List.of(CLIENTS)).getFirst(), options.quick);
        // The compiler is at work on the first of all: what is first in the table should not pay for that.
        options.progress("once for nothing, to warm up");
        runs.report("scaling", loads.subList(0, 1), new ScalingBench()::run, List.of());
        BenchReport report = runs.report(
                "scaling",
                loads,
                new ScalingBench()::run,
                List.of("Every table differs from the first in one setting."));
        options.progress("states on the heap");
        BenchRun footprint = MemoryBench.footprint(List.of(), options.seed, options.pick(20_000, 1_000));
        options.tell(report, ScalingPage.markdown(report, footprint));
        return ExitCode.OK;
    }
}
