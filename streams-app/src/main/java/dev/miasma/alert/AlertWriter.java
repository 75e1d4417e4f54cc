// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.detect.Detection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Writes the JSON of alerts and of client risk, and the CloudEvents 1.0 attributes around it. */
public final class AlertWriter {
    /** CloudEvents type of an alert. */
    public static final String ALERT_TYPE = "dev.miasma.alert.membership-probe.v1";

    /** CloudEvents type of a client's risk. */
    public static final String RISK_TYPE = "dev.miasma.client-risk.v1";

    private static final JsonMapper JSON = new JsonMapper();

    /** MITRE ATLAS: infer training data membership. */
    private static final List<String> TECHNIQUES = List.of("AML.T0024.000");

    /** MITRE ATLAS: passive output obfuscation, restrict number of queries, control access, telemetry logging. */
    private static final List<String> MITIGATIONS = List.of("AML.M0002", "AML.M0004", "AML.M0019", "AML.M0024");

    private final String source;
    private final double budgetPerMillion;

    /**
     * @param applicationId names the source of the events
     * @param budgetPerMillion declared budget, expected false alerts per million benign queries
     */
    public AlertWriter(String applicationId, double budgetPerMillion) {
        source = "/miasma/" + applicationId;
        this.budgetPerMillion = budgetPerMillion;
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
    byte[] alert(Detection detection) {
        ObjectNode alert = JSON.createObjectNode()
                .put("id", idOf(detection))
                .put("kind", "membership-probe")
                .put("time", timeOf(detection.timeMillis()))
                .put("severity", Severity.of(detection).code())
                .put("summary", summary(detection))
                .put("endpoint", detection.endpoint())
                .put("version", detection.version())
                .put("client", detection.client())
                .put("cohort", detection.cohort())
                .put("sensor", detection.sensor())
                .put("alarm", detection.alarms());
        alert.set("evidence", evidence(detection));
        alert.set("budget", budget(detection));
        alert.putObject("model").put("id", detection.modelId());
        ObjectNode atlas = alert.putObject("atlas");
        TECHNIQUES.forEach(atlas.putArray("techniques")::add);
        MITIGATIONS.forEach(atlas.putArray("mitigations")::add);
        return bytes(alert);
    }

    /** The JSON of a client's risk, {@code client-risk.schema.json}. */
    byte[] risk(Detection detection) {
        return bytes(JSON.createObjectNode()
                .put("client", detection.client())
                .put("endpoint", detection.endpoint())
                .put("cohort", detection.cohort())
                .put("band", detection.band().code())
                .put("evidence", detection.evidence())
                .put("threshold", detection.threshold())
                .put("queries", detection.queries())
                .put("flagged", detection.flagged())
                .put("alarms", detection.alarms())
                .put("time", timeOf(detection.timeMillis())));
    }

    /**
     * The CloudEvents attributes, as headers of the Kafka binding in binary mode.
     *
     * @param detection told of
     * @param type {@link #ALERT_TYPE} or {@link #RISK_TYPE}
     */
    Map<String, String> headers(Detection detection, String type) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", type.equals(ALERT_TYPE) ? idOf(detection) : idOf(detection) + "-risk");
        headers.put("ce_source", source);
        headers.put("ce_type", type);
        headers.put("ce_time", timeOf(detection.timeMillis()));
        headers.put("ce_subject", detection.subject());
        headers.put("content-type", "application/json");
        return headers;
    }

    private static ObjectNode evidence(Detection detection) {
        double flaggedShare = share(detection.flagged(), detection.firstSights());
        ObjectNode evidence = JSON.createObjectNode()
                .put("value", detection.evidence())
                .put("threshold", detection.threshold())
                .put("queries", detection.queries())
                .put("firstSights", detection.firstSights())
                .put("aboveMedian", detection.aboveMedian())
                .put("aboveMedianShare", share(detection.aboveMedian(), detection.firstSights()))
                .put("flagged", detection.flagged())
                .put("flaggedShare", flaggedShare)
                .put("nullShare", detection.nullShare());
        if (detection.nullShare() > 0) {
            evidence.put("lift", flaggedShare / detection.nullShare());
        }
        return evidence.put("since", timeOf(detection.sinceMillis())).put("triggeredBy", detection.queryId());
    }

    private ObjectNode budget(Detection detection) {
        String promise = detection.budgetGuaranteed()
                ? "At most %s expected false alerts per million queries of benign clients, over all clients together."
                : "None: the calibration of this attack model is too small, or not made of the model's own non-members, "
                        + "to promise the declared %s false alerts per million queries.";
        return JSON.createObjectNode()
                .put("falseAlertsPerMillion", budgetPerMillion)
                .put("guaranteed", detection.budgetGuaranteed())
                .put("promise", promise.formatted(plain(budgetPerMillion)));
    }

    private static String summary(Detection detection) {
        return String.format(
                Locale.ROOT,
                "Client %s is probing %s for training members: of its %d distinct queries %.0f %% score above the "
                        + "median known non-member (50 %% expected), %.1f %% are flagged as leaky (%.1f %% expected); "
                        + "evidence %.3g, threshold %.3g.",
                detection.client(),
                detection.endpoint(),
                detection.firstSights(),
                100 * share(detection.aboveMedian(), detection.firstSights()),
                100 * share(detection.flagged(), detection.firstSights()),
                100 * detection.nullShare(),
                detection.evidence(),
                detection.threshold());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String timeOf(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }
}
