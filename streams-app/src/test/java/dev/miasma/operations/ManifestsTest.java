// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.ConfigSources;
import dev.miasma.config.MiasmaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of src/deploy: whether Kubernetes would take them, and whether they fit each other and the monitor. */
class ManifestsTest {
    private static final String SELECTOR = "/spec/selector/matchLabels";

    private final JsonNode set = only("StatefulSet");
    private final JsonNode pod = set.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");

    private static JsonNode only(String kind) {
        try {
            return all().filter(manifest -> manifest.path("kind").asText().equals(kind))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<JsonNode> all() throws IOException {
        return Stream.concat(Manifests.in("base").stream(), Manifests.in("monitoring").stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_manifest_has_only_fields_that_its_kind_has(JsonNode manifest) throws IOException {
        assertThat(Manifests.read(manifest)).isNotNull();
        assertThat(manifest.at("/metadata/labels/app.kubernetes.io~1name").asText())
                .isEqualTo("miasma");
        assertThat(manifest.at("/metadata/namespace").isMissingNode())
                .as("the overlay says which namespace")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "StatefulSet, /spec, podManagmentPolicy",
        "StatefulSet, /spec/template/spec/containers/0/livenessProbe, failureTreshold",
        "StatefulSet, /spec/template/spec/securityContext, runAsNonroot",
        "ServiceMonitor, /spec/endpoints/0/authorization, credential",
        "PrometheusRule, /spec/groups/0/rules/0, runbook",
        "NetworkPolicy, /spec/ingress/0, form"
    })
    void a_misspelt_field_is_found(String kind, String place, String field) {
        JsonNode manifest = only(kind).deepCopy();
        ((ObjectNode) manifest.at(place)).put(field, "1");

        assertThatThrownBy(() -> Manifests.read(manifest))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("\"" + field + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "example"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kubectl is run by its plain name")
    void kustomize_renders_what_kubernetes_takes(String overlay) throws Exception {
        List<JsonNode> rendered = Manifests.of(Kubectl.kustomize("src/deploy/" + overlay));

        assertThat(rendered).hasSizeGreaterThanOrEqualTo(7);
        for (JsonNode manifest : rendered) {
            assertThat(Manifests.read(manifest)).isNotNull();
        }
        assertThat(rendered.stream().map(Object::toString)).noneMatch(text -> text.contains("\"image\":\"miasma\""));
    }

    @Test
    void selectors_select_the_pods() throws IOException {
        JsonNode labels = set.at("/spec/template/metadata/labels");

        assertThat(set.at(SELECTOR)).isEqualTo(labels);
        assertThat(only("PodDisruptionBudget").at(SELECTOR)).isEqualTo(labels);
        assertThat(only("NetworkPolicy").at("/spec/podSelector/matchLabels")).isEqualTo(labels);
        assertThat(Repository.each(pod.path("topologySpreadConstraints")))
                .hasSize(2)
                .allMatch(spread -> spread.at("/labelSelector/matchLabels").equals(labels));
        assertThat(services())
                .hasSize(2)
                .allMatch(service -> service.at("/spec/selector").equals(labels));
    }

    private static List<JsonNode> services() throws IOException {
        return all().filter(manifest -> manifest.path("kind").asText().equals("Service"))
                .toList();
    }

    @Test
    void the_set_has_a_headless_service_and_prometheus_finds_the_other_alone() throws IOException {
        JsonNode monitor = only("ServiceMonitor");
        Map<Boolean, List<JsonNode>> services = services().stream()
                .collect(Collectors.partitioningBy(
                        service -> service.at("/metadata/labels").equals(monitor.at(SELECTOR))));

        assertThat(services.get(true))
                .singleElement()
                .satisfies(found -> assertThat(found.at("/spec/ports/0/name").asText())
                        .isEqualTo(monitor.at("/spec/endpoints/0/port").asText()));
        assertThat(services.get(false)).singleElement().satisfies(headless -> {
            assertThat(headless.at("/metadata/name")).isEqualTo(set.at("/spec/serviceName"));
            assertThat(headless.at("/spec/clusterIP").asText()).isEqualTo("None");
        });
    }

    @Test
    void the_job_is_called_as_the_rules_want() {
        JsonNode monitor = only("ServiceMonitor");

        assertThat(monitor.at("/spec/jobLabel").asText()).isEqualTo("app.kubernetes.io/name");
        assertThat(Repository.text("src/prometheus/rules/alerts.yml")).contains("job=\"miasma\"");
        assertThat(monitor.at("/spec/endpoints/0/interval").asText())
                .isEqualTo(Repository.yaml(Repository.file("src/prometheus/prometheus.yml"))
                        .at("/global/scrape_interval")
                        .asText());
    }

    @Test
    void a_pod_has_no_right_it_does_not_need() {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(only("ServiceAccount").path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(pod.path("serviceAccountName"))
                .isEqualTo(only("ServiceAccount").at("/metadata/name"));
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory")).isEqualTo(container.at("/resources/requests/memory"));
    }

    @Test
    void a_pod_runs_as_the_user_of_the_image_on_its_port_and_folders() throws IOException {
        Dockerfile dockerfile = new Dockerfile();
        Map<String, String> image = dockerfile.pairs("ENV");
        JsonNode security = pod.path("securityContext");

        assertThat(security.path("runAsUser").asInt() + ":"
                        + security.path("runAsGroup").asInt())
                .isEqualTo(dockerfile.image("USER").getFirst().rest());
        assertThat(security.path("fsGroup")).isEqualTo(security.path("runAsGroup"));
        assertThat(container.at("/ports/0/containerPort").asText()).isEqualTo(image.get("MIASMA_HTTP_PORT"));
        assertThat(mounts()).contains("/tmp", image.get("MIASMA_STATE_DIR"), image.get("MIASMA_MODELS_DIR"));
    }

    private List<String> mounts() {
        return Repository.each(container.path("volumeMounts"))
                .map(mount -> mount.path("mountPath").asText())
                .toList();
    }

    @Test
    void every_mount_has_a_volume() {
        Stream<JsonNode> volumes = Stream.concat(
                Repository.each(pod.path("volumes")).map(volume -> volume.path("name")),
                Repository.each(set.at("/spec/volumeClaimTemplates")).map(claim -> claim.at("/metadata/name")));

        assertThat(Repository.each(container.path("volumeMounts")).map(mount -> mount.path("name")))
                .containsExactlyInAnyOrderElementsOf(volumes.toList());
    }

    @ParameterizedTest
    @CsvSource({"startupProbe, /health/ready", "livenessProbe, /health/live", "readinessProbe, /health/ready"})
    void probes_ask_for_the_pages_of_health(String probe, String page) {
        assertThat(container.path(probe).at("/httpGet/path").asText()).isEqualTo(page);
        assertThat(container.path(probe).at("/httpGet/port")).isEqualTo(container.at("/ports/0/name"));
    }

    @Test
    void a_restore_has_half_an_hour_and_the_end_more_than_the_monitor_takes() {
        JsonNode startup = container.path("startupProbe");

        assertThat(startup.path("periodSeconds").asInt()
                        * startup.path("failureThreshold").asInt())
                .isGreaterThanOrEqualTo(1800);
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(20 + 10);
    }

    @Test
    void the_pods_name_is_the_instances_id() {
        JsonNode variable = container.at("/env/0");

        assertThat(ConfigSources.collect(null, Map.of(variable.path("name").asText(), "miasma-0"), List.of()))
                .containsEntry(ConfigKey.INSTANCE_ID, "miasma-0");
        assertThat(variable.at("/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("metadata.name");
        assertThat(container.path("env")).hasSize(1);
        assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "example"})
    void the_configuration_is_what_the_monitor_knows_and_names_files_that_are_mounted(String overlay) {
        Path file = Repository.file("src/deploy/" + overlay + "/miasma.properties");
        MiasmaConfig config = MiasmaConfig.of(ConfigSources.collect(file, Map.of(), List.of()));
        String secrets =
                mounts().stream().filter("/run/miasma"::equals).findFirst().orElseThrow();

        assertThat(config.string(ConfigKey.IDENTITY_KEY_FILE)).isEqualTo(secrets + "/identity-key");
        assertThat(config.string(ConfigKey.HTTP_TOKEN_FILE))
                .isEqualTo(secrets + "/"
                        + only("ServiceMonitor")
                                .at("/spec/endpoints/0/authorization/credentials/key")
                                .asText());
        assertThat(pod.at("/volumes/1/secret/secretName"))
                .isEqualTo(only("ServiceMonitor").at("/spec/endpoints/0/authorization/credentials/name"));
        assertThat(Repository.each(container.path("args")).map(JsonNode::asText))
                .containsExactly("run", "--config", "/etc/miasma/miasma.properties");
        assertThat(Repository.each(only("NetworkPolicy").at("/spec/egress/1/ports"))
                        .map(port -> port.path("port").asText()))
                .contains(config.bootstrapServers().getFirst().replaceAll(".*:", ""));
    }

    @Test
    void kafka_reads_user_and_password_from_the_file_that_the_example_names(@TempDir Path folder) throws IOException {
        Path secret =
                Files.writeString(folder.resolve("kafka.properties"), "sasl.jaas.config=scram user and password\n");
        Path copy = Files.writeString(
                folder.resolve("miasma.properties"),
                Repository.text("src/deploy/example/miasma.properties")
                        .replace("/run/miasma/kafka.properties", secret.toString()));
        MiasmaConfig config = MiasmaConfig.of(ConfigSources.collect(copy, Map.of(), List.of()));
        var settings = new HashMap<String, @Nullable Object>(config.kafka());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());

        Password read = new AdminClientConfig(settings).getPassword("sasl.jaas.config");

        assertThat(read.value()).isEqualTo("scram user and password");
    }

    @Test
    void prometheus_rules_are_those_of_the_repository() throws IOException {
        List<JsonNode> groups = Manifests.in("monitoring").stream()
                .filter(manifest -> manifest.path("kind").asText().equals("PrometheusRule"))
                .flatMap(manifest -> Repository.each(manifest.at("/spec/groups")))
                .toList();
        List<JsonNode> rules = Repository.files("src/prometheus/rules", ".yml").stream()
                .flatMap(file -> Repository.each(Repository.yaml(file).path("groups")))
                .toList();

        assertThat(groups).as("run src/scripts/deploy-rules").isEqualTo(rules);
    }

    @Test
    void every_dashboard_is_a_config_map() throws IOException {
        JsonNode generator =
                Repository.yaml(Repository.file("grafana/kustomization.yaml")).path("configMapGenerator");

        assertThat(Repository.each(generator).map(map -> map.at("/files/0").asText()))
                .containsExactlyElementsOf(Repository.files("grafana/dashboards", ".json").stream()
                        .map(file -> "dashboards/" + file.getFileName())
                        .toList());
    }
}
