// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Files of this repository, by their path from its root. */
final class Repository {
    private static final Path ROOT = Path.of("..");
    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>miasma-parent</artifactId>\\s*<version>([^<]+)<");

    private Repository() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The files of a folder whose names end so, by name. */
    static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(file(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** The version in the root pom. */
    static String version() {
        Matcher version = VERSION.matcher(text("pom.xml"));
        if (!version.find()) {
            throw new IllegalStateException("pom.xml has no version");
        }
        return version.group(1);
    }

    /** A property of the root pom. */
    static String property(String name) {
        Matcher property =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(text("pom.xml"));
        if (!property.find()) {
            throw new IllegalStateException("pom.xml has no property " + name);
        }
        return property.group(1);
    }

    static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    static JsonNode yaml(Path file) {
        return read(YAML, file);
    }

    static JsonNode json(Path file) {
        return read(JSON, file);
    }

    /** The elements of an array, or the values of an object. */
    static Stream<JsonNode> each(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
