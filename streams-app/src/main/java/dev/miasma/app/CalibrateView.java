// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.score.TrafficReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * What came of a calibration on traffic, for people and for programs.
 *
 * @param report of the calibration
 * @param events that were read
 * @param queries in them, more where there are batch events
 * @param rejected queries that are no predictions, by reason
 * @param minQueries fewest distinct queries of a client that was used
 * @param output the model's file
 * @param notes more to know
 */
record CalibrateView(
        TrafficReport report,
        long events,
        long queries,
        SortedMap<String, Long> rejected,
        int minQueries,
        Path output,
        List<String> notes) {

    String json() {
        TrafficReport.Seen seen = report.seen();
        TrafficReport.Promise promise = report.promise();
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("file", output.toString())
                .put("id", report.newId())
                .put("oldId", report.oldId())
                .put("events", events)
                .put("predictions", seen.predictions())
                .put("clients", seen.clients())
                .put("clientsUsed", seen.clientsUsed())
                .put("queriesUsed", seen.queriesUsed());
        json.putObject("leftOut")
                .put("otherEndpoint", seen.ofOthers())
                .put("labelOnly", seen.labelOnly())
                .put("repeats", seen.repeats())
                .put("beyondMostOfAClient", seen.beyondMost())
                .put("clientsWithFewQueries", seen.ofSmallClients());
        ObjectNode reasons = json.putObject("rejected");
        rejected.forEach(reasons::put);
        json.put("budgetGuaranteedBefore", promise.guaranteedBefore())
                .put("budgetGuaranteed", promise.guaranteed())
                .put("clientQuantile", promise.clientQuantile())
                .put("shareOutside", promise.shareOutside())
                .put("leftOutPerCut", promise.leftOutPerCut())
                .put("clientsNeeded", promise.clientsNeeded())
                .put("delta", promise.delta());
        putCutsAndSensors(json);
        ArrayNode said = json.putArray("notes");
        notes.forEach(said::add);
        return json.toString();
    }

    private void putCutsAndSensors(ObjectNode json) {
        ArrayNode cuts = json.putArray("cuts");
        for (TrafficReport.CutBounds cut : report.cuts()) {
            ObjectNode node = cuts.addObject()
                    .put("nominalRate", cut.nominalRate())
                    .put("score", cut.score())
                    .put("share", cut.share())
                    .put("oldBound", cut.oldBound());
            cut.newBound().ifPresentOrElse(bound -> node.put("newBound", bound), () -> node.putNull("newBound"));
        }
        CalibrateSensors.put(report.sensors(), json);
    }

    String text() {
        TrafficReport.Seen seen = report.seen();
        List<String> lines = new ArrayList<>();
        lines.add("attack model      " + report.newId() + ", written to " + output + " (was " + report.oldId() + ")");
        lines.add(String.format(
                Locale.ROOT,
                "events            %,d read%s, %,d of them valid predictions%s",
                events,
                queries == events ? "" : String.format(Locale.ROOT, ", with %,d queries", queries),
                seen.predictions(),
                rejected.isEmpty() ? "" : "; rejected: " + rejected.toString().replaceAll("[{}]", "")));
        lines.add(String.format(
                Locale.ROOT,
                "clients           %,d seen, %,d used; %,d have fewer than %,d distinct queries",
                seen.clients(),
                seen.clientsUsed(),
                seen.clients() - seen.clientsUsed(),
                minQueries));
        lines.add(String.format(
                Locale.ROOT,
                "queries           %,d used; left out: %,d of clients with too few, %,d repeats, %,d beyond the most of one"
                        + " client, %,d labels only, %,d of other endpoints or versions",
                seen.queriesUsed(),
                seen.ofSmallClients(),
                seen.repeats(),
                seen.beyondMost(),
                seen.labelOnly(),
                seen.ofOthers()));
        lines.add("alert budget      " + promise(report.promise()));
        table(lines);
        lines.add("");
        lines.addAll(CalibrateSensors.lines(report.sensors(), minQueries));
        notes.forEach(note -> lines.add("note              " + note));
        return String.join("\n", lines);
    }

    private void table(List<String> lines) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%-12s%12s%14s%14s%14s", "nominal", "cut", "share seen", "bound before", "bound now"));
        for (TrafficReport.CutBounds cut : report.cuts()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-12s%12.6g%14.4f%14.4f%14s",
                    String.format(Locale.ROOT, "%.1f %%", 100 * cut.nominalRate()),
                    cut.score(),
                    cut.share(),
                    cut.oldBound(),
                    cut.newBound().isPresent()
                            ? String.format(Locale.ROOT, "%.4f", cut.newBound().getAsDouble())
                            : "merged"));
        }
    }

    private static String promise(TrafficReport.Promise promise) {
        if (promise.guaranteed()) {
            return String.format(
                    Locale.ROOT,
                    "guaranteed for all but %.1f %% of clients like these, with confidence %s %%; that they are benign"
                            + " is your claim",
                    100 * promise.shareOutside(),
                    percent(1 - promise.delta()));
        }
        String asItIs = promise.shareOutside() < 1
                ? String.format(Locale.ROOT, "which holds for all but %.1f %%", 100 * promise.shareOutside())
                : "of too few to say anything of others";
        return String.format(
                Locale.ROOT,
                "NOT guaranteed: for a share of %s %% of clients, %,d clients are needed. Each bound is the largest of any"
                        + " client, %s",
                percent(promise.clientQuantile()),
                promise.clientsNeeded(),
                asItIs);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", 100 * share).replaceAll("\\.?0+$", "");
    }
}
