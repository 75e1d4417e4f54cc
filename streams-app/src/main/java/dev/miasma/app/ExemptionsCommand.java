// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.Secrets;
import dev.miasma.detect.Exemptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code miasma exemptions}: whom the operator lets probe, and what is somebody's normal behaviour. */
@Command(
        name = "exemptions",
        description = "Allows clients and cohorts to probe until a date, or acknowledges what an alert saw as normal.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "They are kept in the file exemptions.file or the compacted topic exemptions.topic of the configuration; a"
                    + " running monitor takes them up by itself."
        })
final class ExemptionsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "one of allow, acknowledge, list and withdraw is needed");
    }

    /** Who is exempted. */
    static final class Who {
        @Option(
                names = "--client",
                paramLabel = "ID",
                description = "The client by its own id; the key makes its pseudonym of it.")
        private @Nullable String client;

        @Option(names = "--pseudonym", paramLabel = "NAME", description = "The client as alerts name it.")
        private @Nullable String pseudonym;

        @Option(names = "--cohort", paramLabel = "NAME", description = "A whole cohort.")
        private @Nullable String cohort;

        String level() {
            return cohort == null ? "client" : "cohort";
        }

        String name(MiasmaConfig config) {
            if (client != null) {
                return new Secrets(config.identity()).nameOf(client);
            }
            return pseudonym != null ? pseudonym : String.valueOf(cohort);
        }
    }

    @Command(
            name = "allow",
            description = "Lets a client or a cohort probe until a date: its alarms are counted and not sent.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int allow(
            @Mixin ExemptionPlace place,
            @ArgGroup(multiplicity = "1") Who who,
            @Option(names = "--endpoint", paramLabel = "NAME", defaultValue = "*", description = "Default: all.")
                    String endpoint,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever asks.")
                    String reason,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "TIME",
                            description = "End, RFC 3339: 2026-12-31T00:00:00Z.")
                    OffsetDateTime until)
            throws IOException {
        ObjectNode exemption = JSON.createObjectNode()
                .put("kind", "allow")
                .put("level", who.level())
                .put("name", who.name(place.config()))
                .put("endpoint", endpoint);
        return put(place, exemption, reason, until);
    }

    @Command(
            name = "acknowledge",
            description =
                    "Holds what an alert saw to be normal for its client or cohort: its own null is raised to that,"
                            + " and more than that still alarms.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int acknowledge(
            @Mixin ExemptionPlace place,
            @Option(
                            names = "--alert",
                            required = true,
                            paramLabel = "FILE",
                            description = "The alert, as its topic has it.")
                    Path alert,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever asks.")
                    String reason,
            @Option(names = "--until", required = true, paramLabel = "TIME", description = "End, RFC 3339.")
                    OffsetDateTime until)
            throws IOException {
        JsonNode json = read(alert);
        boolean ofCohort = json.path("kind").asText().equals("cohort-probe");
        if (!ofCohort && !json.path("kind").asText().equals("membership-probe")) {
            throw new ParameterException(
                    spec.commandLine(),
                    alert + " is no alert about a client or a cohort: its kind is '"
                            + json.path("kind").asText() + "'");
        }
        ObjectNode exemption = JSON.createObjectNode()
                .put("kind", "acknowledge")
                .put("level", ofCohort ? "cohort" : "client")
                .put("name", json.path(ofCohort ? "cohort" : "client").asText())
                .put("endpoint", json.path("endpoint").asText());
        exemption.set("accepted", json.path("evidence"));
        return put(place, exemption, reason, until);
    }

    private JsonNode read(Path alert) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(alert));
        } catch (JsonProcessingException e) {
            throw new ParameterException(spec.commandLine(), alert + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private int put(ExemptionPlace place, ObjectNode exemption, String reason, OffsetDateTime until)
            throws IOException {
        exemption.put("reason", reason).put("until", until.toString());
        if (until.toInstant().isBefore(Instant.now())) {
            throw new ParameterException(spec.commandLine(), "--until is " + until + ": must be ahead");
        }
        String key;
        try {
            key = Exemptions.keyOf(JSON.writeValueAsBytes(exemption));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "no exemption can be made: " + e.getMessage(), e);
        }
        place.put(key, exemption.toString());
        spec.commandLine().getOut().println("in force until " + until + ": " + key);
        return ExitCode.OK;
    }

    @Command(
            name = "list",
            description = "Prints the exemptions, one JSON object a line.",
            mixinStandardHelpOptions = true)
    int list(@Mixin ExemptionPlace place) throws IOException {
        Map<String, String> known = place.all();
        known.values().forEach(spec.commandLine().getOut()::println);
        if (known.isEmpty()) {
            spec.commandLine().getErr().println("there are none");
        }
        return ExitCode.OK;
    }

    @Command(name = "withdraw", description = "Ends exemptions.", mixinStandardHelpOptions = true)
    int withdraw(
            @Mixin ExemptionPlace place,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "KEY",
                            description = "As 'allow' printed it: client:NAME@ENDPOINT.")
                    List<String> keys)
            throws IOException {
        Map<String, String> known = place.all();
        for (String key : keys) {
            if (!known.containsKey(key)) {
                throw new ParameterException(
                        spec.commandLine(), "no exemption has the key '" + key + "'; there are " + known.keySet());
            }
        }
        for (String key : keys) {
            place.remove(key);
            spec.commandLine().getOut().println("withdrawn: " + key);
        }
        return ExitCode.OK;
    }
}
