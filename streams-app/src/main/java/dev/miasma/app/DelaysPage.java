// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.delay.DelayReport;
import dev.miasma.delay.DelayText;
import dev.miasma.train.CalibrationNull;
import dev.miasma.train.DelayPlot;
import dev.miasma.train.DemoTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/**
 * The page about a study of delays.
 *
 * @param command line that made it
 * @param seed of the study
 */
record DelaysPage(String command, long seed, DemoTarget target, CalibrationNull known, DelayReport report) {
    private static final List<String> PLOTTED =
            List.of("score:members=1", "score:members=0.5", "boundary", "synthesis", "repeat", "sybils:members=1");

    /** What was attacked, in one paragraph. */
    String head() {
        return String.format(
                Locale.ROOT,
                "Target: logistic regression on %s, seed %d, accuracy %.2f on its training set, %.2f outside. Attack model:"
                        + " one shadow model, calibrated on %,d non-members (budget guaranteed: %s), AUC %.2f. Clients ask"
                        + " about %,d members and %,d non-members that no calibration has seen.",
                target.dataset(),
                seed,
                target.trainAccuracy(),
                target.testAccuracy(),
                known.nonMembers(),
                known.budgetGuaranteed() ? "yes" : "no",
                target.attackAuc(),
                target.members().length,
                target.nonMembers().length);
    }

    void describe(ObjectNode json) {
        json.put("command", command)
                .put("seed", seed)
                .put("dataset", target.dataset())
                .put("trainAccuracy", target.trainAccuracy())
                .put("testAccuracy", target.testAccuracy())
                .put("attackAuc", target.attackAuc())
                .put("calibrationNonMembers", known.nonMembers())
                .put("budgetGuaranteed", known.budgetGuaranteed())
                .put("members", target.members().length)
                .put("nonMembers", target.nonMembers().length);
    }

    /** Writes the page, and the plot of the first budget beside it. */
    void write(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
        Files.writeString(file, markdown(name));
        double budget = report.delays().getFirst().budget();
        Map<String, LongToDoubleFunction> within = new LinkedHashMap<>();
        for (DelayReport.Delay delay : report.delays()) {
            if (delay.budget() == budget && PLOTTED.contains(delay.attack())) {
                within.put(delay.attack(), delay::within);
            }
        }
        String title = String.format(
                Locale.ROOT, "Probers found, %s, at a budget of %s per million", target.dataset(), plain(budget));
        Files.writeString(file.resolveSibling(name + ".svg"), DelayPlot.svg(title, within));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private String markdown(String name) {
        DelayText text = new DelayText(report);
        return """
                # Detection delays and false alerts

                Made by

                    %s

                %s

                ![Share of probers found by number of queries](%s.svg)

                ## Queries until the alert

                %s
                Queries are those of the prober, over all its accounts, until its first alert, or its cohort's, over all
                probers: "not in n" where fewer than that share were found before they ended, after n queries at most. A
                prober ends with its records; where everyday queries are mixed in, when these would start over, since their
                repeats would be found instead of the attack.

                *limit* is ln(c) / KL, c the threshold of the level that the budget gives (clients have 0.8 of it, cohorts
                0.15 unless configured), KL the divergence of the probe's bins of the attack score from those of live
                non-members: no test of these scores at this threshold that knows them exactly is much faster on average.
                *limit, calibrated null* is the same for any test that knows non-members from the calibration alone, and so
                reckons with every null that its bounds allow; none: the attack's scores are within these bounds. Both are
                on averages and for large c: the e-detector bets anew from every query on, and where KL is small that makes
                it faster, by up to about ln(1 / KL) / KL queries.

                *targets before* are target records the prober was done with before the alert. *first target* is how many
                queries it made until the first of them, in the median; probers are watched until the alert only, so where
                that comes first there is a dash, but for synthesis, which goes on: there it is the first record accepted.

                *+training-filter*: the monitor has a filter of the training set as well, which hits on the members.

                ## False alerts

                %s
                Alarms of clients at a threshold, those that a cool-down would hold back too; n / c bounds their
                expectation. Each client asks about half of the records that were held out (the drifting one about all),
                in an order of its own.
                """.formatted(command, head(), name, text.delaysMarkdown(), text.benignMarkdown());
    }
}
