// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** The demo with defences to try. */
class DemoDefendIT {
    @Test
    void shows_what_each_defence_would_make_of_the_leak_and_says_which_leaves_nothing_to_measure() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "demo", "--json", "--rate", "0", "--queries", "20000", "--defend", "top3,temperature20+round1,label");

        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        JsonNode result = new JsonMapper().readTree(run.out().getFirst());
        assertThat(result.path("whatIf")).hasSize(2).allSatisfy(defence -> {
            assertThat(defence.path("sample").asInt()).isBetween(4_500, 5_500);
            assertThat(defence.path("leakLift").isNumber()).isTrue();
        });
        assertThat(result.path("whatIf").get(0).path("defence").asText()).isEqualTo("top3");
        assertThat(run.err()).anyMatch(line -> line.contains("There is no attack model for label"));
    }

    @Test
    void refuses_what_is_no_defence() {
        CommandLineRun run = CommandLineRun.of("demo", "--queries", "10", "--defend", "topp");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).anyMatch(line -> line.contains("--defend: defence is 'topp'"));
    }
}
