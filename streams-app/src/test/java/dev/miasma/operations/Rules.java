// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of src/prometheus and the series that expressions name. */
final class Rules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SERIES = Pattern.compile("up|(?:miasma|kafka|jvm|process|system)_\\w+|\\w+:\\S+");

    private final List<JsonNode> all;

    Rules() throws IOException {
        all = Repository.files("src/prometheus/rules", ".yml").stream()
                .flatMap(file -> Repository.each(Repository.yaml(file).path("groups")))
                .flatMap(group -> Repository.each(group.path("rules")))
                .toList();
    }

    /** All rules, alerts and records. */
    List<JsonNode> all() {
        return all;
    }

    /** The rules that alert. */
    Stream<JsonNode> alerts() {
        return all.stream().filter(rule -> rule.has("alert"));
    }

    /** Names of the series that rules record. */
    Set<String> recorded() {
        return all.stream()
                .filter(rule -> rule.has("record"))
                .map(rule -> rule.path("record").asText())
                .collect(Collectors.toSet());
    }

    /** The series that an expression names: those of the monitor, of Kafka, of the JVM and of rules. */
    static Set<String> series(String expression) {
        Matcher names = NAME.matcher(QUOTED.matcher(expression).replaceAll("\"\""));
        return names.results()
                .map(name -> name.group())
                .filter(name -> SERIES.matcher(name).matches())
                .collect(Collectors.toSet());
    }
}
