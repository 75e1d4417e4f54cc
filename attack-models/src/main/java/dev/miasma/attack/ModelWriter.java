// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes a model file: field by field, in one fixed order, so that equal models give equal bytes. */
final class ModelWriter {

    private ModelWriter() {}

    static String toJson(CalibratedAttack attack) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(printer());
            json.writeStartObject();
            json.writeStringField("format", ModelFile.FORMAT);
            json.writeNumberField("version", ModelFile.VERSION);
            ModelSection.write(json, attack.model());
            writeCalibration(json, attack.calibration());
            writeProvenance(json, attack.provenance());
            writeEvaluation(json, attack.evaluation());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    /** Two spaces and a line feed on every platform. */
    private static DefaultPrettyPrinter printer() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return printer;
    }

    private static void writeCalibration(JsonGenerator json, Calibration calibration) throws IOException {
        json.writeObjectFieldStart("calibration");
        json.writeStringField("source", calibration.source().id());
        json.writeNumberField("delta", calibration.delta());
        json.writeNumberField("nonMembers", calibration.nonMembers());
        json.writeNumberField("flagRate", calibration.flagRate());
        if (calibration.traffic().isPresent()) {
            writeTraffic(json, calibration.traffic().get());
        }
        writeCuts(json, calibration);
        writeCounts(json, "memberCounts", calibration.memberCounts());
        writeEvidence(json, calibration.evidence());
        ScoreHistogram histogram = calibration.histogram();
        json.writeObjectFieldStart("histogram");
        json.writeNumberField("low", histogram.low());
        json.writeNumberField("high", histogram.high());
        writeCounts(json, "nonMembers", histogram.nonMemberCounts());
        writeCounts(json, "members", histogram.memberCounts());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeTraffic(JsonGenerator json, TrafficNull traffic) throws IOException {
        json.writeObjectFieldStart("traffic");
        json.writeNumberField("clients", traffic.clients());
        json.writeNumberField("minQueries", traffic.minQueries());
        json.writeNumberField("clientQuantile", traffic.clientQuantile());
        json.writeNumberField("cutsTested", traffic.cutsTested());
        json.writeEndObject();
    }

    private static void writeCuts(JsonGenerator json, Calibration calibration) throws IOException {
        double[] scores = calibration.cuts();
        double[] rates = calibration.nominalRates();
        double[] bounds = calibration.bounds();
        int[] counts = calibration.nonMembersAtOrAbove();
        Optional<double[]> shares = calibration.evidenceShares();
        json.writeArrayFieldStart("cuts");
        for (int j = 0; j < scores.length; j++) {
            json.writeStartObject();
            json.writeNumberField("nominalRate", rates[j]);
            json.writeNumberField("score", scores[j]);
            json.writeNumberField("nonMembersAtOrAbove", counts[j]);
            if (calibration.traffic().isPresent()) {
                TrafficNull traffic = calibration.traffic().get();
                json.writeNumberField("clientAtOrAbove", traffic.atOrAbove(j));
                json.writeNumberField("clientQueries", traffic.queries(j));
            }
            json.writeNumberField("bound", bounds[j]);
            if (shares.isPresent()) {
                json.writeNumberField("evidenceShare", shares.get()[j]);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeEvidence(JsonGenerator json, EvidenceTable table) throws IOException {
        json.writeArrayFieldStart("evidence");
        for (int row = 0; row < table.rows(); row++) {
            json.writeStartObject();
            json.writeStringField("name", table.rowName(row));
            json.writeArrayFieldStart("logEvidence");
            for (int bin = 0; bin < table.bins(); bin++) {
                json.writeNumber(table.logEvidence(row, bin));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeProvenance(JsonGenerator json, Provenance provenance) throws IOException {
        json.writeObjectFieldStart("provenance");
        json.writeStringField("dataHash", provenance.dataHash());
        json.writeNumberField("seed", provenance.seed());
        json.writeStringField("library", provenance.library());
        json.writeStringField("date", provenance.date().toString());
        json.writeStringField("protocol", provenance.protocol());
        if (!provenance.transfer().isEmpty()) {
            writeTransfer(json, provenance.transfer());
        }
        json.writeEndObject();
    }

    private static void writeTransfer(JsonGenerator json, List<Transfer> transfer) throws IOException {
        json.writeArrayFieldStart("transfer");
        for (Transfer to : transfer) {
            json.writeStartObject();
            json.writeStringField("dataset", to.dataset());
            json.writeNumberField("auc", to.auc());
            writeIfPresent(json, "tprAt1Percent", to.tprAt1Percent());
            json.writeNumberField("trainAccuracy", to.trainAccuracy());
            json.writeNumberField("testAccuracy", to.testAccuracy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeEvaluation(JsonGenerator json, Evaluation evaluation) throws IOException {
        json.writeObjectFieldStart("evaluation");
        json.writeNumberField("members", evaluation.members());
        json.writeNumberField("nonMembers", evaluation.nonMembers());
        writeIfPresent(json, "auc", evaluation.auc());
        writeIfPresent(json, "bestBalancedAccuracy", evaluation.bestBalancedAccuracy());
        writeIfPresent(json, "tprAt10Percent", evaluation.tprAt10Percent());
        writeIfPresent(json, "tprAt1Percent", evaluation.tprAt1Percent());
        writeIfPresent(json, "tprAt0.1Percent", evaluation.tprAt01Percent());
        json.writeEndObject();
    }

    private static void writeIfPresent(JsonGenerator json, String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsDouble());
        }
    }

    private static void writeCounts(JsonGenerator json, String name, int[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (int value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
