// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.posterior.PosteriorView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to a model file, reading it gives a usable model or a {@link ModelFileException}. */
class ModelFileFuzzTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Property(tries = 1500, seed = "20261122")
    void damaged_bytes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int edits) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = golden(random);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "0123456789-.eE[]{},:\"".charAt(random.nextInt(21));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> {
                    int length = Math.min(random.nextInt(200), bytes.length - at);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
            }
        }
        assertUsableOrRefused(bytes);
    }

    @Property(tries = 1500, seed = "20261122")
    void changed_structure(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int edits) throws IOException {
        Random random = new Random(seed);
        JsonNode root = MAPPER.readTree(golden(random));
        for (int i = 0; i < edits; i++) {
            mutate(root, random);
        }
        assertUsableOrRefused(root.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] golden(Random random) throws IOException {
        return switch (random.nextInt(4)) {
            case 0 -> ModelFileTest.golden();
            case 3 -> ModelFile.toJson(ModelFileTest.transferred()).getBytes(StandardCharsets.UTF_8);
            case 1 -> ModelFileKindsTest.golden("network");
            default -> ModelFileKindsTest.golden("per-class");
        };
    }

    private static void assertUsableOrRefused(byte[] bytes) {
        CalibratedAttack attack;
        try {
            attack = ModelFile.read(bytes);
        } catch (ModelFileException e) {
            assertThat(e).message().isNotBlank();
            return;
        }
        double score = attack.model().score(new PosteriorView().set(new double[] {.1, .2, .7}));
        assertThat(score).isFinite();
        assertThat(attack.calibration().bin(score))
                .isBetween(0, attack.calibration().bins() - 1);
        assertThat(ModelFile.toJson(ModelFile.read(ModelFile.toJson(attack).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(ModelFile.toJson(attack));
    }

    private static void mutate(JsonNode root, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        JsonNode value = odd(containers, random);
        if (chosen instanceof ArrayNode array) {
            switch (array.isEmpty() ? 0 : random.nextInt(3)) {
                case 0 -> array.insert(random.nextInt(array.size() + 1), value);
                case 1 -> array.remove(random.nextInt(array.size()));
                default -> array.set(random.nextInt(array.size()), value);
            }
        } else if (chosen instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
            switch (random.nextInt(3)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", value);
                default -> object.set(name, value);
            }
        }
    }

    private static JsonNode odd(List<JsonNode> containers, Random random) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(9)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(-1);
            case 2 -> nodes.numberNode(Integer.MAX_VALUE);
            case 3 -> nodes.numberNode(random.nextDouble());
            case 4 -> nodes.numberNode(1e300);
            case 5 -> nodes.textNode("x");
            case 6 -> nodes.numberNode(Long.MIN_VALUE);
            case 7 -> nodes.booleanNode(true);
            default -> containers.get(random.nextInt(containers.size())).deepCopy();
        };
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
