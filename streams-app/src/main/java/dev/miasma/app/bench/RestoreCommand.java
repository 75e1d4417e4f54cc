// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** How soon the monitor runs. */
@Command(
        name = "restore",
        description = {
            "How soon the monitor runs, without any state and with a changelog to restore, beside a consumer that only"
                    + " reads that changelog.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        BrokerRuns runs = new BrokerRuns(load, options, List.of(options.pick(200_000, 2_000)));
        options.tell(runs.report(
                "restore",
                RestoreBench::run,
                List.of(
                        "From the start of Kafka Streams to RUNNING, in a JVM that is up; every start is after the one"
                                + " before has left the group.",
                        "Restored records are of all stores, nearly all of them client states, from the start of the first"
                                + " store's restore to the end of the last; the consumer reads the client states'"
                                + " changelog alone.")));
        return ExitCode.OK;
    }
}
