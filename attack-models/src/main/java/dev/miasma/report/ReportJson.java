// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.audit.AttackResult;
import dev.miasma.audit.AuditOptions;
import dev.miasma.audit.AuditResult;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.Confusion;
import dev.miasma.evaluation.Figure;
import dev.miasma.evaluation.Interval;
import dev.miasma.evaluation.Slice;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** An audit as one JSON object. A figure the sample can't resolve is null, and a warning says why. */
public final class ReportJson {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<String, Figure> RATES = new LinkedHashMap<>();
    private static final Map<String, Figure> FIGURES = new LinkedHashMap<>();

    static {
        RATES.put("0.1", Figure.TPR_AT_10_PERCENT);
        RATES.put("0.01", Figure.TPR_AT_1_PERCENT);
        RATES.put("0.001", Figure.TPR_AT_01_PERCENT);
        RATES.put("0.0001", Figure.TPR_AT_001_PERCENT);
        FIGURES.put("auc", Figure.AUC);
        FIGURES.put("bestBalancedAccuracy", Figure.BEST_BALANCED_ACCURACY);
        FIGURES.put("accuracy", Figure.ACCURACY);
        FIGURES.put("balancedAccuracy", Figure.BALANCED_ACCURACY);
        FIGURES.put("precision", Figure.PRECISION);
        FIGURES.put("recall", Figure.RECALL);
        FIGURES.put("falsePositiveRate", Figure.FALSE_POSITIVE_RATE);
    }

    private ReportJson() {}

    /** The object's text, indented, without a line feed at the end. */
    public static String of(AuditResult result, AuditHeader header) {
        return of(result, Optional.empty(), header);
    }

    /** The same with the defences, if any were tried. */
    public static String of(AuditResult result, Optional<DefenseAuditResult> defences, AuditHeader header) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("format", "miasma-audit")
                .put("version", 1)
                .put("program", header.program())
                .put("protocol", result.protocol())
                .put("seed", result.options().seed())
                .put("bootstrap", result.options().resamples())
                .put("prior", result.options().prior())
                .put("members", result.answers().members().size())
                .put("nonMembers", result.answers().nonMembers().size())
                .put("classes", result.answers().classes());
        header.inputs().forEach(json.putArray("inputs")::add);
        put(json, "memberAccuracy", result.memberAccuracy());
        put(json, "nonMemberAccuracy", result.nonMemberAccuracy());
        json.put("strongest", result.strongest().name());
        json.put("mostCareful", result.mostCareful().map(AttackResult::name).orElse(null));
        result.notes().forEach(json.putArray("notes")::add);
        ArrayNode attacks = json.putArray("attacks");
        result.attacks().forEach(attack -> attacks.add(attack(attack)));
        Findings findings = new Findings(result);
        findings.meaning().forEach(json.putArray("meaning")::add);
        findings.advice().forEach(json.putArray("advice")::add);
        defences.ifPresent(tried -> DefenseJson.put(json, tried));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode attack(AttackResult attack) {
        AttackFigures figures = attack.figures();
        ObjectNode json = MAPPER.createObjectNode()
                .put("name", attack.name())
                .put("title", attack.title())
                .put("source", attack.source())
                .put("threshold", attack.threshold());
        FIGURES.forEach((name, figure) -> put(json, name, figures.value(figure)));
        ObjectNode rates = json.putObject("tprAt");
        RATES.forEach((rate, figure) -> put(rates, rate, figures.value(figure)));
        ObjectNode ppv = json.putObject("ppvAtPrior");
        for (double prior : AuditOptions.priors()) {
            put(ppv, String.valueOf(prior), figures.ppv(prior));
        }
        ObjectNode intervals = json.putObject("intervals");
        FIGURES.forEach((name, figure) -> figures.interval(figure).ifPresent(i -> put(intervals, name, i)));
        RATES.forEach((rate, figure) -> figures.interval(figure).ifPresent(i -> put(intervals, "tprAt" + rate, i)));
        figures.confusionAtLowFpr().ifPresent(calls -> json.set("aimedAt1Percent", calls(calls)));
        json.put("inverted", figures.inverted());
        figures.warnings().forEach(json.putArray("warnings")::add);
        json.set("classes", slices(attack.classes()));
        json.set("confidences", slices(attack.confidences()));
        return json;
    }

    private static ObjectNode calls(Confusion calls) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("falsePositiveRate", calls.falsePositiveRate())
                .put("recall", calls.recall());
        put(json, "precision", calls.precision());
        return json;
    }

    private static ArrayNode slices(List<Slice> slices) {
        ArrayNode array = MAPPER.createArrayNode();
        for (Slice slice : slices) {
            ObjectNode json = array.addObject()
                    .put("name", slice.name())
                    .put("members", slice.members())
                    .put("nonMembers", slice.nonMembers())
                    .put("small", slice.small());
            put(json, "auc", slice.auc());
            slice.confusion()
                    .ifPresent(calls ->
                            json.put("recall", calls.recall()).put("falsePositiveRate", calls.falsePositiveRate()));
        }
        return array;
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.put(name, value.getAsDouble());
        } else {
            json.putNull(name);
        }
    }

    private static void put(ObjectNode json, String name, Interval interval) {
        json.putArray(name).add(interval.low()).add(interval.high());
    }
}
