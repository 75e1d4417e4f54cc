// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.EndpointAlert;
import dev.miasma.detect.EndpointAlert.AboveNull;
import dev.miasma.detect.EndpointAlert.Finding;
import dev.miasma.detect.EndpointAlert.Flood;
import dev.miasma.detect.EndpointAlert.LeaksMore;
import java.util.List;
import java.util.Locale;

/** What an alert about an endpoint says in words: what was seen, how sure it is, what to do now. */
final class EndpointExplanation {
    /** MITRE ATLAS: infer training data membership. */
    private static final String INFER_MEMBERSHIP = "AML.T0024.000";

    /** MITRE ATLAS: discover AI model outputs. */
    private static final String DISCOVER_OUTPUTS = "AML.T0063";

    private EndpointExplanation() {}

    /** The alert in one sentence. */
    static String summary(EndpointAlert alert) {
        return switch (alert.finding()) {
            case AboveNull above ->
                String.format(
                        Locale.ROOT,
                        "Version %s of %s as a whole gives more member-like answers than benign traffic can: of %d new"
                                + " scored queries %.1f %% are flagged as leaky (%.1f %% of known non-members are); evidence"
                                + " %.3g, threshold %.3g. Many probe it, or its calibration no longer fits.",
                        alert.version(),
                        alert.endpoint(),
                        above.scored(),
                        100 * Explanation.share(above.flagged(), above.scored()),
                        100 * above.nullShare(),
                        above.evidence(),
                        above.threshold());
            case LeaksMore more ->
                String.format(
                        Locale.ROOT,
                        "Version %s of %s leaks more than version %s before it: %.2f %% of %d new scored queries are"
                                + " flagged as leaky, before %.2f %% of %d; evidence %.3g, threshold %.3g.",
                        alert.version(),
                        alert.endpoint(),
                        more.before(),
                        100 * more.ofVersion().share(),
                        more.ofVersion().scored(),
                        100 * more.ofBefore().share(),
                        more.ofBefore().scored(),
                        more.evidence(),
                        more.threshold());
            case Flood flood ->
                String.format(
                        Locale.ROOT,
                        "%d new clients came to %s within a minute; %.0f is the most that is no flood, %.1f a minute was"
                                + " the average of the hour before.",
                        flood.newClients(),
                        alert.endpoint(),
                        flood.limit(),
                        flood.average());
        };
    }

    /** What is promised about false alerts. */
    static String promise(EndpointAlert alert, double budgetPerMillion) {
        String budget = EventJson.plain(budgetPerMillion);
        return switch (alert.finding()) {
            case AboveNull above
            when alert.guaranteed() ->
                "At most " + budget + " expected false alerts per million queries of benign clients, over all clients,"
                        + " cohorts and endpoints together, if no record is asked about by many of them.";
            case AboveNull above ->
                "None: the calibration of this attack model is too small, or not made of the model's own non-members,"
                        + " to promise the declared " + budget + " false alerts per million queries.";
            case LeaksMore more
            when alert.guaranteed() ->
                String.format(
                        Locale.ROOT,
                        "If the version leaks no more than the one before it, this alert ever comes with a chance of at"
                                + " most 1 in %.0f.",
                        more.threshold());
            case LeaksMore more ->
                "None: the two versions were scored by different attack models, whose cuts need not be alike.";
            case Flood flood -> "None: a flood is told by a limit, and not by a test.";
        };
    }

    /** ATLAS techniques; none for a flood, which is no technique by itself. */
    static List<String> techniques(Finding finding) {
        return switch (finding) {
            case AboveNull above -> List.of(INFER_MEMBERSHIP, DISCOVER_OUTPUTS);
            case LeaksMore more -> List.of(DISCOVER_OUTPUTS);
            case Flood flood -> List.of();
        };
    }

    /** What to do now, the most urgent first. */
    static List<String> actions(Finding finding) {
        String coarser = "Give coarser answers for now: top 1 to 3, rounded to two digits (AML.M0002).";
        return switch (finding) {
            case AboveNull above ->
                List.of(
                        "See whether client or cohort alerts came with it, and whether miasma_null_drift says 'above'.",
                        coarser,
                        "Limit the rate of all clients (AML.M0004) while you look.",
                        "If the traffic is benign, calibrate on it: miasma calibrate --help.");
            case LeaksMore more ->
                List.of(
                        "Go back to the version before where you can, or do not go on rolling this one out.",
                        coarser,
                        "Audit both versions: miasma audit --help.");
            case Flood flood ->
                List.of(
                        "Let no one in without authentication (AML.M0019), and limit new accounts.",
                        "Limit the rate of new clients together (AML.M0004).",
                        "Give events a cohort, such as the network block, so that many accounts are watched as one.");
        };
    }
}
