// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import picocli.CommandLine.Command;

/** The measurements of the monitor itself. */
@Command(
        name = "bench",
        description = {
            "Measures the monitor's speed and memory on this machine, each beside a baseline of the same run.",
            ""
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "KIND",
        subcommands = {
            PipelineCommand.class,
            ScoreCommand.class,
            DetectCommand.class,
            MemoryCommand.class,
            LatencyCommand.class,
            RestoreCommand.class,
            ScalingCommand.class
        },
        footer = {
            "",
            "Figures are ratios to a baseline that ran in turn with what is measured. Broker, generator and monitor"
                    + " share this machine unless --bootstrap says otherwise."
        })
public final class BenchCommand {}
