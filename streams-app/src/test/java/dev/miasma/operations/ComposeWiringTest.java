// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.ConfigSources;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.operations.Compose.Mount;
import dev.miasma.operations.Compose.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the services of docker-compose.yml find each other: who asks where, with which file, and who answers there. */
class ComposeWiringTest {
    private final Compose compose = new Compose();
    private final Dockerfile dockerfile = new Dockerfile();
    private final Service kafka = compose.service("kafka");
    private final Service monitor = compose.service("monitor");
    private final Service simulator = compose.service("simulator");
    private final Service prometheus = compose.service("prometheus");
    private final Service grafana = compose.service("grafana");
    private final JsonNode scraping = Repository.yaml(Repository.file("src/docker/prometheus.yml"));

    ComposeWiringTest() throws IOException {}

    private MiasmaConfig config(Service service) {
        Map<String, String> environment = new HashMap<>(dockerfile.pairs("ENV"));
        environment.putAll(service.environment());
        return MiasmaConfig.of(ConfigSources.collect(null, environment, List.of()));
    }

    /** The names of a comma-separated list of listeners, with the ports. */
    private Map<String, Integer> listeners(String variable) {
        return Pattern.compile("(\\w+)://[^:]*:(\\d+)")
                .matcher(kafka.environment().getOrDefault(variable, ""))
                .results()
                .collect(Collectors.toMap(
                        (MatchResult listener) -> listener.group(1), listener -> Integer.parseInt(listener.group(2))));
    }

    @Test
    void the_clients_of_kafka_ask_where_it_listens_for_them() {
        String address = "kafka:" + listeners("KAFKA_LISTENERS").get("INTERNAL");

        assertThat(kafka.environment().get("KAFKA_ADVERTISED_LISTENERS")).contains("INTERNAL://" + address);
        assertThat(config(monitor).bootstrapServers()).containsExactly(address);
        assertThat(config(simulator).bootstrapServers()).containsExactly(address);
        assertThat(compose.service("topics").words()).containsSequence("--bootstrap-server", address);
        assertThat(kafka.words().getLast()).endsWith("--bootstrap-server " + address);
        for (Service client : List.of(monitor, simulator, compose.service("topics"))) {
            assertThat(client.networks()).containsAnyElementsOf(kafka.networks());
        }
    }

    @Test
    void kafka_tells_clients_on_this_machine_the_port_it_is_published_on() {
        int port = listeners("KAFKA_LISTENERS").getOrDefault("HOST", 0);

        assertThat(kafka.environment().get("KAFKA_ADVERTISED_LISTENERS")).endsWith("HOST://127.0.0.1:" + port);
        assertThat(kafka.json().at("/ports/0").asText()).isEqualTo("127.0.0.1:" + port + ":" + port);
        assertThat(kafka.environment().get("KAFKA_CONTROLLER_QUORUM_VOTERS"))
                .isEqualTo(kafka.environment().get("KAFKA_NODE_ID") + "@localhost:"
                        + listeners("KAFKA_LISTENERS").get("CONTROLLER"));
        assertThat(listeners("KAFKA_LISTENERS").keySet())
                .allMatch(name -> kafka.environment()
                        .getOrDefault("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "")
                        .contains(name + ":"));
    }

    @Test
    void kafka_is_of_the_version_that_the_monitor_is_built_with_and_keeps_its_log_in_a_volume() {
        assertThat(kafka.image()).isEqualTo("apache/kafka:" + Repository.property("kafka.version"));
        assertThat(kafka.mountOf(kafka.environment().getOrDefault("KAFKA_LOG_DIRS", "none"))
                        .source())
                .isEqualTo("kafka");
    }

    @Test
    void the_topic_that_is_made_is_the_one_that_is_read_and_written() {
        List<String> words = compose.service("topics").words();
        String topic = words.get(words.indexOf("--topic") + 1);

        assertThat(config(monitor).input().topics()).containsExactly(topic);
        assertThat(config(simulator).input().topics()).containsExactly(topic);
    }

    @Test
    void the_monitor_has_its_key_token_models_and_state_where_it_looks_for_them() {
        MiasmaConfig config = config(monitor);

        assertThat(monitor.mountOf(config.string(ConfigKey.IDENTITY_KEY_FILE)).source())
                .isEqualTo("secrets");
        assertThat(monitor.mountOf(config.string(ConfigKey.HTTP_TOKEN_FILE)).source())
                .isEqualTo("secrets");
        assertThat(monitor.mountOf(config.string(ConfigKey.MODELS_DIR)).source())
                .isEqualTo("models");
        assertThat(monitor.mountOf(config.string(ConfigKey.STATE_DIR)))
                .isEqualTo(new Mount("state", config.string(ConfigKey.STATE_DIR), false));
        assertThat(config(simulator).string(ConfigKey.IDENTITY_KEY_FILE))
                .isEqualTo(config.string(ConfigKey.IDENTITY_KEY_FILE));
    }

    @Test
    void every_secret_that_is_read_is_made_before() {
        String prepare = Repository.text("src/docker/prepare");
        Set<String> made = Pattern.compile("(?m)^secret ([\\w-]+) 0[0-7]{3}$")
                .matcher(prepare)
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        Set<String> read = Stream.of(
                        fileName(config(monitor).string(ConfigKey.IDENTITY_KEY_FILE)),
                        fileName(config(monitor).string(ConfigKey.HTTP_TOKEN_FILE)),
                        fileName(credentials()),
                        fileName(grafana.environment().getOrDefault("GF_SECURITY_ADMIN_PASSWORD__FILE", "none")))
                .collect(Collectors.toSet());

        assertThat(read).isEqualTo(made);
        assertThat(compose.service("prepare").words()).containsExactly("/bin/sh", "/opt/miasma/prepare");
        assertThat(compose.service("prepare").mounts())
                .contains(
                        new Mount("./src/docker/prepare", "/opt/miasma/prepare", true),
                        new Mount("secrets", "/var/lib/miasma/secrets", false),
                        new Mount("models", config(monitor).string(ConfigKey.MODELS_DIR), false));
        assertThat(prepare)
                .contains(
                        "SECRETS=/var/lib/miasma/secrets",
                        "--save-model " + config(monitor).string(ConfigKey.MODELS_DIR));
        assertThat(Repository.file("src/docker/prepare")).isExecutable();
    }

    private static String fileName(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }

    private String credentials() {
        return scraping.at("/scrape_configs/0/authorization/credentials_file").asText();
    }

    @Test
    void prometheus_asks_the_monitor_with_its_token_where_it_serves() {
        assertThat(scraping.at("/scrape_configs/0/static_configs/0/targets/0").asText())
                .isEqualTo("monitor:" + config(monitor).integer(ConfigKey.HTTP_PORT));
        assertThat(config(monitor).string(ConfigKey.HTTP_HOST)).isEqualTo("0.0.0.0");
        assertThat(fileName(credentials())).isEqualTo(fileName(config(monitor).string(ConfigKey.HTTP_TOKEN_FILE)));
        assertThat(prometheus.mountOf(credentials()).source())
                .isEqualTo(monitor.mountOf(config(monitor).string(ConfigKey.HTTP_TOKEN_FILE))
                        .source());
        assertThat(prometheus.networks()).containsAnyElementsOf(monitor.networks());
        assertThat(monitor.json().at("/ports/0").asText())
                .endsWith(":" + config(monitor).integer(ConfigKey.HTTP_PORT));
    }

    @Test
    void prometheus_has_the_configuration_of_the_repository_but_for_addresses_and_token() {
        ObjectNode usual = Repository.yaml(Repository.file("src/prometheus/prometheus.yml"))
                .deepCopy();
        ObjectNode job = (ObjectNode) usual.at("/scrape_configs/0");
        job.set("authorization", scraping.at("/scrape_configs/0/authorization"));
        setOnly(usual.at("/scrape_configs/0/static_configs/0/targets"), "monitor:9404");
        setOnly(usual.at("/alerting/alertmanagers/0/static_configs/0/targets"), "alertmanager:9093");

        assertThat(scraping).isEqualTo(usual);
        assertThat(prometheus.words()).contains("--config.file=/etc/prometheus/prometheus.yml");
        assertThat(prometheus.mountOf("/etc/prometheus/prometheus.yml").source())
                .isEqualTo("./src/docker/prometheus.yml");
        assertThat(prometheus.mountOf("/etc/prometheus/rules/alerts.yml").source())
                .isEqualTo("./src/prometheus/rules");
    }

    private static void setOnly(JsonNode array, String value) {
        ((ArrayNode) array).removeAll().add(value);
    }

    @Test
    void alertmanager_has_the_routes_of_the_repository_and_tells_nobody_outside() {
        JsonNode usual = Repository.yaml(Repository.file("src/alertmanager/alertmanager.yml"));
        JsonNode here = Repository.yaml(Repository.file("src/docker/alertmanager.yml"));
        Service alertmanager = compose.service("alertmanager");

        assertThat(here.path("route")).isEqualTo(usual.path("route"));
        assertThat(here.path("inhibit_rules")).isEqualTo(usual.path("inhibit_rules"));
        assertThat(Repository.each(here.path("receivers")))
                .allMatch(receiver -> receiver.size() == 1, "a name and no address")
                .extracting(receiver -> receiver.path("name").asText())
                .containsExactlyElementsOf(Repository.each(usual.path("receivers"))
                        .map(receiver -> receiver.path("name").asText())
                        .toList());
        assertThat(alertmanager.words()).contains("--config.file=/etc/alertmanager/alertmanager.yml");
        assertThat(alertmanager.mountOf("/etc/alertmanager/alertmanager.yml").source())
                .isEqualTo("./src/docker/alertmanager.yml");
        assertThat(alertmanager
                        .mountOf("/etc/alertmanager/templates/miasma.tmpl")
                        .source())
                .isEqualTo("./src/alertmanager/templates");
        assertThat(alertmanager.networks()).containsAnyElementsOf(prometheus.networks());
    }

    @Test
    void grafana_has_the_data_source_of_the_repository_at_another_address() {
        JsonNode usual = Repository.yaml(Repository.file("grafana/provisioning/datasources/prometheus.yml"));
        JsonNode here = Repository.yaml(Repository.file("src/docker/grafana-datasources.yml"));
        ObjectNode expected = usual.at("/datasources/0").deepCopy();

        assertThat(here.at("/datasources/0")).isEqualTo(expected.put("url", "http://prometheus:9090"));
        assertThat(grafana.mountOf("/etc/grafana/provisioning/datasources/miasma.yml")
                        .source())
                .isEqualTo("./src/docker/grafana-datasources.yml");
    }

    @Test
    void whoever_grafana_asks_is_a_service_that_listens_there() {
        JsonNode sources = Repository.yaml(Repository.file("src/docker/grafana-datasources.yml"))
                .path("datasources");

        assertThat(Repository.each(sources)
                        .map(source -> URI.create(source.path("url").asText())))
                .hasSize(2)
                .allSatisfy(address -> {
                    Service asked = compose.service(address.getHost());
                    assertThat(asked.json().at("/ports/0").asText()).endsWith(":" + address.getPort());
                    assertThat(asked.words().getLast()).contains("127.0.0.1:" + address.getPort() + "/");
                    assertThat(grafana.networks()).containsAnyElementsOf(asked.networks());
                });
    }

    @Test
    void grafana_finds_the_dashboards_where_its_provider_looks() {
        JsonNode provider = Repository.yaml(Repository.file("grafana/provisioning/dashboards/miasma.yml"));
        String folder = provider.at("/providers/0/options/path").asText();
        String home = grafana.environment().getOrDefault("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH", "none");

        assertThat(grafana.mountOf(folder)).isEqualTo(new Mount("./grafana/dashboards", folder, true));
        assertThat(grafana.mountOf("/etc/grafana/provisioning/dashboards").source())
                .isEqualTo("./grafana/provisioning/dashboards");
        assertThat(Path.of(home)).hasParentRaw(Path.of(folder));
        assertThat(Repository.file("grafana/dashboards").resolve(fileName(home)))
                .exists();
    }

    @Test
    void the_monitors_health_check_is_the_images_but_asks_for_ready() {
        List<String> check = Repository.each(monitor.json().at("/healthcheck/test"))
                .map(JsonNode::asText)
                .skip(1)
                .toList();
        List<String> image = dockerfile.image("HEALTHCHECK").getFirst().words();

        assertThat(check).isEqualTo(image.subList(0, image.size() - 1));
        assertThat(image.getLast()).isEqualTo("--live");
    }
}
