// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** What clients cost. */
@Command(
        name = "memory",
        description = {
            "What clients cost: bytes of a client's state in store and changelog and on the heap, and how the cost of a"
                    + " record grows with the number of clients.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MemoryCommand implements Callable<Integer> {
    private static final List<Integer> CLIENTS = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final List<Integer> QUICK_CLIENTS = List.of(100, 1_000);

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        BrokerRuns runs = new BrokerRuns(load, options, options.quick ? QUICK_CLIENTS : CLIENTS);
        BenchReport report = runs.report(
                "memory",
                MemoryBench::cost,
                List.of(
                        "A client's bytes are those of key and state, over clients that made so many distinct queries.",
                        "The processor time of a record is that of the full pipeline with keyed input, broker included"
                                + " where it is in this JVM, over that of a decode-only record in the same rounds."));
        List<BenchRun> all = new ArrayList<>();
        options.progress("states on the heap");
        all.add(MemoryBench.footprint(report.runs(), options.seed, options.pick(20_000, 1_000)));
        all.addAll(report.runs());
        options.tell(new BenchReport("memory", report.command(), report.machine(), all, report.notes()));
        return ExitCode.OK;
    }
}
