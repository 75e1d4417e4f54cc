// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything on this machine: a broker, a target model, clients that ask it, and the monitor that watches them. */
@Command(
        name = "demo",
        description = {
            "Runs the monitor on this machine alone: a Kafka broker inside the JVM, a target model trained on the spot"
                    + " and an attack model for it, benign clients, and probers that mix training members into their"
                    + " queries.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    /** The data sets the demo can train its target on. */
    enum DataSet {
        purchase,
        location
    }

    @Option(
            names = "--dataset",
            description = "purchase: made-up records of the shape of the Purchase sets; location: the real check-ins of"
                    + " Location-30, which wants --data-dir (default: ${DEFAULT-VALUE}).",
            defaultValue = "purchase")
    private DataSet dataset = DataSet.purchase;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder with the data sets, each in its own.")
    private @Nullable Path dataDir;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long clients ask (default: 30, without --queries).")
    private int seconds;

    @Option(
            names = "--queries",
            paramLabel = "N",
            description = "How many queries they make at most (default: as many as the rate allows).")
    private long queries;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Queries a second, at most; 0: as fast as it goes (default: ${DEFAULT-VALUE}).",
            defaultValue = "8000")
    private int rate;

    @Option(names = "--seed", description = "Of every random choice (default: ${DEFAULT-VALUE}).", defaultValue = "1")
    private long seed;

    @Option(
            names = "--budget",
            paramLabel = "B",
            description = "Expected false alerts per million benign queries, at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private double budget;

    @Option(names = "--clients", description = "Benign clients (default: ${DEFAULT-VALUE}).", defaultValue = "200")
    private int clients;

    @Option(names = "--probers", description = "Probing clients (default: ${DEFAULT-VALUE}).", defaultValue = "10")
    private int probers;

    @Option(
            names = "--member-share",
            paramLabel = "SHARE",
            description = "Share of a prober's queries that are about members (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.5")
    private double memberShare;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port of /metrics (default: any free one).",
            defaultValue = "0")
    private int httpPort;

    @Option(
            names = "--defend",
            split = ",",
            paramLabel = "DEFENCE",
            description =
                    "Shows how leaky the answers would be with these defences before them, by attack models trained"
                            + " for each: top3, round2, temperature5, or several joined by '+'.")
    private List<String> defences = List.of();

    @Option(names = "--json", description = "One JSON object on standard output at the end, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(seconds >= 0, "--seconds is " + seconds + ": must be at least 1");
        check(queries >= 0, "--queries is " + queries + ": must be at least 1");
        check(rate >= 0, "--rate is " + rate + ": must be at least 0");
        check(budget > 0 && budget <= 100_000, "--budget is " + budget + ": must be above 0 and at most 100000");
        check(clients >= 1 && clients <= 1_000_000, "--clients is " + clients + ": must be 1 to 1000000");
        check(probers >= 0 && probers <= 10_000, "--probers is " + probers + ": must be 0 to 10000");
        check(memberShare >= 0 && memberShare <= 1, "--member-share is " + memberShare + ": must be 0 to 1");
        check(httpPort >= 0 && httpPort <= 65535, "--http-port is " + httpPort + ": must be 0 to 65535");
        check(dataset != DataSet.location || dataDir != null, "--dataset location wants --data-dir DIR");
        int duration = seconds == 0 && queries == 0 ? 30 : seconds;
        DemoSettings settings = new DemoSettings(
                dataset == DataSet.location ? dataDir : null,
                duration,
                queries,
                rate,
                seed,
                budget,
                clients,
                probers,
                memberShare,
                httpPort,
                defences);
        PrintWriter out = spec.commandLine().getOut();
        try (DemoView view = DemoView.on(json ? spec.commandLine().getErr() : out, !json)) {
            DemoResult result = Demo.run(settings, view);
            if (json) {
                out.println(result.json());
            } else {
                view.result(result);
            }
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
