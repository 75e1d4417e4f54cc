// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.EventDecoder;
import dev.miasma.detect.SightCounts;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.NullFromTraffic;
import dev.miasma.score.TrafficOptions;
import dev.miasma.score.TrafficReport;
import dev.miasma.score.TrainingChecks;
import dev.miasma.score.TrainingFilters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Learns an attack model's benign null from traffic. */
@Command(
        name = "calibrate",
        description = "Learns an attack model's benign null from traffic that is held to be benign.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Reads prediction events, as the monitor does, from files of JSON lines (also .gz, - for standard input) or"
                    + " from a stretch of a topic, by default all that is there now. Each client's first-sight scores say"
                    + " how often it reaches each cut of the model; the new bounds are those that all but a share of the"
                    + " clients obey. The nulls of the other sensors, which the configuration takes, are measured as well."
                    + " Nothing checks that the traffic is benign: a prober in it makes the monitor blinder.",
            "",
            "TIME is RFC 3339 with offset, such as 2026-11-22T10:15:30Z, or milliseconds since 1970, and is compared with"
                    + " the records' own time. A time to come is waited for."
        })
final class CalibrateCommand implements Callable<Integer> {
    private static final int RANDOM_KEY_BYTES = 32;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "Attack model that scores and whose cuts are kept.")
    private Path model = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Model file to write; may be the same.")
    private Path output = Path.of("");

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Prediction events, JSON lines; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Topic with prediction events, instead of files.")
    private @Nullable String topic;

    @Option(names = "--from-beginning", description = "With --topic: all that is there (default).")
    private boolean fromBeginning;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Time.class,
            description = "With --topic: begins at this time.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Time.class,
            description = "With --topic: ends before this time (default: what is there now).")
    private @Nullable Instant until;

    @Option(names = "--max-events", paramLabel = "N", description = "Ends after as many events.")
    private long maxEvents = Long.MAX_VALUE;

    @Option(names = "--endpoint", paramLabel = "NAME", description = "Only predictions of this endpoint.")
    private @Nullable String endpoint;

    @Option(
            names = "--endpoint-version",
            paramLabel = "VERSION",
            description = "Only predictions of this version of the endpoint's model.")
    private @Nullable String version;

    @Option(
            names = "--min-queries",
            paramLabel = "N",
            description = "Leaves out clients with fewer distinct queries; more give lower bounds, of fewer clients"
                    + " (default: ${DEFAULT-VALUE}).")
    private int minQueries = TrafficOptions.MIN_QUERIES;

    @Option(
            names = "--client-quantile",
            paramLabel = "SHARE",
            description = "Share of clients that the bounds are to hold for, 0.9 to below 1 (default:"
                    + " ${DEFAULT-VALUE}).")
    private double clientQuantile = TrafficOptions.CLIENT_QUANTILE;

    @Option(
            names = "--delta",
            paramLabel = "CHANCE",
            description = "Chance that the promise fails (default: the model's own).")
    private @Nullable Double delta;

    @Option(names = "--plot", paramLabel = "FILE", description = "SVG to write: clients' rates and the bounds.")
    private @Nullable Path plot;

    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TrafficOptions options = options();
        requireSource();
        MiasmaConfig config = configuration.config();
        List<String> notes = new ArrayList<>();
        IdentitySettings identity = identity(config, notes);
        DetectSettings detect = config.detect();
        NullFromTraffic traffic = NullFromTraffic.of(
                model, options, () -> new SightCounts(detect), checks(config, identity), config.sensors());
        InstantSource clock = InstantSource.system();
        PrintWriter err = spec.commandLine().getErr();
        CalibrateView view;
        try (CalibrateReading reading = new CalibrateReading(
                new EventDecoder(config.input(), identity, clock),
                traffic,
                maxEvents,
                err,
                CommandLine.Help.Ansi.AUTO.enabled())) {
            if (topic == null) {
                new EventFiles(System.in, clock).read(files, reading);
            } else {
                new EventTopic(config, clock)
                        .read(topic, Optional.ofNullable(since), Optional.ofNullable(until), reading);
            }
            view = write(traffic, reading, notes);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? view.json() : view.text());
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private CalibrateView write(NullFromTraffic traffic, CalibrateReading reading, List<String> notes)
            throws IOException {
        if (reading.events() == 0) {
            throw new StartupException("no event was read: there is nothing to calibrate on");
        }
        if (reading.rejected().values().stream().mapToLong(Long::longValue).sum() == reading.queries()) {
            throw new StartupException(
                    "none of the " + reading.events() + " events is a prediction; rejected: " + reading.rejected());
        }
        Files.createDirectories(Objects.requireNonNull(output.toAbsolutePath().getParent()));
        TrafficReport report = traffic.write(output);
        if (plot != null) {
            Files.createDirectories(Objects.requireNonNull(plot.toAbsolutePath().getParent()));
            Files.writeString(plot, report.plot(), StandardCharsets.UTF_8);
        }
        return new CalibrateView(
                report, reading.events(), reading.queries(), reading.rejected(), minQueries, output, notes);
    }

    private TrafficOptions options() {
        try {
            return new TrafficOptions(
                    Optional.ofNullable(endpoint),
                    Optional.ofNullable(version),
                    minQueries,
                    clientQuantile,
                    delta == null ? OptionalDouble.empty() : OptionalDouble.of(delta));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void requireSource() {
        require(files.isEmpty() != (topic == null), "either FILEs or --topic needed");
        require(
                topic != null || (!fromBeginning && since == null && until == null),
                "--from-beginning, --since and" + " --until go with --topic");
        require(!fromBeginning || since == null, "either --from-beginning or --since, not both");
        require(since == null || until == null || since.isBefore(until), "--since has to be before --until");
        require(maxEvents >= 1, "--max-events is " + maxEvents + ": must be at least 1");
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /** A filter can only be read with the key that it was made with. */
    private static TrainingChecks checks(MiasmaConfig config, IdentitySettings identity) {
        return config.hasKey()
                ? new TrainingChecks(
                        TrainingFilters.load(config.modelsDir(), identity, new NoMeasures()),
                        config.sensors().trainingHitNull())
                : TrainingChecks.none();
    }

    /** No pseudonym and no fingerprint leaves this process, so any secret does. */
    private static IdentitySettings identity(MiasmaConfig config, List<String> notes) {
        if (config.hasKey()) {
            return config.identity();
        }
        notes.add("no identity key is configured, so a random one was used; nothing made with it is kept,"
                + " and no training filter is asked");
        byte[] key = new byte[RANDOM_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new IdentitySettings(key, true);
    }

    /** A point in time, as in prediction events. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.chars().allMatch(Character::isDigit)
                        ? Instant.ofEpochMilli(Long.parseLong(text))
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException | NumberFormatException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no time: RFC 3339 with offset, or milliseconds since 1970, needed");
            }
        }
    }
}
