// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.posterior.PosteriorView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks and attacks per class in model files; everything else is in {@link ModelFileTest}. */
class ModelFileKindsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static byte[] golden(String kind) throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelFileKindsTest.class.getResourceAsStream(kind + "-v1.json"))) {
            return in.readAllBytes();
        }
    }

    private static CalibratedAttack example(String kind) {
        return AttackKinds.calibrated(kind.equals("network") ? AttackKinds.network() : AttackKinds.perClass());
    }

    @ParameterizedTest
    @ValueSource(strings = {"network", "per-class"})
    void a_file_of_version_1_is_read_and_written_byte_for_byte(String kind) throws IOException {
        CalibratedAttack read = ModelFile.read(golden(kind));

        assertThat(ModelFile.toJson(read)).isEqualTo(new String(golden(kind), StandardCharsets.UTF_8));
        assertThat(ModelFile.toJson(example(kind))).isEqualTo(ModelFile.toJson(read));
        assertThat(read.model().kind()).isEqualTo(kind);
        PosteriorView view = new PosteriorView();
        for (int c = -1; c < 3; c++) {
            view.set(new double[] {.1, .7, .2}, 3, c);
            assertThat(read.model().score(view)).isEqualTo(example(kind).model().score(view));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network   | /model/activation       | \"step\"      | activation is 'step'; tanh or relu",
                "network   | /model/hidden           | []            | hidden units are 0",
                "network   | /model/hidden/0/weights | [1]           | hidden[0] has 1 weights",
                "network   | /model/hidden/1/bias    | 1e300         | hidden[1].bias is 1.0E300; within",
                "network   | /model/hidden/1/output  | \"x\"         | model.hidden[1].output is \"x\"",
                "network   | /model/hidden/1/extra   | 1             | model.hidden[1].extra is unknown",
                "network   | /model/features/0       | \"top-2\"     | none twice",
                "per-class | /model/classes/1/class  | 0             | model.classes[1].class is 0; above 0",
                "per-class | /model/classes/1/class  | 10000         | classes are 0 to 10000",
                "per-class | /model/classes/0/kind   | \"per-class\" | model.classes[0].kind is 'per-class'",
                "per-class | /model/fallback/kind    | \"per-class\" | model.fallback.kind is 'per-class'",
                "per-class | /model/fallback         | 7             | model.fallback is 7; an object",
                "per-class | /model/fallback/extra   | 7             | model.fallback.extra is unknown",
                "per-class | /model/threshold        | 0             | model.threshold is unknown"
            })
    void a_wrong_field_is_named_with_its_value(String kind, String pointer, String value, String message)
            throws IOException {
        JsonNode root = MAPPER.readTree(golden(kind));
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), MAPPER.readTree(value));
        } else {
            ((ObjectNode) parent).set(name, MAPPER.readTree(value));
        }

        assertThatThrownBy(() -> ModelFile.read(root.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }
}
