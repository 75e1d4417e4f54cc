// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.miasma.audit.Audit;
import dev.miasma.audit.AuditOptions;
import dev.miasma.audit.AuditResult;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.DefenseSamples;
import dev.miasma.audit.Samples;
import dev.miasma.audit.StandardAttacks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DefenseReportTest {

    private static final AuditHeader HEADER = new AuditHeader(List.of("target.csv"), "Miasma test");
    private static final AuditResult AUDIT = new Audit(StandardAttacks.all().subList(0, 3), new AuditOptions(1, 0, 0.5))
            .withShadow(Samples.shadow(10, 60), Samples.answers(20, 60));

    /** Figures of the naive attacker, each with the adaptive one's that has to stand before it. */
    private static final String[][] PAIRS = {
        {"0.8641", "0.5132"}, {"0.0691", "0.0112"}, {"0.6812", "0.5001"}, {"0.0173", "0.0101"}
    };

    @Test
    void no_form_shows_a_naive_figure_without_the_adaptive_one_before_it() throws IOException {
        DefenseAuditResult result = DefenseSamples.result(0.02);

        assertThat(text(result)).contains("0.5132");
        assertThat(html(result)).contains("0.5132");
        for (String line : text(result).lines().toList()) {
            assertPaired(line);
        }
        for (MatchResult row : Pattern.compile("<tr>.*?</tr>", Pattern.DOTALL)
                .matcher(html(result))
                .results()
                .toList()) {
            assertPaired(row.group());
        }
        String withoutTables = Pattern.compile("<table.*?</table>", Pattern.DOTALL)
                .matcher(html(result))
                .replaceAll("");
        for (String[] pair : PAIRS) {
            assertThat(withoutTables)
                    .as("outside of the table, the plot included")
                    .doesNotContain(pair[1]);
        }
        assertThat(count(json(result), "naive")).isEqualTo(2).isEqualTo(count(json(result), "adaptive"));
    }

    @Test
    void the_plot_shows_the_adaptive_attacker() {
        String html = html(DefenseSamples.result(0.02));

        String plot = html.substring(html.indexOf("id=\"defences-plot-text\""));
        assertThat(plot.substring(0, plot.indexOf("</desc>")))
                .contains("adaptive", "none: 0.0712 at 0.0000", "weak: 0.0691 at 0.0500", "strong: 0.0173 at 1.2500");
    }

    @Test
    void json_has_every_figure_and_the_recommendation() throws IOException {
        JsonNode json = new ObjectMapper().readTree(json(DefenseSamples.result(0.02)));

        JsonNode strong = json.get("defences").get(1);
        assertThat(strong.get("name").textValue()).isEqualTo("strong");
        assertThat(strong.get("accuracyBefore").doubleValue()).isEqualTo(0.6);
        assertThat(strong.get("accuracyAfter").doubleValue()).isEqualTo(0.55);
        assertThat(strong.get("labelsKept").doubleValue()).isEqualTo(0.9);
        assertThat(strong.get("distortion").doubleValue()).isEqualTo(1.25);
        assertThat(strong.get("adaptive").get("auc").doubleValue()).isEqualTo(0.6812);
        assertThat(strong.get("naive").get("tprAt1Percent").doubleValue()).isEqualTo(0.0101);
        assertThat(json.get("defenceTarget").doubleValue()).isEqualTo(0.02);
        assertThat(json.get("recommendedDefence").textValue()).isEqualTo("strong");
        assertThat(json.get("undefended").get("auc").doubleValue()).isEqualTo(0.8731);
    }

    @Test
    void without_defences_nothing_is_said_of_them() throws IOException {
        assertThat(ReportHtml.of(AUDIT, HEADER)).doesNotContain("id=\"defences\"");
        assertThat(new ObjectMapper().readTree(ReportJson.of(AUDIT, HEADER)).has("defences"))
                .isFalse();
    }

    @Test
    void the_words_name_the_defence_its_price_and_what_remains() {
        assertThat(text(DefenseSamples.result(0.02)))
                .contains("Recommended is \"strong\" (a strong defence; A paper, section 2), the cheapest of 2")
                .contains("from 7.1 % to 1.7 %")
                .contains("keeps 90.0 % of the predicted classes, leaves an accuracy of 55.0 % where 60.0 % was")
                .contains("But, an AUC of 0.6812 remains")
                .contains("Warning: weak, naive attacker: inverted, with an AUC below 0.5: A naive attack.");
    }

    @Test
    void the_words_say_that_none_does_and_what_that_means() {
        assertThat(text(DefenseSamples.result(0.012)))
                .contains("None of 2 defences brings the TPR at 1 % FPR from 7.1 % to the target of 1.2 %")
                .contains("the lowest is 1.7 % with \"strong\"")
                .contains("Train it anew", "differential privacy");
    }

    @Test
    void the_words_say_that_none_is_needed_or_that_nothing_can_be_said() {
        assertThat(text(DefenseSamples.result(0.08)))
                .contains("Without a defence the TPR at 1 % FPR is 7.1 %, not above the target of 8 %")
                .contains("Still, an AUC of 0.8731 remains");
        assertThat(text(DefenseSamples.small())).contains("with fewer than 100 non-members");
        assertThat(html(DefenseSamples.small())).contains("AUC, adaptive attacker", "guessing.");
    }

    private static void assertPaired(String text) {
        for (String[] pair : PAIRS) {
            if (text.contains(pair[1])) {
                assertThat(text).containsSubsequence(pair[0], pair[1]);
            }
        }
    }

    private static int count(String json, String field) throws IOException {
        return new ObjectMapper()
                .readTree(json).findParents(field).stream()
                        .mapToInt(parent -> parent.has("adaptive") && parent.has("naive") ? 1 : 1000)
                        .sum();
    }

    private static String text(DefenseAuditResult result) {
        return ReportText.of(AUDIT, Optional.of(result));
    }

    private static String html(DefenseAuditResult result) {
        return ReportHtml.of(AUDIT, Optional.of(result), HEADER);
    }

    private static String json(DefenseAuditResult result) {
        return ReportJson.of(AUDIT, Optional.of(result), HEADER);
    }
}
