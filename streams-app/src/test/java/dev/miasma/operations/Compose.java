// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The services of docker-compose.yml, with anchors and merges resolved as compose resolves them. */
final class Compose {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode root;

    Compose() throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (Reader reader = Files.newBufferedReader(Repository.file("docker-compose.yml"))) {
            Object content = yaml.load(reader);
            root = JSON.valueToTree(content);
        }
    }

    /** A service and what it is given. */
    record Service(String name, JsonNode json) {
        String image() {
            return json.path("image").asText();
        }

        /** Whether it is to end by itself: those have no health. */
        boolean endsByItself() {
            return json.path("restart").asText().equals("no");
        }

        Map<String, String> environment() {
            return json.path("environment").properties().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().asText()));
        }

        List<Mount> mounts() {
            return Repository.each(json.path("volumes"))
                    .map(JsonNode::asText)
                    .map(Mount::of)
                    .toList();
        }

        /** The mount that a path inside of the container is in, the innermost where there are several. */
        Mount mountOf(String path) {
            return mounts().stream()
                    .filter(mount -> path.equals(mount.target()) || path.startsWith(mount.target() + "/"))
                    .reduce((one, other) ->
                            one.target().length() > other.target().length() ? one : other)
                    .orElseThrow(() -> new AssertionError(name + " has no mount for " + path));
        }

        /** The words of its entry point, command and health check. */
        List<String> words() {
            return Stream.of("/entrypoint", "/command", "/healthcheck/test")
                    .flatMap(part -> Repository.each(json.at(part)))
                    .map(JsonNode::asText)
                    .toList();
        }

        /** Other services it waits for, each with the condition. */
        Map<String, String> waitsFor() {
            return json.path("depends_on").properties().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> entry.getValue().path("condition").asText()));
        }

        List<String> networks() {
            return Repository.each(json.path("networks")).map(JsonNode::asText).toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A volume or file in a container: {@code source:target[:ro]}. */
    record Mount(String source, String target, boolean readOnly) {
        static Mount of(String text) {
            String[] parts = text.split(":", -1);
            return new Mount(parts[0], parts[1], parts.length > 2 && parts[2].equals("ro"));
        }

        boolean isFile() {
            return source.startsWith("./");
        }
    }

    Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        root.path("services")
                .properties()
                .forEach(entry -> services.put(entry.getKey(), new Service(entry.getKey(), entry.getValue())));
        return services;
    }

    Service service(String name) {
        Service service = services().get(name);
        if (service == null) {
            throw new AssertionError("docker-compose.yml has no service " + name);
        }
        return service;
    }

    /** Names below a top-level key: volumes, networks. */
    List<String> names(String key) {
        return root.path(key).properties().stream().map(Map.Entry::getKey).toList();
    }
}
