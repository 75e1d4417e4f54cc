// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads a model file and believes nothing in it: see {@link ModelFile} for the format. */
final class ModelReader {

    private static final int DEEPEST = 8;
    private static final int LONGEST_STRING = 64 << 10;
    private static final int LONGEST_NUMBER = 64;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_STRING)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxDocumentLength(ModelFile.MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ModelReader() {}

    static CalibratedAttack read(byte[] json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new ModelFileException("no valid JSON: " + firstLine(e), e);
        }
        try (JsonFields file = new JsonFields("", root)) {
            requireFormat(file);
            return new CalibratedAttack(ModelSection.read(file), calibration(file), provenance(file), evaluation(file));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFileException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireFormat(JsonFields file) {
        String format = file.text("format");
        if (!format.equals(ModelFile.FORMAT)) {
            throw new ModelFileException("format is '" + format + "'; '" + ModelFile.FORMAT + "' needed");
        }
        int version = file.count("version");
        if (version != ModelFile.VERSION) {
            throw new ModelFileException(
                    "version is " + version + "; " + ModelFile.VERSION + " needed, a newer file needs a newer Miasma");
        }
    }

    private static Calibration calibration(JsonFields file) {
        try (JsonFields calibration = file.object("calibration")) {
            NullSource source = calibration.parsed("source", NullSource::from);
            CutFields fields = CutFields.read(calibration, source == NullSource.BENIGN_TRAFFIC);
            NullCuts cuts = fields.cuts();
            int[] memberCounts = calibration.counts("memberCounts");
            return new Calibration(
                    source,
                    cuts,
                    fields.traffic(),
                    memberCounts,
                    evidence(calibration, cuts),
                    histogram(calibration),
                    calibration.number("flagRate"));
        }
    }

    private static EvidenceTable evidence(JsonFields calibration, NullCuts cuts) {
        List<String> names = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        for (JsonFields entry : calibration.objects("evidence")) {
            try (entry) {
                names.add(entry.text("name"));
                double[] values = entry.numbers("logEvidence");
                float[] row = new float[values.length];
                for (int bin = 0; bin < row.length; bin++) {
                    row[bin] = (float) values[bin];
                }
                rows.add(row);
            }
        }
        return EvidenceTable.of(cuts.evidenceBounds, names, rows.toArray(float[][]::new));
    }

    private static ScoreHistogram histogram(JsonFields calibration) {
        try (JsonFields histogram = calibration.object("histogram")) {
            return new ScoreHistogram(
                    histogram.number("low"),
                    histogram.number("high"),
                    histogram.counts("nonMembers"),
                    histogram.counts("members"));
        }
    }

    private static Provenance provenance(JsonFields file) {
        try (JsonFields provenance = file.object("provenance")) {
            return new Provenance(
                    provenance.text("dataHash"),
                    provenance.integer("seed"),
                    provenance.text("library"),
                    provenance.parsed("date", LocalDate::parse),
                    provenance.text("protocol"),
                    transfer(provenance));
        }
    }

    private static List<Transfer> transfer(JsonFields provenance) {
        List<Transfer> transfer = new ArrayList<>();
        for (JsonFields entry : provenance.optionalObjects("transfer")) {
            try (entry) {
                transfer.add(new Transfer(
                        entry.text("dataset"),
                        entry.number("auc"),
                        entry.optionalNumber("tprAt1Percent"),
                        entry.number("trainAccuracy"),
                        entry.number("testAccuracy")));
            }
        }
        return transfer;
    }

    private static Evaluation evaluation(JsonFields file) {
        try (JsonFields evaluation = file.object("evaluation")) {
            return new Evaluation(
                    evaluation.count("members"),
                    evaluation.count("nonMembers"),
                    evaluation.optionalNumber("auc"),
                    evaluation.optionalNumber("bestBalancedAccuracy"),
                    evaluation.optionalNumber("tprAt10Percent"),
                    evaluation.optionalNumber("tprAt1Percent"),
                    evaluation.optionalNumber("tprAt0.1Percent"));
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
