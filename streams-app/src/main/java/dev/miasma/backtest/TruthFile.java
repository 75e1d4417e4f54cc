// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.IdentitySettings;
import dev.miasma.decode.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who was what in a simulated log: the file that {@code miasma simulate --truth} writes. */
public final class TruthFile {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One client.
     *
     * @param kind of client
     * @param attack whether that is an attack
     * @param cohort it was in; null for none
     */
    record Client(String kind, boolean attack, @Nullable String cohort) {}

    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Map<String, Set<String>> kindsOfCohort = new TreeMap<>();
    private final Set<String> attackingCohorts = new LinkedHashSet<>();

    private TruthFile() {}

    /**
     * Reads the file.
     *
     * @param file JSON lines
     * @param identity that alerts are made with, so that clients go by the same names here
     * @throws IOException naming file and line, if it cannot be read or a line is none of a client
     */
    public static TruthFile read(Path file, IdentitySettings identity) throws IOException {
        TruthFile truth = new TruthFile();
        Secrets secrets = new Secrets(identity);
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                truth.add(lines.get(i), secrets, file + ", line " + (i + 1));
            }
        }
        return truth;
    }

    private void add(String line, Secrets secrets, String where) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException(where + " is no JSON", e);
        }
        if (!json.path("client").isTextual()
                || !json.path("kind").isTextual()
                || !json.path("attack").isBoolean()) {
            throw new IOException(
                    where + " must have client, kind and attack, as 'miasma simulate --truth' writes them");
        }
        String cohort = json.path("cohort").isTextual() ? json.path("cohort").asText() : null;
        Client client =
                new Client(json.path("kind").asText(), json.path("attack").asBoolean(), cohort);
        clients.put(secrets.nameOf(json.path("client").asText()), client);
        if (cohort != null) {
            kindsOfCohort.computeIfAbsent(cohort, name -> new LinkedHashSet<>()).add(client.kind());
            if (client.attack()) {
                attackingCohorts.add(cohort);
            }
        }
    }

    /** Clients by the names that alerts have. */
    Map<String, Client> clients() {
        return Collections.unmodifiableMap(clients);
    }

    /** The client of a name; null for one that the file has not. */
    @Nullable
    Client client(String name) {
        return clients.get(name);
    }

    /** Kinds of the clients of a cohort. */
    Set<String> kindsOf(String cohort) {
        return Collections.unmodifiableSet(kindsOfCohort.getOrDefault(cohort, Set.of()));
    }

    /** Whether any client of a cohort attacked. */
    boolean attacking(String cohort) {
        return attackingCohorts.contains(cohort);
    }
}
