// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.measure.NoMeasures;
import dev.miasma.topology.MonitorTopology;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the monitor against a Kafka cluster until it is told to stop. */
@Command(
        name = "run",
        description = "Runs the monitor against a Kafka cluster until it is stopped.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "'miasma config' lists the keys. 'miasma train' makes attack models for models.dir; without one, the built-in"
                    + " universal model scores, and no alert budget is guaranteed."
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(names = "--describe", description = "Prints the topology and stops; asks no Kafka and no model.")
    private boolean describe;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        MiasmaConfig config = configuration.config();
        if (describe) {
            spec.commandLine().getOut().print(MonitorTopology.describe(config));
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        Monitor monitor = Monitor.start(config, new NoMeasures());
        Thread stopper = Thread.ofPlatform().name("miasma-stop").unstarted(monitor::close);
        Runtime.getRuntime().addShutdownHook(stopper);
        if (monitor.awaitRunning(START_TIMEOUT)) {
            LOG.info("watching {}", config.input().topics());
        } else {
            LOG.warn("not running after {} s; still trying", START_TIMEOUT.toSeconds());
        }
        monitor.awaitStopped();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
