// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.miasma.attack.NetworkAttack.Unit;
import dev.miasma.posterior.PosteriorFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The part of a model file that says what scores: see {@link ModelFile} for the format. */
final class ModelSection {

    private ModelSection() {}

    static AttackModel read(JsonFields file) {
        try (JsonFields model = file.object("model")) {
            return model(model);
        }
    }

    static void write(JsonGenerator json, AttackModel model) throws IOException {
        json.writeObjectFieldStart("model");
        writeFields(json, model);
        json.writeEndObject();
    }

    private static AttackModel model(JsonFields model) {
        String kind = model.text("kind");
        if (kind.equals(PerClassAttack.KIND)) {
            return perClass(model);
        }
        return single(model, kind);
    }

    private static AttackModel single(JsonFields model, String kind) {
        return switch (kind) {
            case ThresholdAttack.KIND ->
                new ThresholdAttack(model.parsed("statistic", PosteriorFeature::from), model.number("threshold"));
            case LogisticAttack.KIND ->
                new LogisticAttack(
                        features(model), model.numbers("weights"), model.number("bias"), model.number("threshold"));
            case NetworkAttack.KIND ->
                new NetworkAttack(
                        features(model),
                        model.parsed("activation", NetworkAttack.Activation::from),
                        units(model),
                        model.number("bias"),
                        model.number("threshold"));
            default ->
                throw new ModelFileException(model.path("kind") + " is '" + kind + "'; '" + ThresholdAttack.KIND
                        + "', '" + LogisticAttack.KIND + "', '" + NetworkAttack.KIND + "' or, not within itself, '"
                        + PerClassAttack.KIND + "' needed");
        };
    }

    private static PerClassAttack perClass(JsonFields model) {
        SortedMap<Integer, AttackModel> members = new TreeMap<>();
        for (JsonFields entry : model.objects("classes")) {
            try (entry) {
                int c = entry.count("class");
                if (!members.isEmpty() && c <= members.lastKey()) {
                    throw new ModelFileException(
                            entry.path("class") + " is " + c + "; above " + members.lastKey() + " needed");
                }
                members.put(c, single(entry, entry.text("kind")));
            }
        }
        try (JsonFields fallback = model.object("fallback")) {
            return new PerClassAttack(members, single(fallback, fallback.text("kind")));
        }
    }

    private static List<PosteriorFeature> features(JsonFields model) {
        return model.texts("features").stream().map(PosteriorFeature::from).toList();
    }

    private static List<Unit> units(JsonFields model) {
        List<Unit> units = new ArrayList<>();
        for (JsonFields unit : model.objects("hidden")) {
            try (unit) {
                units.add(new Unit(unit.number("bias"), unit.numbers("weights"), unit.number("output")));
            }
        }
        return units;
    }

    private static void writeFields(JsonGenerator json, AttackModel model) throws IOException {
        json.writeStringField("kind", model.kind());
        switch (model) {
            case ThresholdAttack threshold -> {
                json.writeStringField("statistic", threshold.statistic().id());
                json.writeNumberField("threshold", threshold.threshold());
            }
            case LogisticAttack logistic -> {
                writeFeatures(json, logistic.features());
                writeNumbers(json, "weights", logistic.weights());
                json.writeNumberField("bias", logistic.bias());
                json.writeNumberField("threshold", logistic.threshold());
            }
            case NetworkAttack network -> writeNetwork(json, network);
            case PerClassAttack perClass -> writePerClass(json, perClass);
        }
    }

    private static void writeNetwork(JsonGenerator json, NetworkAttack network) throws IOException {
        writeFeatures(json, network.features());
        json.writeStringField("activation", network.activation().id());
        json.writeArrayFieldStart("hidden");
        for (Unit unit : network.units()) {
            json.writeStartObject();
            json.writeNumberField("bias", unit.bias());
            writeNumbers(json, "weights", unit.weights());
            json.writeNumberField("output", unit.output());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("bias", network.bias());
        json.writeNumberField("threshold", network.threshold());
    }

    private static void writePerClass(JsonGenerator json, PerClassAttack perClass) throws IOException {
        json.writeArrayFieldStart("classes");
        for (Map.Entry<Integer, AttackModel> member : perClass.members().entrySet()) {
            json.writeStartObject();
            json.writeNumberField("class", member.getKey());
            writeFields(json, member.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("fallback");
        writeFields(json, perClass.fallback());
        json.writeEndObject();
    }

    private static void writeFeatures(JsonGenerator json, List<PosteriorFeature> features) throws IOException {
        json.writeArrayFieldStart("features");
        for (PosteriorFeature feature : features) {
            json.writeString(feature.id());
        }
        json.writeEndArray();
    }

    private static void writeNumbers(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
