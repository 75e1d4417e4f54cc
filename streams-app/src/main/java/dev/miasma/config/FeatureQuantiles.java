// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Quantiles of each feature of an array of numbers, from the smallest to the largest value in equal steps of the rank.
 * They are numbers of real records, so their file is to be kept like these.
 */
public final class FeatureQuantiles {
    private static final String FORMAT = "miasma-feature-quantiles";
    private static final int VERSION = 1;
    private static final long MAX_BYTES = 256L << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final long records;
    private final float[][] edges;

    /**
     * @param records how many records they were taken of, at least 1
     * @param edges per feature at least two values, finite and never falling; none for a feature without quantiles
     * @throws IllegalArgumentException if they are not so
     */
    public FeatureQuantiles(long records, float[][] edges) {
        if (records < 1) {
            throw new IllegalArgumentException("records is " + records + ": must be at least 1");
        }
        if (edges.length == 0) {
            throw new IllegalArgumentException("features is empty: at least one is needed");
        }
        this.records = records;
        this.edges = new float[edges.length][];
        for (int i = 0; i < edges.length; i++) {
            requireOrdered(i, edges[i]);
            this.edges[i] = edges[i].clone();
        }
    }

    private static void requireOrdered(int feature, float[] values) {
        if (values.length == 1) {
            throw new IllegalArgumentException(
                    "features[" + feature + "] has 1 quantile: none or at least 2 are needed");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i]) || (i > 0 && values[i] < values[i - 1])) {
                throw new IllegalArgumentException("features[" + feature + "][" + i + "] is " + values[i]
                        + ": must be finite and not below the one before");
            }
        }
    }

    /** Features of a vector. */
    public int length() {
        return edges.length;
    }

    /**
     * The rank of a value among the values of its feature.
     *
     * @param feature index of the feature
     * @param value any number
     * @return the share of values below it, half of the equal ones among them, in [0, 1]; NaN where the feature has no
     *     quantiles or the value is not a number
     */
    public double rank(int feature, float value) {
        float[] values = edges[feature];
        if (values.length == 0 || Float.isNaN(value)) {
            return Double.NaN;
        }
        int below = firstNotBelow(values, value);
        int last = values.length - 1;
        if (below > last) {
            return 1;
        }
        if (values[below] > value) {
            double before = below == 0 ? value : values[below - 1];
            double part = below == 0 ? 0 : (value - before) / (values[below] - before);
            return Math.max(0, (below - 1 + part) / last);
        }
        int end = below;
        while (end < last && values[end + 1] == value) {
            end++;
        }
        return (below + end) / 2.0 / last;
    }

    private static int firstNotBelow(float[] values, float value) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Reads the file of {@link #write}.
     *
     * @throws ConfigException naming the file and what is wrong with it
     */
    public static FeatureQuantiles read(Path file) {
        String where = ConfigKey.FEATURES_QUANTILES_FILE + ": '" + file + "' ";
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(where + "has more than " + MAX_BYTES + " bytes");
            }
            return of(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            // Jackson's own message quotes the values.
            throw new ConfigException(where + "is not JSON that can be read");
        } catch (IOException e) {
            throw new ConfigException(ConfigKey.FEATURES_QUANTILES_FILE + ": cannot read '" + file + "' ("
                    + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            throw new ConfigException(where + "cannot be used: " + e.getMessage());
        }
    }

    private static FeatureQuantiles of(JsonNode root) {
        if (!root.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException("its format is not " + FORMAT);
        }
        if (root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException(
                    "its version is " + root.path("version") + ": this release reads " + VERSION);
        }
        JsonNode features = root.path("features");
        if (!features.isArray()) {
            throw new IllegalArgumentException("features must be an array of arrays of numbers");
        }
        float[][] edges = new float[features.size()][];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = numbers(i, features.get(i));
        }
        return new FeatureQuantiles(root.path("records").asLong(), edges);
    }

    private static float[] numbers(int feature, JsonNode values) {
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!values.isArray() || !values.get(i).isNumber()) {
                throw new IllegalArgumentException("features[" + feature + "] must be an array of numbers");
            }
            numbers[i] = values.get(i).floatValue();
        }
        return numbers;
    }

    /**
     * Writes the file.
     *
     * @throws IOException if that fails
     */
    public void write(Path file) throws IOException {
        ObjectNode root = MAPPER.createObjectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("records", records);
        ArrayNode features = root.putArray("features");
        for (float[] values : edges) {
            ArrayNode numbers = features.addArray();
            for (float value : values) {
                numbers.add(value);
            }
        }
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }
}
