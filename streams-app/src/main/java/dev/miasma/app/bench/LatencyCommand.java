// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long an alert takes. */
@Command(
        name = "latency",
        description = {
            "How long it takes from a query's record to the alert that a consumer of committed records can read, at a"
                    + " share of the load that the monitor can bear, which is measured first.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LatencyCommand implements Callable<Integer> {
    @Option(
            names = "--load",
            paramLabel = "SHARE",
            description = "Share of the measured throughput to send, above 0 to 1 (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.5")
    private double share;

    @Option(names = "--seconds", paramLabel = "N", description = "How long to send (default: 30; with --quick 4).")
    private int seconds;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.require(share > 0 && share <= 1, "--load is " + share + ": must be above 0 to 1");
        options.require(seconds >= 0 && seconds <= 3600, "--seconds is " + seconds + ": must be 1 to 3600");
        LatencyBench bench = new LatencyBench(share, seconds == 0 ? options.pick(30, 4) : seconds);
        BrokerRuns runs = new BrokerRuns(load, options, List.of(10_000));
        options.tell(runs.report(
                "latency",
                bench::run,
                List.of(
                        "Keyed input, exactly-once with the default commit interval and pace of alerts; no cool-down and a"
                                + " budget of 1,000, so that there are many alerts, of which most wait for that pace.",
                        "The first fifth of the time does not count.")));
        return ExitCode.OK;
    }
}
