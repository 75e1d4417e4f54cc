// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.detect.Detection;
import dev.miasma.detect.Level;
import dev.miasma.detect.Observed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes the JSON of alerts and of client risk, and the CloudEvents 1.0 attributes around it. */
public final class AlertWriter {
    /** CloudEvents type of an alert about a client. */
    public static final String ALERT_TYPE = "dev.miasma.alert.membership-probe.v1";

    /** CloudEvents type of an alert about a cohort. */
    public static final String COHORT_ALERT_TYPE = "dev.miasma.alert.cohort-probe.v1";

    /** CloudEvents type of a client's risk. */
    public static final String RISK_TYPE = "dev.miasma.client-risk.v1";

    private static final JsonMapper JSON = new JsonMapper();

    /** MITRE ATLAS: passive output obfuscation, restrict number of queries, control access, telemetry logging. */
    static final List<String> MITIGATIONS = List.of("AML.M0002", "AML.M0004", "AML.M0019", "AML.M0024");

    private final String source;
    private final double budgetPerMillion;
    private final String runbooks;

    /**
     * @param applicationId names the source of the events
     * @param budgetPerMillion declared budget, expected false alerts per million benign queries
     * @param runbooks what the link to a runbook begins with
     */
    public AlertWriter(String applicationId, double budgetPerMillion, String runbooks) {
        source = "/miasma/" + applicationId;
        this.budgetPerMillion = budgetPerMillion;
        this.runbooks = runbooks;
    }

    /** The CloudEvents type of an alert. */
    static String typeOf(Detection detection) {
        return detection.level() == Level.COHORT ? COHORT_ALERT_TYPE : ALERT_TYPE;
    }

    private static String kindOf(Detection detection) {
        return detection.level() == Level.COHORT ? "cohort-probe" : "membership-probe";
    }

    /**
     * The id of an alert. The same alarm has the same id however often it is computed, so a consumer can drop repeats.
     */
    static String idOf(Detection detection) {
        String name = String.join(
                "\n",
                detection.subject(),
                detection.sensor(),
                detection.queryId(),
                Long.toString(detection.timeMillis()),
                Integer.toString(detection.alarms()));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The JSON of an alert, {@code alert.schema.json}. */
    public byte[] alert(Detection detection) {
        boolean ofCohort = detection.level() == Level.COHORT;
        ObjectNode alert = JSON.createObjectNode()
                .put("id", idOf(detection))
                .put("kind", kindOf(detection))
                .put("time", EventJson.time(detection.timeMillis()))
                .put("severity", Severity.of(detection).code())
                .put("summary", Explanation.summary(detection))
                .put("looksLike", Explanation.looksLike(detection))
                .put("endpoint", detection.endpoint())
                .put("version", detection.version())
                .put("client", ofCohort ? null : detection.client())
                .put("cohort", detection.cohort())
                .put("sensor", detection.sensor())
                .put("alarm", detection.alarms());
        alert.set("evidence", evidence(detection));
        alert.set("budget", budget(detection));
        alert.putObject("model").put("id", detection.modelId());
        ObjectNode atlas = alert.putObject("atlas");
        Explanation.techniques(detection).forEach(atlas.putArray("techniques")::add);
        MITIGATIONS.forEach(atlas.putArray("mitigations")::add);
        Explanation.actions(detection).forEach(alert.putArray("actions")::add);
        alert.put("runbook", runbooks + kindOf(detection) + ".md");
        return EventJson.bytes(alert);
    }

    /** The JSON of a client's or cohort's risk, {@code client-risk.schema.json}. */
    byte[] risk(Detection detection) {
        return EventJson.bytes(JSON.createObjectNode()
                .put("level", detection.level().code())
                .put("client", detection.level() == Level.COHORT ? null : detection.client())
                .put("endpoint", detection.endpoint())
                .put("cohort", detection.cohort())
                .put("band", detection.band().code())
                .put("evidence", detection.evidence())
                .put("threshold", detection.threshold())
                .put("queries", detection.observed().queries())
                .put("flagged", detection.observed().flagged())
                .put("alarms", detection.alarms())
                .put("time", EventJson.time(detection.timeMillis())));
    }

    /**
     * The CloudEvents attributes, as headers of the Kafka binding in binary mode.
     *
     * @param detection told of
     * @param type {@link #RISK_TYPE} or that of an alert
     */
    Map<String, String> headers(Detection detection, String type) {
        String id = type.equals(RISK_TYPE) ? idOf(detection) + "-risk" : idOf(detection);
        return EventJson.headers(id, source, type, detection.timeMillis(), detection.subject());
    }

    private static ObjectNode evidence(Detection detection) {
        Observed seen = detection.observed();
        double flaggedShare = Explanation.share(seen.flagged(), seen.scored());
        ObjectNode evidence = JSON.createObjectNode()
                .put("value", detection.evidence())
                .put("threshold", detection.threshold())
                .put("queries", seen.queries())
                .put("firstSights", seen.firstSights())
                .put("repeats", seen.repeats())
                .put("scored", seen.scored())
                .put("aboveMedian", seen.aboveMedian())
                .put("aboveMedianShare", Explanation.share(seen.aboveMedian(), seen.scored()))
                .put("flagged", seen.flagged())
                .put("flaggedShare", flaggedShare)
                .put("nullShare", Double.isNaN(seen.nullShare()) ? 0 : seen.nullShare());
        if (seen.nullShare() > 0) {
            evidence.put("lift", flaggedShare / seen.nullShare());
        }
        ArrayNode bins = evidence.putArray("bins");
        for (long count : seen.bins()) {
            bins.add(count);
        }
        EventJson.put(evidence, "memberShare", detection.memberShare());
        return evidence.put("modelId", detection.modelId())
                .put("compared", seen.compared())
                .put("near", seen.near())
                .put("climbed", seen.climbed())
                .put("checked", seen.checked())
                .put("hits", seen.hits())
                .put("since", EventJson.time(seen.sinceMillis()))
                .put("triggeredBy", detection.queryId());
    }

    private ObjectNode budget(Detection detection) {
        String promise = detection.budgetGuaranteed()
                ? "At most %s expected false alerts per million queries of benign clients, over all clients together."
                : "None: the calibration of this attack model is too small, or not made of the model's own non-members, "
                        + "to promise the declared %s false alerts per million queries.";
        return JSON.createObjectNode()
                .put("falseAlertsPerMillion", budgetPerMillion)
                .put("guaranteed", detection.budgetGuaranteed())
                .put("promise", promise.formatted(EventJson.plain(budgetPerMillion)));
    }
}
