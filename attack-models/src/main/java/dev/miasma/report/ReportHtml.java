// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.AttackResult;
import dev.miasma.audit.AuditResult;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.Figure;
import dev.miasma.evaluation.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An audit as one HTML file: style sheet and plots inside, no script, nothing fetched, which its own security policy
 * forbids as well. The same audit gives the same bytes.
 */
public final class ReportHtml {

    /** Curves and colours that can be told apart. */
    private static final int FEATURED = 4;

    private final AuditResult result;
    private final Optional<DefenseAuditResult> defences;
    private final AuditHeader header;
    private final Findings findings;
    private final Markup page = new Markup();

    private ReportHtml(AuditResult result, Optional<DefenseAuditResult> defences, AuditHeader header) {
        this.result = result;
        this.defences = defences;
        this.header = header;
        findings = new Findings(result);
    }

    /** The file's text. */
    public static String of(AuditResult result, AuditHeader header) {
        return of(result, Optional.empty(), header);
    }

    /** The same with the defences, if any were tried. */
    public static String of(AuditResult result, Optional<DefenseAuditResult> defences, AuditHeader header) {
        return new ReportHtml(result, defences, header).html();
    }

    private String html() {
        page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en");
        head();
        page.open("body");
        page.element("a", "Skip to what it means", "class", "skip", "href", "#meaning");
        page.open("main");
        top();
        cards();
        ReportTables tables = new ReportTables(page, result);
        tables.attacks();
        curves();
        histograms();
        tables.priors();
        slices(tables);
        tables.records();
        defences.ifPresent(tried -> DefenseSection.write(page, tried));
        tables.warnings();
        method(tables);
        meaning();
        page.close().close().close();
        return page.toString();
    }

    private void head() {
        page.open("head")
                .empty("meta", "charset", "utf-8")
                .empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .element("title", "Membership-inference audit")
                .open("style")
                .trusted(styleSheet())
                .close()
                .close();
    }

    private void top() {
        page.open("header").element("h1", "Membership-inference audit");
        page.element("p", String.join(" and ", header.inputs()), "class", "files");
        String level = switch (findings.level()) {
            case LITTLE -> "little";
            case SOME -> "some";
            case MUCH -> "much";
        };
        page.element("p", findings.verdict(), "class", "verdict " + level);
        page.element("p", result.protocol() + ".").close();
    }

    private void cards() {
        AttackFigures figures = result.strongest().figures();
        page.open("div", "class", "cards");
        card(
                "AUC of the strongest attack",
                Numbers.four(figures.roc().auc()),
                figures.interval(Figure.AUC)
                        .map(i -> "95 %: " + Numbers.four(Optional.of(i)))
                        .orElse("guessing: 0.5"));
        Optional<AttackFigures> careful = result.mostCareful().map(AttackResult::figures);
        card(
                "members found at 1 % false positives",
                careful.map(f -> Numbers.count((int)
                                Math.round(f.value(Figure.TPR_AT_1_PERCENT).orElseThrow()
                                        * f.roc().members())))
                        .orElse(Numbers.NONE),
                "of " + Numbers.count(figures.roc().members())
                        + careful.flatMap(f -> f.interval(Figure.TPR_AT_1_PERCENT))
                                .map(i -> "; 95 %: " + Numbers.percent(i))
                                .orElse(""));
        card(
                "of its calls right if 1 % are members",
                Numbers.percent(figures.ppv(0.01)),
                figures.ppvInterval(0.01)
                        .map(i -> "95 %: " + Numbers.percent(i))
                        .orElse("at the learnt threshold"));
        card(
                "right answers, members against others",
                result.memberAccuracy().isPresent()
                        ? Numbers.percent(result.memberAccuracy()) + " / " + Numbers.percent(result.nonMemberAccuracy())
                        : Numbers.NONE,
                result.memberAccuracy().isPresent() ? "the gap is overfitting" : "the true classes are not known");
        page.close();
    }

    private void card(String what, String figure, String more) {
        page.open("div", "class", "card")
                .element("span", what, "class", "what")
                .element("span", figure, "class", "figure")
                .element("span", more, "class", "more")
                .close();
    }

    private List<AttackResult> featured() {
        List<AttackResult> featured = new ArrayList<>();
        featured.add(result.strongest());
        result.mostCareful().filter(a -> !featured.contains(a)).ifPresent(featured::add);
        for (String name : List.of("ml-leaks-adversary-1", "max-posterior", "modified-entropy", "gap")) {
            result.attacks().stream()
                    .filter(a -> a.name().equals(name) && featured.size() < FEATURED && !featured.contains(a))
                    .forEach(featured::add);
        }
        return featured;
    }

    private void curves() {
        List<AttackResult> featured = featured();
        section("curves", "Members found against non-members accused");
        page.element(
                "p",
                "Each curve is one attack with every threshold it could use. Both axes are logarithmic: what counts is"
                        + " how high a curve is at the left, where an attacker accuses hardly anyone wrongly. The grey"
                        + " zone is finer than one non-member of this sample, and says nothing.");
        page.open("figure");
        RocChart.draw(page, result.attacks(), featured);
        page.open("figcaption", "class", "legend");
        for (int i = 0; i < featured.size(); i++) {
            AttackResult attack = featured.get(i);
            key(
                    "series" + (i + 1),
                    attack.title() + ", AUC "
                            + Numbers.four(attack.figures().roc().auc()));
        }
        if (featured.size() < result.attacks().size()) {
            key("other", "other attacks");
        }
        key("chance", "guessing");
        page.close().close().close();
    }

    private void key(String style, String text) {
        page.open("span", "class", "key")
                .open("svg", "viewBox", "0 0 30 10", "class", "swatch", "aria-hidden", "true")
                .empty(
                        style.equals("chance") ? "line" : "path",
                        style.equals("chance")
                                ? new String[] {"class", style, "x1", "0", "y1", "5", "x2", "30", "y2", "5"}
                                : new String[] {"class", "curve " + style, "d", "M0 5H30"})
                .close()
                .text(text)
                .close();
    }

    private void histograms() {
        section("scores", "Scores of members and non-members");
        page.open("p").text("Where the two kinds of bars differ, an attack can tell members from non-members. ");
        page.element("span", "", "class", "box member").text(" members ");
        page.element("span", "", "class", "box nonmember").text(" non-members").close();
        histogram("scores-strongest", result.strongest());
        result.mostCareful()
                .filter(attack -> !attack.equals(result.strongest()))
                .ifPresent(attack -> histogram("scores-careful", attack));
        page.close();
    }

    private void histogram(String id, AttackResult attack) {
        page.element("h3", attack.title());
        page.open("figure");
        HistogramChart.draw(page, id, attack);
        page.close();
    }

    private void slices(ReportTables tables) {
        section("slices", "Who is exposed more");
        AttackResult strongest = result.strongest();
        page.element("h3", "By class, " + strongest.title());
        var shown = SliceChart.leakiest(strongest.classes());
        page.element(
                "p",
                "AUC within each class, with its number of members and non-members; the line is guessing. Faint bars have"
                        + " fewer than 10 records on a side and say little."
                        + (shown.size() < strongest.classes().size()
                                ? " Shown are the " + shown.size() + " classes of "
                                        + strongest.classes().size()
                                        + " that leak most among those with records of both kinds."
                                : ""));
        page.open("figure");
        SliceChart.draw(page, "classes", "AUC by class", shown);
        page.close();
        page.element("h3", "By confidence of the answer");
        tables.confidences();
        page.close();
    }

    private void meaning() {
        section("meaning", "What it means");
        findings.meaning().forEach(words -> page.element("p", words));
        page.element("h3", "What to do").open("ul");
        findings.advice().forEach(words -> page.element("li", words));
        page.close().close();
    }

    private void method(ReportTables tables) {
        section("method", "How it was done");
        page.element(
                "p",
                "A record is called a member when its score is at or above a threshold; tied scores move together; the"
                        + " AUC counts a tie as half. The TPR at a false-positive rate is the largest one over all"
                        + " thresholds with at most that rate, without interpolation; it is given where the sample has"
                        + " at least one non-member to spend. Accuracy, precision and recall are at thresholds learnt"
                        + " elsewhere, never on the records they are counted on. Intervals: percentile bootstrap,"
                        + " stratified, 95 %, attacks and thresholds fixed.");
        page.element(
                "p",
                "Seed " + result.options().seed() + ", "
                        + Numbers.count(result.options().resamples())
                        + " resamples, prior "
                        + Numbers.percent(result.options().prior()) + " for the risk of records, "
                        + result.answers().classes() + " classes. " + header.program() + ".");
        tables.sources();
        page.close();
    }

    private void section(String id, String title) {
        page.open("section", "aria-labelledby", id).element("h2", title, "id", id);
    }

    /** "0.8711" over "0.855 to 0.886". */
    static void figure(Markup page, OptionalDouble value, Optional<Interval> interval) {
        page.open("td").text(Numbers.four(value));
        interval.ifPresent(i -> page.element("small", Numbers.four(Optional.of(i))));
        page.close();
    }

    private static String styleSheet() {
        try (InputStream in = Objects.requireNonNull(
                ReportHtml.class.getResourceAsStream("report.css"), "report.css is beside this class")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
