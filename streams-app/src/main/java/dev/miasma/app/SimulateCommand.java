// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.simulate.ClientGroup;
import dev.miasma.simulate.ScenarioPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A fire drill: clients that attack a model trained on the spot, and benign ones, for a monitor that is to find out. */
@Command(
        name = "simulate",
        description = {
            "Publishes prediction events of simulated clients, attacking and benign, of a model trained on the spot: a"
                    + " fire drill for a running monitor. The names of these clients show up in its alerts; they begin with"
                    + " --prefix.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "KIND is a name, or a name with parameters: score:members=0.2:clients=5. --list prints all of them.",
            "A score-based attack is only found by a monitor that has the attack model of this target: write it with"
                    + " --save-model into its models.dir first."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final String NONE = "none";
    private static final int DEFAULT_SECONDS = 60;

    /** Event time of files, so that a seed gives the same file on any day. */
    private static final Instant FILE_START = Instant.parse("2026-01-01T00:00:00Z");

    @Option(
            names = "--attack",
            split = ",",
            paramLabel = "KIND",
            description = "Attacking clients, or none; may be given again (default: score).")
    private List<String> attacks = new ArrayList<>(List.of("score"));

    @Option(
            names = "--benign",
            split = ",",
            paramLabel = "KIND",
            description = "Benign clients, or none; may be given again (default: steady).")
    private List<String> benign = new ArrayList<>(List.of("steady"));

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Benign clients, divided among their kinds (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int clients;

    @Option(names = "--list", description = "Prints every kind of client with its parameters and stops.")
    private boolean list;

    @Option(
            names = "--seed",
            description = "Of what the clients ask. For another drill with the same monitor take another: what a client"
                    + " asks again does not count (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Queries a second of all clients together (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private double rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long they ask, in event time (default: " + DEFAULT_SECONDS + ", without --queries).")
    private int seconds;

    @Option(names = "--queries", paramLabel = "N", description = "How many queries they make at most.")
    private long queries;

    @Option(
            names = "--fast",
            description = "Publishes as fast as it goes, while event time keeps to the rate; always so with --output.")
    private boolean fast;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description =
                    "Event time of the beginning, as 2026-01-01T00:00:00Z (default: now; with --output that one).")
    private @Nullable String start;

    @Option(
            names = "--prefix",
            description = "What the names of clients begin with (default: ${DEFAULT-VALUE}).",
            defaultValue = "drill-")
    private String prefix = "";

    @Option(
            names = "--dataset",
            description =
                    "What the target is trained on. purchase: made-up records of the shape of the Purchase sets;"
                            + " location: the real check-ins of Location-30, which wants --data-dir (default: ${DEFAULT-VALUE}).",
            defaultValue = "purchase")
    private DemoCommand.DataSet dataset = DemoCommand.DataSet.purchase;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder with the data sets, each in its own.")
    private @Nullable Path dataDir;

    @Option(
            names = "--target-seed",
            description =
                    "Of the target's training and the made-up records; the same as when the attack model was saved"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long targetSeed;

    @Option(
            names = "--save-model",
            paramLabel = "DIR",
            description = "Writes the attack model for this target into DIR, named by --endpoint.")
    private @Nullable Path saveModel;

    @Option(
            names = "--endpoint",
            description = "Named in the events (default: ${DEFAULT-VALUE}).",
            defaultValue = "drill")
    private String endpoint = "";

    @Option(
            names = "--version-name",
            description = "Version of the model named in the events (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private String version = "";

    @Option(names = "--without-features", description = "Leaves the queries themselves out of the events.")
    private boolean withoutFeatures;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes the events there, one a line, and asks no Kafka; -: to standard output.")
    private @Nullable String output;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Writes who was what there, one client a line, to check alerts against.")
    private @Nullable Path truth;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers (default: bootstrap.servers of the configuration).")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--topic",
            description = "Topic of the events (default: the first of input.topics of the configuration).")
    private @Nullable String topic;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "An option of the Kafka clients, as --set kafka.KEY=VALUE; may be given again.")
    private List<String> kafka = new ArrayList<>();

    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(names = "--json", description = "One JSON object on standard output at the end, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            out.print(json ? KindListing.json() : KindListing.text());
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        check();
        SimulationSettings settings = settings();
        boolean outIsFree = !json && !"-".equals(output);
        PrintWriter said = outIsFree ? out : spec.commandLine().getErr();
        try (StopSignal stop = new StopSignal();
                SimulationView view = new SimulationView(said, CommandLine.Help.Ansi.AUTO.enabled())) {
            SimulationResult result = Simulation.run(settings, view, stop);
            if (json) {
                out.println(result.json());
                out.flush();
            } else {
                view.result(result);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        check(seconds >= 0, "--seconds is " + seconds + ": must be at least 1");
        check(queries >= 0, "--queries is " + queries + ": must be at least 1");
        check(clients >= 1 && clients <= 100_000, "--clients is " + clients + ": must be 1 to 100000");
        check(rate > 0 && rate <= 1e6, "--rate is " + rate + ": must be above 0 to 1000000");
        check(!endpoint.isBlank(), "--endpoint is empty");
        check(!prefix.isBlank(), "--prefix is empty: nothing would tell simulated clients from real ones");
        check(dataset != DemoCommand.DataSet.location || dataDir != null, "--dataset location wants --data-dir DIR");
        check(
                !json || !"-".equals(output),
                "--json and --output - both want standard output: leave one out, or name a file");
    }

    private SimulationSettings settings() {
        List<String> before = new ArrayList<>();
        if (bootstrapServers != null) {
            before.add(ConfigKey.BOOTSTRAP_SERVERS + "=" + bootstrapServers);
        }
        for (String option : kafka) {
            check(option.indexOf('=') > 0, "--kafka is " + option + ": must be KEY=VALUE");
            before.add(ConfigKey.KAFKA_PREFIX + option);
        }
        MiasmaConfig config = configuration.config(before);
        int lasting = seconds == 0 && queries == 0 ? DEFAULT_SECONDS : seconds;
        return new SimulationSettings(
                plan(),
                lasting,
                queries > 0 ? queries : Long.MAX_VALUE,
                fast || output != null,
                dataset == DemoCommand.DataSet.location ? dataDir : null,
                targetSeed,
                saveModel,
                endpoint,
                version,
                !withoutFeatures,
                output,
                truth,
                topic == null ? config.input().topics().getFirst() : topic,
                config);
    }

    private ScenarioPlan plan() {
        try {
            List<ClientGroup> groups = new ArrayList<>(groups("--attack", attacks, true));
            groups.addAll(groups("--benign", benign, false));
            return new ScenarioPlan(groups, clients, rate, seed, startTime().toEpochMilli(), prefix);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<ClientGroup> groups(String option, List<String> kinds, boolean attack) {
        if (kinds.equals(List.of(NONE))) {
            return List.of();
        }
        List<ClientGroup> groups = kinds.stream().map(ClientGroup::parse).toList();
        for (ClientGroup group : groups) {
            check(
                    group.kind().attack() == attack,
                    option + " is " + group.kind().name() + ", which is " + (attack ? "benign" : "an attack")
                            + ": must be one of " + KindListing.names(attack));
        }
        return groups;
    }

    private Instant startTime() {
        if (start == null) {
            return output == null ? Instant.now() : FILE_START;
        }
        try {
            return OffsetDateTime.parse(start).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), "--start is " + start + ": must be a time as 2026-01-01T00:00:00Z", e);
        }
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
