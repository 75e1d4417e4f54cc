// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model files whose null comes from traffic. */
class ModelFileTrafficTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The model of the golden file. */
    private static CalibratedAttack example() {
        CalibratedAttack attack = ModelFileTest.example();
        Calibration calibration = TrafficCalibration.of(
                TrafficCalibrationTest.THREE_CUTS,
                TrafficCalibrationTest.clients(new Random(7), 300, 400),
                200,
                0.95,
                0.001);
        return new CalibratedAttack(attack.model(), calibration, attack.provenance(), attack.evaluation());
    }

    private static byte[] golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ModelFileTrafficTest.class.getResourceAsStream("traffic-v1.json"))) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_file_with_clients_is_read_and_written_byte_for_byte() throws IOException {
        CalibratedAttack read = ModelFile.read(golden());

        assertThat(ModelFile.toJson(read)).isEqualTo(new String(golden(), StandardCharsets.UTF_8));
        assertThat(ModelFile.toJson(example())).isEqualTo(ModelFile.toJson(read));
        Calibration calibration = read.calibration();
        assertThat(calibration.budgetGuaranteed()).isTrue();
        assertThat(calibration.traffic().orElseThrow().clients()).isEqualTo(300);
        assertThat(calibration.traffic().orElseThrow().leftOutPerCut(0.001)).isEqualTo(1);
        assertThat(calibration.bounds()).containsExactly(example().calibration().bounds());
    }

    @Test
    void a_file_of_one_sample_has_no_clients() throws IOException {
        assertThat(ModelFile.read(ModelFileTest.golden()).calibration().traffic())
                .isEmpty();
        ObjectNode root = (ObjectNode) MAPPER.readTree(golden());
        ((ObjectNode) root.at("/calibration")).put("source", "non-members");

        assertThatThrownBy(() -> ModelFile.read(root.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("clientAtOrAbove is unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/calibration/source                | \"other-data\" | calibration.cuts[0].clientAtOrAbove is unknown",
                "/calibration/traffic               | 7       | calibration.traffic is 7; an object",
                "/calibration/traffic/clients       | 0       | clients are 0 with at least 200 queries; at least 1",
                "/calibration/traffic/clients       | 5000    | clients are 5000 with at least 200 queries; together they",
                "/calibration/traffic/minQueries    | 500     | the client of cut 0 has",
                "/calibration/traffic/minQueries    | 0       | clients are 300 with at least 0 queries",
                "/calibration/traffic/clientQuantile | 0.5    | client quantile is 0.5; at least 0.9",
                "/calibration/traffic/clientQuantile | 1      | client quantile is 1.0",
                "/calibration/traffic/cutsTested    | 2       | cuts tested are 2; 3 to",
                "/calibration/traffic/cutsTested    | 14      | calibration.cuts[0].bound is",
                "/calibration/traffic/surprise      | 1       | calibration.traffic.surprise is unknown",
                "/calibration/cuts/1/clientAtOrAbove | 3      | calibration.cuts[1].bound is",
                "/calibration/cuts/1/clientAtOrAbove | 400    | the client of cut 1 has 400 of 400 queries",
                "/calibration/cuts/1/clientAtOrAbove | -1     | calibration.cuts[1].clientAtOrAbove is -1",
                "/calibration/cuts/1/clientQueries  | 100     | the client of cut 1 has",
                "/calibration/cuts/2/clientQueries  | 2000000 | all together have",
                "/calibration/cuts/2/bound          | 0.01    | calibration.cuts[2].bound is 0.01;",
                "/calibration/delta                 | 0.01    | calibration.cuts[0].bound is",
                "/calibration/evidence/0/logEvidence/3 | 9    | evidence row member-share-1.0 has mean"
            })
    void a_wrong_field_is_named_with_its_value(String pointer, String value, String message) throws IOException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(golden());
        int slash = pointer.lastIndexOf('/');
        var parent = root.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        if (parent instanceof com.fasterxml.jackson.databind.node.ArrayNode array) {
            array.set(Integer.parseInt(name), MAPPER.readTree(value));
        } else {
            ((ObjectNode) parent).set(name, MAPPER.readTree(value));
        }

        assertThatThrownBy(() -> ModelFile.read(root.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"traffic", "traffic/clients", "traffic/cutsTested", "cuts/0/clientAtOrAbove", "cuts/2/clientQueries"})
    void every_field_of_the_clients_is_required(String path) throws IOException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(golden());
        int slash = path.lastIndexOf('/');
        String parent = slash < 0 ? "/calibration" : "/calibration/" + path.substring(0, slash);
        String name = path.substring(slash + 1);
        ((ObjectNode) root.at(parent)).remove(name);

        assertThatThrownBy(() -> ModelFile.read(root.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(name + " is missing");
    }
}
