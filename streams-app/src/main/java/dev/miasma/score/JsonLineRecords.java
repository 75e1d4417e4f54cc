// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records of a file of JSON lines: objects with {@code features}, as events have them, or bare arrays. */
final class JsonLineRecords implements TrainingRecords {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    JsonLineRecords(Path file) {
        this.file = file;
    }

    @Override
    public void each(Sink sink) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    sink.take(number, features(number, line));
                }
            }
        }
    }

    private byte[] features(long number, String line) throws IOException {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            // Jackson's own message quotes the record.
            throw new TrainingFilterException(file, "line " + number + " is not JSON that can be read");
        }
        JsonNode features = node.isObject() ? node.path("features") : node;
        if (features.isMissingNode() || features.isNull() || !(node.isObject() || node.isArray())) {
            throw new TrainingFilterException(
                    file, "line " + number + " is neither an array nor an object with features");
        }
        return MAPPER.writeValueAsBytes(features);
    }
}
