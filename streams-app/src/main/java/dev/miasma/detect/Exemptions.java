// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.SensorSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's exemptions in force, from a file and from a compacted topic; the topic's go first. Each has an end; what
 * is past its end is passed over. Thread-safe.
 */
public final class Exemptions {
    private static final Logger LOG = LoggerFactory.getLogger(Exemptions.class);

    /** The largest file read: room for some ten thousand exemptions. */
    private static final long MOST_BYTES = 16 << 20;

    private static final String ANY_ENDPOINT = "*";

    private final ExemptionParser parser;
    private final Measures measures;
    private final Map<String, Exemption> fromTopic = new ConcurrentHashMap<>();
    private volatile Map<String, Exemption> fromFile = Map.of();
    private List<String> lastLines = List.of();
    private String lastProblem = "";

    /**
     * @param settings of the sensors whose nulls are raised
     * @param models that acknowledged scores are of
     * @param measures told of broken exemptions
     */
    public Exemptions(SensorSettings settings, KnownModels models, Measures measures) {
        parser = new ExemptionParser(settings, models);
        this.measures = measures;
    }

    /** No exemptions at all. */
    public static Exemptions none(SensorSettings settings, Measures measures) {
        return new Exemptions(settings, KnownModels.none(), measures);
    }

    /**
     * The key of an exemption, which the topic's records have: level, client or cohort, endpoint.
     *
     * @throws IllegalArgumentException naming the field, its value and what is needed, if it is none
     */
    public static String keyOf(byte[] json) {
        return new ExemptionParser(SensorSettings.memberLikenessOnly(), KnownModels.none())
                .parse(json)
                .key();
    }

    /** The exemption of a query's subject at a time, or null. */
    @Nullable
    Exemption of(Level level, ScoredQuery query, long timeMillis) {
        if (fromTopic.isEmpty() && fromFile.isEmpty()) {
            return null;
        }
        String name = level == Level.COHORT ? String.valueOf(query.cohort()) : query.client();
        Exemption own = find(ExemptionParser.keyOf(level, name, query.endpoint()), timeMillis);
        return own != null ? own : find(ExemptionParser.keyOf(level, name, ANY_ENDPOINT), timeMillis);
    }

    private @Nullable Exemption find(String key, long timeMillis) {
        Exemption exemption = fromTopic.get(key);
        if (exemption == null || !exemption.holdsAt(timeMillis)) {
            exemption = fromFile.get(key);
        }
        return exemption != null && exemption.holdsAt(timeMillis) ? exemption : null;
    }

    /**
     * Takes a record of the topic.
     *
     * @param key names whom it is for; what the value says goes first
     * @param json the exemption, or null to withdraw it
     */
    void take(@Nullable String key, byte @Nullable [] json) {
        if (json == null) {
            if (key != null && fromTopic.remove(key) != null) {
                LOG.info("exemption withdrawn: {}", withoutName(key));
                measures.exemptions(fromTopic.size() + fromFile.size());
            }
            return;
        }
        try {
            ExemptionParser.Entry entry = parser.parse(json);
            fromTopic.put(entry.key(), entry.exemption());
            LOG.info(
                    "exemption in force: {} ({})",
                    withoutName(entry.key()),
                    entry.exemption().reason());
        } catch (IllegalArgumentException e) {
            measures.exemptionBroken();
            LOG.warn("broken exemption passed over: {}", e.getMessage());
        }
        measures.exemptions(fromTopic.size() + fromFile.size());
    }

    /** Level and endpoint of a key: the log names nobody, pseudonyms or not. */
    private static String withoutName(String key) {
        int colon = key.indexOf(':');
        int at = key.lastIndexOf('@');
        return colon < 0 || at < colon
                ? "of a form that is none"
                : "a " + key.substring(0, colon) + " at " + key.substring(at + 1);
    }

    /**
     * Reads the file again where it changed; a broken one leaves what was in force and is logged and counted.
     *
     * @param file JSON lines, one exemption each; blank lines and lines that begin with # are passed over
     */
    public void refresh(Path file) {
        try {
            read(file);
            lastProblem = "";
        } catch (ConfigException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(lastProblem)) {
                lastProblem = problem;
                measures.exemptionBroken();
                LOG.warn("exemptions stay as they were: {}", problem);
            }
        }
    }

    /**
     * Reads the file.
     *
     * @throws ConfigException naming the file, the line and what is wrong with it
     */
    public void read(Path file) {
        List<String> lines;
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw broken(file, " has " + size + " bytes: at most " + MOST_BYTES + " are allowed");
            }
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw broken(file, " cannot be read: " + e);
        }
        if (lines.equals(lastLines)) {
            return;
        }
        Map<String, Exemption> next = new HashMap<>();
        for (int line = 0; line < lines.size(); line++) {
            String text = lines.get(line).strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                ExemptionParser.Entry entry = parser.parse(text.getBytes(StandardCharsets.UTF_8));
                next.put(entry.key(), entry.exemption());
            } catch (IllegalArgumentException e) {
                throw broken(file, ", line " + (line + 1) + ": " + e.getMessage());
            }
        }
        lastLines = lines;
        fromFile = Map.copyOf(next);
        LOG.info("{} exemptions in force from {}", next.size(), file);
        measures.exemptions(fromTopic.size() + next.size());
    }

    private static ConfigException broken(Path file, String problem) {
        return new ConfigException(ConfigKey.EXEMPTIONS_FILE + ": " + file + problem);
    }
}
