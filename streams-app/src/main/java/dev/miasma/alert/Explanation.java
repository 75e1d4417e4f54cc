// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.detect.Level;
import dev.miasma.detect.Observed;
import java.util.List;
import java.util.Locale;

/** What an alert says in words: what was seen, what it looks like, what to do now. By its leading sensor. */
final class Explanation {
    /** MITRE ATLAS: infer training data membership. */
    private static final String INFER_MEMBERSHIP = "AML.T0024.000";

    /** MITRE ATLAS: create proxy AI model, as shadow training does. */
    private static final String PROXY_MODEL = "AML.T0005";

    private Explanation() {}

    /** The alert in one sentence. */
    static String summary(Detection detection) {
        return String.format(
                Locale.ROOT,
                "%s is probing %s for training members: %s; evidence %.3g, threshold %.3g.",
                detection.level() == Level.COHORT ? "Cohort " + detection.name() : "Client " + detection.name(),
                detection.endpoint(),
                seen(detection),
                detection.evidence(),
                detection.threshold());
    }

    /** What the leading sensor saw. */
    private static String seen(Detection detection) {
        Observed seen = detection.observed();
        return switch (detection.sensor()) {
            case "neighbourhood" ->
                String.format(
                        Locale.ROOT,
                        "of its last %d distinct queries %.0f %% are near, and not equal to, one just before (at most %s "
                                + "expected)",
                        seen.compared(),
                        100 * share(seen.near(), seen.compared()),
                        percent(detection.sensorNull()));
            case "climb" ->
                String.format(
                        Locale.ROOT,
                        "%.0f %% of its last %d distinct queries change an earlier one a little and make the model more "
                                + "confident (at most %s expected)",
                        100 * share(seen.climbed(), seen.compared()),
                        seen.compared(),
                        percent(detection.sensorNull()));
            case "repeat" ->
                String.format(
                        Locale.ROOT,
                        "%.0f %% of its last %d queries repeat one of only %d records (at most %s expected)",
                        100 * share(seen.repeats(), seen.queries()),
                        seen.queries(),
                        seen.firstSights(),
                        percent(detection.sensorNull()));
            case "training-hit" ->
                String.format(
                        Locale.ROOT,
                        "%d of its %d distinct queries ask about records of the training set (at most %s expected)",
                        seen.hits(),
                        seen.checked(),
                        percent(detection.sensorNull()));
            default ->
                String.format(
                        Locale.ROOT,
                        "of its %d distinct scored queries %.0f %% score above the median known non-member (50 %% "
                                + "expected), %.1f %% are flagged as leaky (%s expected)",
                        seen.scored(),
                        100 * share(seen.aboveMedian(), seen.scored()),
                        100 * share(seen.flagged(), seen.scored()),
                        percent(seen.nullShare()));
        };
    }

    /** What kind of attack works like this. */
    static String looksLike(Detection detection) {
        return switch (detection.sensor()) {
            case "neighbourhood" ->
                "a label-only attack by augmentation, noise or boundary walk, or the synthesis of shadow data";
            case "climb" -> "the synthesis of shadow data by hill climbing (Shokri et al. 2017, Algorithm 1)";
            case "repeat" -> "averaging out a randomised output";
            case "training-hit" -> "a test of real training records, whatever the model answers";
            default -> "an attack on the model's confidence, as of Shokri et al. 2017, ML-Leaks or LiRA";
        };
    }

    /** ATLAS techniques. */
    static List<String> techniques(Detection detection) {
        return detection.sensor().equals("climb") ? List.of(INFER_MEMBERSHIP, PROXY_MODEL) : List.of(INFER_MEMBERSHIP);
    }

    /** What to do now, the most urgent first. */
    static List<String> actions(Detection detection) {
        String who = detection.level() == Level.COHORT ? "this cohort's accounts" : "this client";
        String limit = "Limit the rate of " + who + " (AML.M0004), or ask it to authenticate anew (AML.M0019).";
        String coarser = "Give " + who + " coarser answers for now: top 1 to 3, rounded to two digits (AML.M0002).";
        String know = "If it is known to be harmless, acknowledge the alert, which raises its own null, or allow it "
                + "until a date: miasma exemptions --help.";
        return switch (detection.sensor()) {
            case "neighbourhood", "climb" -> List.of(limit, "Coarser answers do not stop this attack.", know);
            case "repeat" ->
                List.of("Answer a repeated query as before, so that averaging gains nothing.", limit, know);
            case "training-hit" -> List.of(limit, "Find out how it came by training records.", know);
            default -> List.of(coarser, limit, know);
        };
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "few" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
