// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private static final int LEAST_PARTITIONS = 4;

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "N",
            description = "Classes of the posteriors; several for a run each (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private List<Integer> classes = List.of();

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description =
                    "Clients, Zipf-distributed, one in 20 probes; several for a run each (default: ${DEFAULT-VALUE}).",
            defaultValue = "10000")
    private List<Integer> clients = List.of();

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "Numbers of each query in its event; 0 for none (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int features;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each contender (default: processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--instances",
            split = ",",
            paramLabel = "N",
            description = "Instances of the monitor, with --threads each; several for a run each (default: 1).",
            defaultValue = "1")
    private List<Integer> instances = List.of();

    @Option(
            names = "--queries",
            paramLabel = "N",
            description = "Events of a round (default: 300000; with --quick 20000).")
    private @Nullable Integer queries;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka to measure against (default: a broker in this JVM).")
    private @Nullable String bootstrap;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<PipelineBench.Settings> all = settings();
        List<BenchRun> runs = new ArrayList<>();
        String broker = "";
        for (PipelineBench.Settings settings : all) {
            Path folder = Files.createTempDirectory("miasma-bench-");
            // A broker of its own for each: nothing of one run is left to the next.
            try (BenchKafka kafka = BenchKafka.open(bootstrap)) {
                broker = kafka.place();
                runs.add(new PipelineBench(settings, kafka, folder, options::progress).run());
            } finally {
                Utils.delete(folder.toFile());
            }
        }
        options.tell(new BenchReport(
                "pipeline",
                options.commandLine(),
                Machine.here(broker),
                runs,
                List.of(
                        "Rounds of all contenders in turn; each ratio is of the same round. The events are published"
                                + " before the clock starts; a monitor's clock stops when the offset behind the last"
                                + " event is committed.",
                        "A monitor that pauses has read up to a thousand events a partition ahead; consumers have their"
                                + " first fetch ahead.")));
        return ExitCode.OK;
    }

    private List<PipelineBench.Settings> settings() {
        int each = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        int events = queries == null ? options.pick(300_000, 20_000) : queries;
        options.require(features >= 0 && features <= 10_000, "--features is " + features + ": must be 0 to 10000");
        options.require(each >= 1 && each <= 64, "--threads is " + each + ": must be 1 to 64");
        options.require(events >= 1000 && events <= 5_000_000, "--queries is " + events + ": must be 1000 to 5000000");
        List<PipelineBench.Settings> all = new ArrayList<>();
        for (int n : instances) {
            options.require(n >= 1 && n <= 16, "--instances has " + n + ": each must be 1 to 16");
            for (int c : classes) {
                options.require(c >= 2 && c <= 1000, "--classes has " + c + ": each must be 2 to 1000");
                for (int k : clients) {
                    options.require(k >= 1 && k <= 20_000_000, "--clients has " + k + ": each must be 1 to 20000000");
                    all.add(new PipelineBench.Settings(
                            c,
                            k,
                            features,
                            each,
                            n,
                            Math.max(LEAST_PARTITIONS, each * n),
                            events,
                            options.pick(2, 1),
                            options.rounds(),
                            options.seed));
                }
            }
        }
        return all;
    }
}
