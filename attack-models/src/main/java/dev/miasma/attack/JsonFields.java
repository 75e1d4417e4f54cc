// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object read strictly: each field is asked for by name and type, and {@link #close} refuses what was never
 * asked for. Every message starts with the field's path.
 */
final class JsonFields implements AutoCloseable {

    /** More elements than this in one array is no model of ours. */
    private static final int MOST_ELEMENTS = 10_000;

    private final String path;
    private final JsonNode node;
    private final Set<String> asked = new HashSet<>();

    JsonFields(String path, JsonNode node) {
        if (!node.isObject()) {
            throw new ModelFileException(
                    (path.isEmpty() ? "the file" : path) + " is " + shown(node) + "; an object needed");
        }
        this.path = path;
        this.node = node;
    }

    String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw wrong(name, value, "a string");
        }
        return value.textValue();
    }

    /** A string that a parser understands; its complaint becomes ours. */
    <T> T parsed(String name, Function<String, T> parser) {
        String text = text(name);
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            throw new ModelFileException(path(name) + ": " + e.getMessage(), e);
        }
    }

    int count(String name) {
        return count(path(name), required(name));
    }

    long integer(String name) {
        JsonNode value = required(name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw wrong(name, value, "an integer of 64 bits");
        }
        return value.longValue();
    }

    double number(String name) {
        return number(path(name), required(name));
    }

    OptionalDouble optionalNumber(String name) {
        asked.add(name);
        JsonNode value = node.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(number(path(name), value));
    }

    double[] numbers(String name) {
        JsonNode array = array(name);
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(path(name) + "[" + i + "]", array.get(i));
        }
        return values;
    }

    int[] counts(String name) {
        JsonNode array = array(name);
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = count(path(name) + "[" + i + "]", array.get(i));
        }
        return values;
    }

    List<String> texts(String name) {
        JsonNode array = array(name);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode value = array.get(i);
            if (!value.isTextual()) {
                throw new ModelFileException(path(name) + "[" + i + "] is " + shown(value) + "; a string needed");
            }
            values.add(value.textValue());
        }
        return values;
    }

    JsonFields object(String name) {
        return new JsonFields(path(name), required(name));
    }

    List<JsonFields> objects(String name) {
        JsonNode array = array(name);
        List<JsonFields> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            values.add(new JsonFields(path(name) + "[" + i + "]", array.get(i)));
        }
        return values;
    }

    /** The objects of an array; none where it is absent. */
    List<JsonFields> optionalObjects(String name) {
        asked.add(name);
        return node.has(name) ? objects(name) : List.of();
    }

    /** Refuses a field that wasn't asked for: a typing error or a file of another format. */
    @Override
    public void close() {
        node.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                throw new ModelFileException(path(shortened(name)) + " is unknown; the known ones here are "
                        + asked.stream().sorted().toList());
            }
        });
    }

    private JsonNode array(String name) {
        JsonNode value = required(name);
        if (!value.isArray() || value.size() > MOST_ELEMENTS) {
            throw wrong(name, value, "an array of at most " + MOST_ELEMENTS + " elements");
        }
        return value;
    }

    private JsonNode required(String name) {
        asked.add(name);
        @Nullable JsonNode value = node.get(name);
        if (value == null) {
            throw new ModelFileException(path(name) + " is missing");
        }
        return value;
    }

    private ModelFileException wrong(String name, JsonNode value, String needed) {
        return new ModelFileException(path(name) + " is " + shown(value) + "; " + needed + " needed");
    }

    /** The path of a field, as messages show it. */
    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static double number(String path, JsonNode value) {
        // 1e999 is legal JSON and reads as infinity.
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new ModelFileException(path + " is " + shown(value) + "; a finite number needed");
        }
        return value.doubleValue();
    }

    private static int count(String path, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new ModelFileException(
                    path + " is " + shown(value) + "; an integer from 0 to " + Integer.MAX_VALUE + " needed");
        }
        return value.intValue();
    }

    private static String shown(JsonNode value) {
        return value.isContainerNode()
                ? "an " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + " of " + value.size()
                : shortened(value.toString());
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
