// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.miasma.audit.Answers;
import dev.miasma.audit.Audit;
import dev.miasma.audit.AuditOptions;
import dev.miasma.audit.AuditResult;
import dev.miasma.audit.Samples;
import dev.miasma.audit.StandardAttacks;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final AuditHeader HEADER = new AuditHeader(List.of("<shadow>.csv", "target.csv"), "Miasma test");

    @Test
    void the_page_fetches_nothing_and_runs_nothing() {
        String html = ReportHtml.of(result(60), HEADER).toLowerCase(Locale.ROOT);

        assertThat(html)
                .doesNotContain("http:", "https:", "//", "url(", "@import", "<script", "<link", "<img", "<iframe")
                .doesNotContainPattern("\\son[a-z]+=")
                .contains("default-src &#39;none&#39;");
        assertThat(Pattern.compile("(src|href)=\"([^\"]*)\"").matcher(html).results())
                .allMatch(match -> match.group(2).startsWith("#"));
    }

    @Test
    void every_plot_has_a_title_and_a_description_and_every_reference_a_target() {
        String html = ReportHtml.of(result(60), HEADER);

        assertThat(count(html, "<svg viewBox=\"[^\"]*\" role=\"img\""))
                .isGreaterThanOrEqualTo(3)
                .isEqualTo(count(html, "<title id="))
                .isEqualTo(count(html, "<desc id="));
        Pattern.compile("(?:aria-labelledby|href)=\"#?([^\"]*)\"")
                .matcher(html)
                .results()
                .flatMap(match -> Stream.of(match.group(1).split(" ")))
                .forEach(id ->
                        assertThat(count(html, "id=\"" + id + "\"")).as(id).isEqualTo(1));
        assertThat(count(html, "<table")).isEqualTo(count(html, "<caption>"));
        assertThat(html)
                .contains("@media print")
                .contains("prefers-color-scheme: dark")
                .contains("lang=\"en\"");
    }

    @Test
    void names_of_files_are_escaped_and_equal_audits_give_equal_bytes() {
        String html = ReportHtml.of(result(60), HEADER);

        assertThat(html).contains("&lt;shadow&gt;.csv").doesNotContain("<shadow>");
        assertThat(html).isEqualTo(ReportHtml.of(result(60), HEADER));
        assertThat(html).doesNotContain("NaN", "Infinity");
    }

    @Test
    void json_has_the_promised_fields_and_null_with_a_warning_where_the_sample_is_too_small() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ReportJson.of(result(60), HEADER));

        JsonNode attack = json.get("attacks").get(json.get("attacks").size() - 1);
        assertThat(attack.get("name").textValue()).isEqualTo("learned");
        for (String name : List.of("auc", "balancedAccuracy", "precision", "recall")) {
            assertThat(attack.get(name).isNumber()).as(name).isTrue();
        }
        assertThat(attack.get("source").isTextual()).isTrue();
        assertThat(attack.get("tprAt").get("0.1").isNumber()).isTrue();
        assertThat(attack.get("tprAt").get("0.01").isNull()).isTrue();
        assertThat(attack.get("tprAt").get("0.001").isNull()).isTrue();
        assertThat(attack.get("warnings").toString()).contains("TPR at 1 % FPR cannot be resolved by 60 non-members");
        assertThat(json.get("mostCareful").isNull()).isTrue();
    }

    @Test
    void swapped_files_are_called_out() {
        Answers answers = Samples.answers(20, 200);
        AuditResult swapped = new Audit(StandardAttacks.all(), new AuditOptions(1, 100, 0.5))
                .withShadow(Samples.shadow(10, 100), Answers.of(answers.nonMembers(), answers.members()));

        assertThat(ReportText.of(swapped)).contains("inverted").contains("not swapped");
        assertThat(ReportHtml.of(swapped, HEADER)).contains("<strong>inverted</strong>");
    }

    @Test
    void ends_with_what_it_means() {
        String html = ReportHtml.of(result(400), HEADER);

        String end = html.substring(html.indexOf("id=\"meaning\""));
        assertThat(end)
                .contains("Strongest is", "At 1\u00a0% false positives", "depends on whom the attacker", "What to do")
                .doesNotContain("<h2");
    }

    @Test
    void the_csv_has_a_line_a_record() {
        assertThat(ReportCsv.of(result(60)).lines()).hasSize(121).first().isEqualTo("member,row,score,called,risk");
    }

    private static AuditResult result(int each) {
        return new Audit(StandardAttacks.all(), new AuditOptions(1, 50, 0.5))
                .withShadow(Samples.shadow(10, 100), Samples.answers(20, each));
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
