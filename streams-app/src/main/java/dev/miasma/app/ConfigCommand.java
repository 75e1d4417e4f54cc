// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigReference;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.topology.AccessList;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the reference page, or the rights a configuration needs. */
@Command(
        name = "config",
        description =
                "Prints every configuration key with type, default, bound and documentation, as Markdown; with --acls, the"
                        + " rights the monitor needs of Kafka.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(
            names = "--acls",
            description = "Prints the kafka-acls commands that give a user the rights the monitor needs, and no other,"
                    + " for the configuration given.")
    private boolean acls;

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            defaultValue = "User:miasma",
            description = "Who gets them (default: ${DEFAULT-VALUE}).")
    private String principal = "User:miasma";

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(acls ? commands() : ConfigReference.markdown());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private String commands() {
        MiasmaConfig config = configuration.config();
        return AccessList.of(config).stream()
                .map(right -> "kafka-acls --bootstrap-server " + String.join(",", config.bootstrapServers())
                        + " --command-config admin.properties " + right.arguments(principal) + "\n")
                .collect(Collectors.joining());
    }
}
