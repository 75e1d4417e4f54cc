// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.detect.EndpointAlert;
import dev.miasma.detect.EndpointAlert.AboveNull;
import dev.miasma.detect.EndpointAlert.Flagged;
import dev.miasma.detect.EndpointAlert.Flood;
import dev.miasma.detect.EndpointAlert.LeaksMore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Writes the JSON of alerts about endpoints, and the CloudEvents 1.0 attributes around it. */
public final class EndpointAlertWriter {
    private final String source;
    private final double budgetPerMillion;
    private final String runbooks;

    /**
     * @param applicationId names the source of the events
     * @param budgetPerMillion declared budget, expected false alerts per million benign queries
     * @param runbooks what the link to a runbook begins with
     */
    public EndpointAlertWriter(String applicationId, double budgetPerMillion, String runbooks) {
        source = "/miasma/" + applicationId;
        this.budgetPerMillion = budgetPerMillion;
        this.runbooks = runbooks;
    }

    /** The CloudEvents type of an alert. */
    static String typeOf(EndpointAlert alert) {
        return "dev.miasma.alert." + alert.finding().kind() + ".v1";
    }

    /** The id of an alert; the same alarm has the same id however often it is computed. */
    static String idOf(EndpointAlert alert) {
        String name = String.join(
                "\n",
                alert.finding().kind(),
                alert.subject(),
                Long.toString(alert.timeMillis()),
                Integer.toString(alert.alarms()));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The JSON of an alert, {@code endpoint-alert.schema.json}. */
    byte[] alert(EndpointAlert alert) {
        String kind = alert.finding().kind();
        ObjectNode json = EventJson.object()
                .put("id", idOf(alert))
                .put("kind", kind)
                .put("time", EventJson.time(alert.timeMillis()))
                .put("severity", Severity.of(alert).code())
                .put("summary", EndpointExplanation.summary(alert))
                .put("endpoint", alert.endpoint())
                .put("version", alert.version())
                .put("alarm", alert.alarms());
        json.set(
                "evidence",
                switch (alert.finding()) {
                    case AboveNull above -> evidence(above);
                    case LeaksMore more -> evidence(more);
                    case Flood flood -> evidence(flood);
                });
        json.putObject("budget")
                .put("falseAlertsPerMillion", budgetPerMillion)
                .put("guaranteed", alert.guaranteed())
                .put("promise", EndpointExplanation.promise(alert, budgetPerMillion));
        ObjectNode atlas = json.putObject("atlas");
        EndpointExplanation.techniques(alert.finding()).forEach(atlas.putArray("techniques")::add);
        AlertWriter.MITIGATIONS.forEach(atlas.putArray("mitigations")::add);
        EndpointExplanation.actions(alert.finding()).forEach(json.putArray("actions")::add);
        return EventJson.bytes(json.put("runbook", runbooks + kind + ".md"));
    }

    /** The CloudEvents attributes, as headers of the Kafka binding in binary mode. */
    Map<String, String> headers(EndpointAlert alert) {
        return EventJson.headers(idOf(alert), source, typeOf(alert), alert.timeMillis(), alert.subject());
    }

    private static ObjectNode evidence(AboveNull above) {
        double share = Explanation.share(above.flagged(), above.scored());
        ObjectNode evidence = EventJson.object()
                .put("value", above.evidence())
                .put("threshold", above.threshold())
                .put("blocks", above.blocks())
                .put("queries", above.queries())
                .put("scored", above.scored())
                .put("flagged", above.flagged())
                .put("flaggedShare", share)
                .put("nullShare", above.nullShare());
        if (above.nullShare() > 0) {
            evidence.put("lift", share / above.nullShare());
        }
        EventJson.put(evidence, "memberShare", above.memberShare());
        return evidence.put("modelId", above.modelId()).put("since", EventJson.time(above.sinceMillis()));
    }

    private static ObjectNode evidence(LeaksMore more) {
        ObjectNode evidence = counts(
                EventJson.object().put("value", more.evidence()).put("threshold", more.threshold()), more.ofVersion());
        if (more.ofBefore().flagged() > 0) {
            evidence.put("ratio", more.ofVersion().share() / more.ofBefore().share());
        }
        counts(evidence.putObject("before").put("version", more.before()), more.ofBefore());
        return evidence;
    }

    private static ObjectNode counts(ObjectNode json, Flagged flagged) {
        return json.put("scored", flagged.scored())
                .put("flagged", flagged.flagged())
                .put("flaggedShare", flagged.share());
    }

    private static ObjectNode evidence(Flood flood) {
        return EventJson.object()
                .put("newClients", flood.newClients())
                .put("minute", EventJson.time(flood.minuteMillis()))
                .put("limit", flood.limit())
                .put("averagePerMinute", flood.average());
    }
}
