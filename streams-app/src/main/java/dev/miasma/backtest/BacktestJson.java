// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.detect.Level;
import java.time.Instant;
import java.util.Map;

/** Writes a result as one JSON object on one line. */
public final class BacktestJson {
    private BacktestJson() {}

    /** The object's text. */
    public static String of(BacktestResult result) {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("events", result.events())
                .put("queries", result.queries())
                .put("clients", result.clients())
                .put("cohorts", result.cohorts());
        counts(json.putObject("rejected"), result.rejected());
        counts(json.putObject("unscorable"), result.unscorable());
        budget(json.putObject("configured"), result.configured());
        ObjectNode delays = json.putObject("delays");
        delays(delays.putObject("clients"), result.delays(Level.CLIENT));
        delays(delays.putObject("cohorts"), result.delays(Level.COHORT));
        ArrayNode suspects = json.putArray("suspects");
        result.suspects().forEach(one -> suspect(suspects.addObject(), one));
        ArrayNode budgets = json.putArray("budgets");
        result.budgets().forEach(one -> budget(budgets.addObject(), one));
        BacktestResult.Benign benign = result.benign();
        if (benign != null) {
            json.putObject("benign")
                    .put("alerts", benign.alerts())
                    .put("alarms", benign.alarms())
                    .put("expectedAtMost", benign.expected());
        }
        BacktestResult.Checked checked = result.checked();
        if (checked != null) {
            truth(json.putObject("truth"), checked);
        }
        return json.toString();
    }

    private static void counts(ObjectNode json, Map<String, Long> counts) {
        counts.forEach(json::put);
    }

    private static void budget(ObjectNode json, BacktestResult.AtBudget at) {
        json.put("perMillion", at.budget())
                .put("threshold", at.threshold())
                .put("alerts", at.alerts())
                .put("alarms", at.alarms())
                .put("allowedAlarms", at.allowed())
                .put("clients", at.clients())
                .put("cohorts", at.cohorts());
    }

    private static void delays(ObjectNode json, Delays delays) {
        json.put("count", delays.count());
        if (delays.count() > 0) {
            for (double share : Delays.QUANTILES) {
                json.put(Math.round(share * 100) + " %", delays.quantile(share));
            }
        }
    }

    private static void suspect(ObjectNode json, Suspect one) {
        json.put("level", one.level().code())
                .put("name", one.name())
                .put("cohort", one.cohort())
                .put("endpoint", one.endpoint())
                .put("sensor", one.sensor())
                .put("queries", one.queries())
                .put("evidence", one.evidence())
                .put("time", Instant.ofEpochMilli(one.timeMillis()).toString())
                .put("guaranteed", one.guaranteed())
                .put("alerts", one.alerts())
                .put("alarms", one.alarms());
    }

    private static void truth(ObjectNode json, BacktestResult.Checked checked) {
        ArrayNode kinds = json.putArray("kinds");
        checked.kinds()
                .forEach(kind -> kinds.addObject()
                        .put("kind", kind.kind())
                        .put("attack", kind.attack())
                        .put("clients", kind.clients())
                        .put("queries", kind.queries())
                        .put("found", kind.found())
                        .put("foundByCohort", kind.byCohort())
                        .put("alarms", kind.alarms()));
        json.put("benignQueries", checked.benignQueries())
                .put("falseAlerts", checked.falseAlerts())
                .put("falseAlarms", checked.falseAlarms())
                .put("expectedAtMost", checked.expected())
                .put("queriesOfStrangers", checked.strangers());
    }
}
