// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.topology.AccessList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages about security say what the code does: the rights are the code's, the tests they name are there. */
class SecurityPagesTest {
    private static final Path DOCS = Path.of("../src/docs");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`");
    private static final Pattern RULE = Pattern.compile("`(Miasma[A-Za-z]+)`");

    @Test
    void the_rights_listed_are_those_that_the_monitor_is_given_in_its_test() throws IOException {
        String page = Files.readString(DOCS.resolve("security.md"));
        String table = page.substring(page.indexOf("<!-- acls -->"), page.indexOf("<!-- /acls -->"));

        String rights = AccessList.of(MiasmaConfig.of(Map.of("exemptions.topic", "miasma-exemptions"))).stream()
                .map(right -> "| " + right.operation() + " | "
                        + right.type().name().toLowerCase(Locale.ROOT).replace('_', '-') + " `" + right.name()
                        + (right.prefixed() ? "*" : "") + "` |\n")
                .collect(Collectors.joining());
        assertThat(table).endsWith("|---|---|\n" + rights);
    }

    @ParameterizedTest
    @ValueSource(strings = {"security.md", "threat-model.md", "upgrade.md"})
    void every_test_that_a_page_names_is_there(String name) throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : new String[] {"../attack-models", "../streams-app"}) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src/test/java"))) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }

        assertThat(named(TEST, name)).isNotEmpty().isSubsetOf(tests);
    }

    @Test
    void every_alert_that_the_threat_model_names_is_a_rule() throws IOException {
        StringBuilder rules = new StringBuilder();
        try (Stream<Path> files = Files.list(DOCS.resolveSibling("prometheus").resolve("rules"))) {
            for (Path file : files.toList()) {
                rules.append(Files.readString(file));
            }
        }

        assertThat(named(RULE, "threat-model.md"))
                .filteredOn(rule -> !rule.endsWith("Test"))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rules).contains("alert: " + rule));
    }

    private static Set<String> named(Pattern pattern, String page) throws IOException {
        return pattern.matcher(Files.readString(DOCS.resolve(page)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
