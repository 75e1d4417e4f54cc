// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.evaluation.Roc;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The model of the golden file. */
    static CalibratedAttack example() {
        Random random = new Random(7);
        double[] out = random.doubles(1500).map(d -> 0.7 * d).toArray();
        double[] in = random.doubles(800).map(d -> 0.3 + 0.7 * d).toArray();
        AttackModel model = new LogisticAttack(
                List.of(PosteriorFeature.TOP_1, PosteriorFeature.TOP_2, PosteriorFeature.TOP_3),
                new double[] {4.25, -1.5, 0.125},
                -2.75,
                0.5);
        Provenance provenance = new Provenance("0f".repeat(32), 7, "Smile 6.2.5", LocalDate.of(2026, 1, 31), "made up");
        return new CalibratedAttack(model, Calibration.of(out, in, 0.001), provenance, Evaluation.of(Roc.of(in, out)));
    }

    static byte[] golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelFileTest.class.getResourceAsStream("logistic-v1.json"))) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_file_of_version_1_is_read_and_written_byte_for_byte() throws IOException {
        CalibratedAttack read = ModelFile.read(golden());

        assertThat(ModelFile.toJson(read)).isEqualTo(new String(golden(), StandardCharsets.UTF_8));
        assertThat(ModelFile.toJson(example())).isEqualTo(ModelFile.toJson(read));
        assertThat(read.id()).matches("[0-9a-f]{12}").isEqualTo(example().id());
        assertThat(read.calibration().budgetGuaranteed()).isTrue();
        assertThat(read.provenance().date()).isEqualTo(LocalDate.of(2026, 1, 31));
        PosteriorView view = new PosteriorView().set(new double[] {.1, .7, .2});
        assertThat(read.model().score(view)).isEqualTo(example().model().score(view));
    }

    /** The golden model as if it had been kept from two data sets. */
    static CalibratedAttack transferred() {
        CalibratedAttack example = example();
        Provenance from = example.provenance();
        List<Transfer> transfer = List.of(
                new Transfer("news", 0.875, OptionalDouble.of(0.25), 1, 0.5),
                new Transfer("lfw", 0.75, OptionalDouble.empty(), 0.9375, 0.625));
        Provenance provenance =
                new Provenance(from.dataHash(), from.seed(), from.library(), from.date(), from.protocol(), transfer);
        return new CalibratedAttack(example.model(), example.calibration(), provenance, example.evaluation());
    }

    @Test
    void how_it_did_on_other_data_survives_the_way_and_its_absence_means_none() throws IOException {
        byte[] json = ModelFile.toJson(transferred()).getBytes(StandardCharsets.UTF_8);

        CalibratedAttack read = ModelFile.read(json);

        assertThat(read.provenance()).isEqualTo(transferred().provenance());
        assertThat(ModelFile.toJson(read)).isEqualTo(new String(json, StandardCharsets.UTF_8));
        assertThat(ModelFile.read(golden()).provenance().transfer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/provenance/transfer                 | 7     | provenance.transfer is 7; an array",
                "/provenance/transfer/0               | 7     | provenance.transfer[0] is 7; an object",
                "/provenance/transfer/0/dataset       | 7     | provenance.transfer[0].dataset is 7; a string",
                "/provenance/transfer/0/dataset       | \" \"   | data set is ' '; a name",
                "/provenance/transfer/0/auc           | 1.5   | AUC is 1.5; 0 to 1",
                "/provenance/transfer/1/auc           | null  | provenance.transfer[1].auc is null",
                "/provenance/transfer/0/tprAt1Percent | -1    | TPR at 1 % FPR is -1.0; 0 to 1",
                "/provenance/transfer/0/trainAccuracy | 1e999 | provenance.transfer[0].trainAccuracy is",
                "/provenance/transfer/0/testAccuracy  | 2     | test accuracy is 2.0; 0 to 1",
                "/provenance/transfer/0/epochs        | 2     | provenance.transfer[0].epochs is unknown"
            })
    void a_wrong_figure_of_other_data_is_named_with_its_value(String pointer, String value, String message)
            throws IOException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(ModelFile.toJson(transferred()));
        replace(root, pointer, MAPPER.readTree(value));
        String json = root.toString().replace("\"Infinity\"", "1e999");

        assertThatThrownBy(() -> ModelFile.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_threshold_model_without_members_survives_the_way(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.json");
        CalibratedAttack attack = new CalibratedAttack(
                new ThresholdAttack(PosteriorFeature.NEGATIVE_ENTROPY, -0.25),
                Calibration.of(new Random(1).doubles(300).toArray(), new double[0], 0.01, NullSource.NOISE_QUERIES)
                        .withFlagRate(0.1),
                example().provenance(),
                Evaluation.NONE);

        ModelFile.write(example(), file);
        ModelFile.write(attack, file);
        CalibratedAttack read = ModelFile.read(file);

        assertThat(read.id()).isEqualTo(attack.id()).isNotEqualTo(example().id());
        assertThat(read.model()).isEqualTo(attack.model());
        assertThat(read.calibration().flagRate()).isEqualTo(0.1);
        assertThat(read.calibration().budgetGuaranteed()).isFalse();
        assertThat(read.evaluation()).isEqualTo(Evaluation.NONE);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/format              | \"other\"    | format is 'other'; 'miasma-attack-model' needed",
                "/version             | 2            | version is 2; 1 needed",
                "/model/kind          | \"oracle\"   | model.kind is 'oracle'; 'threshold', 'logistic', 'network' or",
                "/model/features/0    | \"top-9\"    | posterior feature is 'top-9'",
                "/model/weights/1     | \"NaN\"      | model.weights[1] is \"NaN\"; a finite number needed",
                "/model/weights       | [1]          | weights are 1; one for each of 3",
                "/model/bias          | 1e999        | a finite number needed",
                "/model/bias          | null         | model.bias is null",
                "/model/threshold     | -1           | threshold is -1.0; 0 to 1",
                "/calibration/source  | \"rumour\"   | calibration.source: null source is 'rumour'",
                "/calibration/delta   | 0            | delta is 0.0",
                "/calibration/flagRate | 1           | flag rate is 1.0",
                "/calibration/nonMembers | 1         | calibration non-members are 1; at least 12",
                "/calibration/nonMembers | 2147483647 | calibration.cuts[0].bound is",
                "/calibration/nonMembers | 1.5       | calibration.nonMembers is 1.5; an integer",
                "/calibration/nonMembers | 1600      | calibration.cuts[0].bound is",
                "/calibration/cuts    | []           | cuts are 0",
                "/calibration/cuts/3/score | -7      | cut 3 is -7.0; finite and above",
                "/calibration/cuts/3/bound | 0.5     | calibration.cuts[3].bound is 0.5;",
                "/calibration/cuts/3/nonMembersAtOrAbove | 1400 | at or above cut 3 are 1400; above 0 and below 1050",
                "/calibration/cuts/3/nominalRate | 0.9 | nominal rate 3 is 0.9",
                "/calibration/memberCounts | [1, 2]  | member counts are 2",
                "/calibration/memberCounts/0 | -1    | calibration.memberCounts[0] is -1",
                "/calibration/evidence | []          | evidence rows are 0",
                "/calibration/evidence/0/logEvidence/0 | 0.5 | evidence row member-share-0.05",
                "/calibration/evidence/3/logEvidence/12 | 9 | evidence row member-share-1.0 has mean",
                "/calibration/histogram/low | 5      | histogram goes from 5.0",
                "/provenance/date     | \"soon\"     | provenance.date: Text 'soon'",
                "/provenance/seed     | 1.5          | provenance.seed is 1.5; an integer of 64 bits",
                "/evaluation/auc      | 1.5          | AUC is 1.5; 0 to 1",
                "/evaluation          | 7            | evaluation is 7; an object needed",
                "/surprise            | 1            | surprise is unknown; the known ones here are [calibration,",
                "/model/surprise      | 1            | model.surprise is unknown"
            })
    void a_wrong_field_is_named_with_its_value(String pointer, String value, String message) throws IOException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(golden());
        replace(root, pointer, MAPPER.readTree(value));
        String json = root.toString().replace("\"Infinity\"", "1e999");

        assertThatThrownBy(() -> ModelFile.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void every_field_is_required_but_the_figures_a_small_sample_lacks() throws IOException {
        for (String pointer :
                List.of("/format", "/model", "/model/bias", "/calibration/histogram", "/provenance/seed")) {
            ObjectNode root = (ObjectNode) MAPPER.readTree(golden());
            int slash = pointer.lastIndexOf('/');
            ((ObjectNode) root.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));

            assertThatThrownBy(() -> ModelFile.read(root.toString().getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining(pointer.substring(1).replace('/', '.') + " is missing");
        }
        ObjectNode root = (ObjectNode) MAPPER.readTree(golden());
        ((ObjectNode) root.get("evaluation")).remove("tprAt0.1Percent");
        assertThat(ModelFile.read(root.toString().getBytes(StandardCharsets.UTF_8))
                        .evaluation()
                        .tprAt01Percent())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "{", "[]", "null", "{\"format\": NaN}", "{\"a\": 1, \"a\": 2}", "{} {}", "{'a': 1}"})
    void what_is_no_json_object_is_refused(String text) {
        assertThatThrownBy(() -> ModelFile.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class);
    }

    @Test
    void a_bomb_is_refused(@TempDir Path folder) throws IOException {
        byte[] deep = "[".repeat(ModelFile.MAX_BYTES).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ModelFile.read(deep)).isInstanceOf(ModelFileException.class);
        Path large = Files.write(folder.resolve("large.json"), new byte[ModelFile.MAX_BYTES + 1]);
        assertThatThrownBy(() -> ModelFile.read(large))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("large.json: model file is over 4194304 bytes");
    }

    private static void replace(ObjectNode root, String pointer, JsonNode value) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }
}
