// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.DefenseResult;
import dev.miasma.audit.Exposure;
import dev.miasma.audit.Utility;
import java.util.OptionalDouble;

/** Defences in the JSON object of an audit. */
final class DefenseJson {

    private DefenseJson() {}

    /** Adds the fields {@code undefended}, {@code defences}, {@code defenceTarget}, and what is recommended. */
    static void put(ObjectNode json, DefenseAuditResult result) {
        json.put("defenceTarget", result.target());
        exposure(json.putObject("undefended"), result.undefended());
        ArrayNode defences = json.putArray("defences");
        result.defences().forEach(defence -> defence(defences.addObject(), defence));
        boolean needless = !result.resolvable() || result.needless();
        json.put(
                "recommendedDefence",
                needless ? null : result.recommended().map(DefenseResult::id).orElse(null));
        DefenseFindings findings = new DefenseFindings(result);
        findings.recommendation().forEach(json.putArray("defenceAdvice")::add);
        findings.warnings().forEach(json.putArray("defenceWarnings")::add);
    }

    private static void defence(ObjectNode json, DefenseResult defence) {
        json.put("name", defence.id()).put("title", defence.title()).put("source", defence.source());
        Utility utility = defence.utility();
        put(json, "accuracyBefore", utility.accuracyBefore());
        put(json, "accuracyAfter", utility.accuracyAfter());
        json.put("labelsKept", utility.labelsKept()).put("distortion", utility.distortion());
        defence.attackers().compare((adaptive, naive) -> {
            exposure(json.putObject("adaptive"), adaptive);
            exposure(json.putObject("naive"), naive);
            return json;
        });
    }

    private static void exposure(ObjectNode json, Exposure exposure) {
        json.put("auc", exposure.auc());
        put(json, "tprAt1Percent", exposure.tprAt1Percent());
        put(json, "precision", exposure.precision());
        json.put("recall", exposure.recall()).put("strongest", exposure.strongest());
        exposure.inverted().forEach(json.putArray("inverted")::add);
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.put(name, value.getAsDouble());
        } else {
            json.putNull(name);
        }
    }
}
