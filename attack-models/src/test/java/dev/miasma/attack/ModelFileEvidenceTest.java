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

/** Model files whose evidence has a split of delta of its own, and older ones, which have none. */
class ModelFileEvidenceTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The model of the golden file. */
    static CalibratedAttack example() {
        CalibratedAttack attack = ModelFileTest.example();
        Random random = new Random(11);
        double[] out = random.doubles(1200).map(d -> 0.7 * d).toArray();
        double[] in = random.doubles(400).map(d -> 0.5 + 0.5 * d).toArray();
        double[] others = random.doubles(500).map(d -> 0.65 * d).toArray();
        return new CalibratedAttack(
                attack.model(),
                Calibration.of(out, in, 0.001, NullSource.NON_MEMBERS, others),
                attack.provenance(),
                attack.evaluation());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelFileEvidenceTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_file_with_shares_is_read_and_written_byte_for_byte() throws IOException {
        byte[] golden = resource("evidence-shares-v1.json");

        CalibratedAttack read = ModelFile.read(golden);

        assertThat(ModelFile.toJson(read)).isEqualTo(new String(golden, StandardCharsets.UTF_8));
        assertThat(ModelFile.toJson(example())).isEqualTo(ModelFile.toJson(read));
        assertThat(read.calibration().evidenceShares().orElseThrow())
                .containsExactly(example().calibration().evidenceShares().orElseThrow());
        assertThat(read.calibration().evidenceBounds())
                .containsExactly(example().calibration().evidenceBounds());
        assertThat(read.calibration().budgetGuaranteed()).isTrue();
    }

    /** Written before shares and before rows of evidence were made for each share of members by itself. */
    @Test
    void an_older_file_is_read_and_written_byte_for_byte() throws IOException {
        byte[] older = resource("older-evidence-v1.json");

        CalibratedAttack read = ModelFile.read(older);

        assertThat(ModelFile.toJson(read)).isEqualTo(new String(older, StandardCharsets.UTF_8));
        assertThat(read.calibration().evidenceShares()).isEmpty();
        assertThat(read.calibration().evidenceBounds())
                .containsExactly(read.calibration().bounds());
        assertThat(read.calibration().evidence().rows()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0    | evidence share of cut 0 is 0.0; above 0 and at most 1",
                "-1   | evidence share of cut 0 is -1.0; above 0",
                "0.5  | evidence shares add up to",
                "\"a\" | calibration.cuts[0].evidenceShare is",
                "null | calibration.cuts[0].evidenceShare is"
            })
    void a_wrong_share_is_named_with_its_value(String value, String message) throws IOException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(resource("evidence-shares-v1.json"));
        ((ObjectNode) root.at("/calibration/cuts/0")).set("evidenceShare", MAPPER.readTree(value));

        assertRefused(root, message);
    }

    @Test
    void shares_are_there_for_all_cuts_or_none_and_not_where_clients_give_the_bounds() throws IOException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(resource("evidence-shares-v1.json"));
        ((ObjectNode) root.at("/calibration/cuts/0")).remove("evidenceShare");
        ObjectNode traffic = (ObjectNode) MAPPER.readTree(resource("traffic-v1.json"));
        ((ObjectNode) traffic.at("/calibration/cuts/0")).put("evidenceShare", 0.5);

        assertRefused(root, "times an evidenceShare; all");
        assertRefused(traffic, "calibration.cuts[0].evidenceShare is unknown");
    }

    /** With another split of delta the bounds are others, and the evidence is too strong for them. */
    @Test
    void evidence_that_its_shares_do_not_bear_is_refused() throws IOException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(resource("evidence-shares-v1.json"));
        int cuts = root.at("/calibration/cuts").size();
        for (int j = 0; j < cuts; j++) {
            ((ObjectNode) root.at("/calibration/cuts/" + j)).put("evidenceShare", 1e-4);
        }

        assertRefused(root, "under the null; at most 1");
    }

    private static void assertRefused(ObjectNode root, String message) {
        assertThatThrownBy(() -> ModelFile.read(root.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }
}
