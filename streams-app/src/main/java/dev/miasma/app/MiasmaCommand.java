// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.app.bench.BenchCommand;
import dev.miasma.app.bench.BenchException;
import dev.miasma.config.ConfigException;
import dev.miasma.score.AttackModelsException;
import dev.miasma.score.CalibrationException;
import dev.miasma.score.TrainingFilterException;
import dev.miasma.train.AuditRefusedException;
import dev.miasma.train.ReproductionException;
import dev.miasma.train.TrainingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole. */
@Command(
        name = "miasma",
        description = "Membership-inference attack stream monitor and alerting.",
        mixinStandardHelpOptions = true,
        versionProvider = MiasmaCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            HealthCommand.class,
            SimulateCommand.class,
            BacktestCommand.class,
            DelaysCommand.class,
            TrainCommand.class,
            CalibrateCommand.class,
            AuditCommand.class,
            ReproduceCommand.class,
            FingerprintCommand.class,
            ExemptionsCommand.class,
            DatasetsCommand.class,
            BenchCommand.class,
            ConfigCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 it could not be done, with one line on standard error that says why; 2 the command"
                    + " line is wrong."
        })
final class MiasmaCommand {
    private static final Logger LOG = LoggerFactory.getLogger(MiasmaCommand.class);

    /** Errors whose message is meant for the user as it is. */
    private static final Set<Class<? extends Exception>> EXPLAINED = Set.of(
            ConfigException.class,
            StartupException.class,
            AttackModelsException.class,
            TrainingFilterException.class,
            CalibrationException.class,
            TrainingException.class,
            AuditRefusedException.class,
            ReproductionException.class,
            BenchException.class);

    private MiasmaCommand() {}

    static int execute(String... args) {
        CommandLine commandLine = new CommandLine(new MiasmaCommand());
        commandLine.setExecutionExceptionHandler((error, command, parsed) -> {
            if (EXPLAINED.contains(error.getClass()) || error instanceof IOException) {
                command.getErr().println("miasma: " + explain(error));
            } else {
                LOG.error("this should not happen; please report it", error);
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        return args.length == 0 ? usage(commandLine) : commandLine.execute(args);
    }

    /** The message; file system errors have only the file's name for one. */
    private static String explain(Exception error) {
        return switch (error) {
            case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
            case AccessDeniedException denied -> "no right to read or write " + denied.getFile();
            case FileSystemException other -> "cannot use a file: " + other.getMessage();
            default -> String.valueOf(error.getMessage());
        };
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(commandLine.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** Names the release. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"miasma " + BuildInfo.version(), "Java " + Runtime.version()};
        }
    }
}
