// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a report as one JSON object. */
public final class DelayJson {
    private DelayJson() {}

    /** The object, to which more can be added. */
    public static ObjectNode of(DelayReport report) {
        ObjectNode json = new JsonMapper().createObjectNode();
        ArrayNode delays = json.putArray("delays");
        for (DelayReport.Delay delay : report.delays()) {
            ObjectNode row = delays.addObject()
                    .put("attack", delay.attack())
                    .put("budget", delay.budget())
                    .put("threshold", delay.threshold())
                    .put("probers", delay.probers())
                    .put("found", delay.found())
                    .put("foundBy", delay.foundBy())
                    .put("targetsBefore", delay.targetsBefore())
                    .put("foundBeforeFirstTarget", delay.foundBeforeDone())
                    .put("asked", delay.asked());
            ObjectNode levels = row.putObject("byLevel");
            delay.byLevel().forEach(levels::put);
            delay.quantile(0.5).ifPresent(median -> row.put("median", median));
            delay.quantile(0.95).ifPresent(most -> row.put("quantile95", most));
            delay.firstDone().ifPresent(done -> row.put("firstTarget", done));
            if (!Double.isNaN(delay.limitLive())) {
                row.put("limit", delay.limitLive());
            }
            if (Double.isFinite(delay.limitCalibrated())) {
                row.put("limitCalibratedNull", delay.limitCalibrated());
            }
        }
        ArrayNode benign = json.putArray("benign");
        report.benign()
                .forEach(one -> benign.addObject()
                        .put("kind", one.kind())
                        .put("threshold", one.threshold())
                        .put("clients", one.clients())
                        .put("queries", one.queries())
                        .put("alarms", one.alarms())
                        .put("bound", one.bound())
                        .put("sensors", one.sensors()));
        return json;
    }
}
