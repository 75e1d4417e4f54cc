// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The instructions of src/docker/Dockerfile, each on one line. */
final class Dockerfile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PAIR = Pattern.compile("([\\w.]+)=(\"[^\"]*\"|\\S+)");

    private final List<Instruction> all = new ArrayList<>();

    /** An instruction: its word, the rest of the line, and the number of its stage, from 0. */
    record Instruction(int stage, String word, String rest) {
        /** The words of the exec form. */
        List<String> words() {
            try {
                return Repository.each(JSON.readTree(rest.substring(rest.indexOf('['))))
                        .map(JsonNode::asText)
                        .toList();
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(word + " is not in exec form: " + rest, e);
            }
        }
    }

    Dockerfile() throws IOException {
        String text = Files.readString(Repository.file("src/docker/Dockerfile"))
                .replaceAll("(?m)^\\s*#.*\\R", "")
                .replaceAll("\\\\\\R\\s*", " ");
        int stage = -1;
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            String[] parts = line.strip().split("\\s+", 2);
            if (parts[0].equals("FROM")) {
                stage++;
            }
            all.add(new Instruction(stage, parts[0], parts[1]));
        }
    }

    /** The instructions with this word in all stages. */
    List<Instruction> all(String word) {
        return all.stream()
                .filter(instruction -> instruction.word().equals(word))
                .toList();
    }

    /** The instructions with this word in the last stage, which is the image. */
    List<Instruction> image(String word) {
        int last = all.getLast().stage();
        return all(word).stream()
                .filter(instruction -> instruction.stage() == last)
                .toList();
    }

    /** The pairs of name and value that instructions of a word give the image: ENV, LABEL, ARG. */
    Map<String, String> pairs(String word) {
        return image(word).stream()
                .flatMap(instruction -> PAIR.matcher(instruction.rest()).results())
                .collect(Collectors.toMap(
                        (MatchResult pair) -> pair.group(1),
                        pair -> pair.group(2).replace("\"", "")));
    }
}
