// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.posterior.PosteriorView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line: "posterior", an array of numbers; optionally "label", an integer, and "member", a truth value
 * or 1 or 0, on every line or on none. Other fields are refused: a mistyped one would silently weaken the audit.
 */
final class JsonLines {

    private static final Set<String> FIELDS = Set.of("posterior", "label", "member");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;
    private final List<double[]> posteriors = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final List<Boolean> members = new ArrayList<>();

    private JsonLines(Path path) {
        this.path = path;
    }

    static PosteriorTable read(Path path, boolean zipped) throws IOException {
        try (InputStream file = Files.newInputStream(path);
                InputStream text = zipped ? new GZIPInputStream(file) : file;
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            return new JsonLines(path).read(lines);
        }
    }

    private PosteriorTable read(BufferedReader lines) throws IOException {
        int number = 0;
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                add("line " + number, line);
            }
        }
        if (posteriors.isEmpty()) {
            throw new IOException(path + " has no rows; at least 1 needed");
        }
        if (!members.isEmpty() && members.size() < posteriors.size()) {
            throw new IOException(path + " has " + posteriors.size() + " rows, of which " + members.size()
                    + " have a field 'member'; all or none needed");
        }
        boolean[] flags = new boolean[members.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = members.get(i);
        }
        return new PosteriorTable(
                new PosteriorSet(
                        posteriors.toArray(double[][]::new),
                        labels.stream().mapToInt(Integer::intValue).toArray()),
                flags.length == 0 ? Optional.empty() : Optional.of(flags));
    }

    private void add(String row, String line) throws IOException {
        JsonNode object = object(row, line);
        for (var fields = object.fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            if (!FIELDS.contains(name)) {
                throw new IOException(
                        path + ", " + row + " has a field '" + name + "'; posterior, label and member are known");
            }
        }
        double[] posterior = posterior(row, object.path("posterior"));
        posteriors.add(posterior);
        JsonNode label = object.path("label");
        labels.add(
                label.isMissingNode() || label.isNull()
                        ? PosteriorView.UNKNOWN
                        : AnswerFiles.requireLabel(
                                path, row, number(row, "label", label, "an integer"), posterior.length));
        JsonNode member = object.path("member");
        if (!member.isMissingNode()) {
            members.add(member(row, member));
        }
    }

    private JsonNode object(String row, String line) throws IOException {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw new IOException(path + ", " + row + " is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IOException(path + ", " + row + " is " + node.getNodeType() + "; an object needed");
        }
        return node;
    }

    private double[] posterior(String row, JsonNode array) throws IOException {
        if (!array.isArray()) {
            throw new IOException(
                    path + ", " + row + ", posterior is " + array.getNodeType() + "; an array of probabilities needed");
        }
        double[] posterior = new double[array.size()];
        for (int i = 0; i < posterior.length; i++) {
            posterior[i] = number(row, "posterior[" + i + "]", array.get(i), "a number");
        }
        if (!posteriors.isEmpty() && posterior.length != posteriors.getFirst().length) {
            throw new IOException(path + ", " + row + " has " + posterior.length + " classes; "
                    + posteriors.getFirst().length + " needed, as the first row");
        }
        AnswerFiles.requireValid(path, row, posterior);
        return posterior;
    }

    private double number(String row, String name, JsonNode value, String needed) throws IOException {
        if (!value.isNumber()) {
            throw new IOException(path + ", " + row + ", " + name + " is " + value + "; " + needed + " needed");
        }
        return value.doubleValue();
    }

    private boolean member(String row, JsonNode value) throws IOException {
        return switch (value.toString()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new IOException(path + ", " + row + ", member is " + value + "; true, false, 1 or 0 needed");
        };
    }
}
