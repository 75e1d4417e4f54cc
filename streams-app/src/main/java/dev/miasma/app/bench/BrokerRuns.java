// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Utils;

/** Runs a measurement for every load, each with a broker and a folder of its own, so that nothing is left to the next. */
final class BrokerRuns {
    private final LoadOptions load;
    private final BenchOptions options;
    private final List<Integer> clients;

    /** One measurement. */
    interface Measurement {
        BenchRun run(Load load, BenchKafka kafka, Path folder, Consumer<String> progress)
                throws IOException, InterruptedException;
    }

    /** @param clients of the load where none are given */
    BrokerRuns(LoadOptions load, BenchOptions options, List<Integer> clients) {
        this.load = load;
        this.options = options;
        this.clients = clients;
    }

    BenchReport report(String kind, Measurement measurement, List<String> notes)
            throws IOException, InterruptedException {
        return report(kind, load.loads(options, clients), measurement, notes);
    }

    /** The same for loads of its own. */
    BenchReport report(String kind, List<Load> loads, Measurement measurement, List<String> notes)
            throws IOException, InterruptedException {
        List<BenchRun> runs = new ArrayList<>();
        String broker = Machine.NONE;
        for (Load each : loads) {
            Path folder = Files.createTempDirectory("miasma-bench-");
            options.progress("starting Kafka");
            try (BenchKafka kafka = load.kafka()) {
                broker = kafka.place();
                runs.add(measurement.run(each, kafka, folder, options::progress));
            } finally {
                Utils.delete(folder.toFile());
            }
        }
        return new BenchReport(kind, options.commandLine(), Machine.here(broker), runs, notes);
    }
}
