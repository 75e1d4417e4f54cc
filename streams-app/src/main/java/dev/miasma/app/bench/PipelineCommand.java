// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Throughput of the whole monitor. */
@Command(
        name = "pipeline",
        description = {
            "Throughput of the whole monitor, exactly-once, with its changelogs and metrics: beside consumers that only"
                    + " read or only decode, and beside the same monitor on a plain key-value store.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PipelineCommand implements Callable<Integer> {
    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        BrokerRuns runs = new BrokerRuns(load, options, List.of(10_000));
        options.tell(runs.report(
                "pipeline",
                new PipelineBench()::run,
                List.of(
                        "Rounds of all contenders in turn; each ratio is of the same round. The events are published before the"
                                + " clock starts; a monitor's clock stops when the offset behind the last event is committed.",
                        "A monitor that pauses has polled up to some seven thousand events a partition ahead, none of them"
                                + " decoded; consumers have their first fetch ahead.")));
        return ExitCode.OK;
    }
}
