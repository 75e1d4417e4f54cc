// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.miasma.fixtures.DockerEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * docker-compose.yml with its simulator, and the image it builds. It downloads images and takes minutes, so it runs with
 * {@code -Dkafka=container} only, and where a Docker engine answers.
 */
class ContainersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final JsonMapper JSON = new JsonMapper();

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static ComposeContainer stack;

    @BeforeAll
    static void the_stack_runs_with_its_simulator() throws IOException {
        if (!"container".equals(System.getProperty("kafka"))) {
            DockerEngine.skip("the stack of docker-compose.yml is only run with -Dkafka=container");
        }
        DockerEngine.require("The stack of docker-compose.yml");
        stack = new ComposeContainer(
                        "miasma-it", Repository.file("docker-compose.yml").toFile())
                .withEnv("COMPOSE_PROFILES", "simulator")
                .withBuild(true)
                .withRemoveVolumes(true)
                .withStartupTimeout(PATIENCE);
        stack.start();
    }

    @AfterAll
    static void it_goes() {
        if (stack != null) {
            stack.stop();
        }
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static ContainerState container(String service) {
        return stack.getContainerByServiceName(service).orElseThrow();
    }

    @Test
    void simulated_probers_are_alerts_in_prometheus_and_alertmanager() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    JsonNode rules = JSON.readTree(
                                    get("http://127.0.0.1:9090/api/v1/alerts").body())
                            .at("/data/alerts");
                    assertThat(Repository.each(rules))
                            .anyMatch(alert ->
                                    alert.at("/labels/alertname").asText().equals("MiasmaProbeSuspected")
                                            && alert.path("state").asText().equals("firing"));
                    JsonNode told = JSON.readTree(
                            get("http://127.0.0.1:9093/api/v2/alerts").body());
                    assertThat(Repository.each(told))
                            .anyMatch(alert ->
                                    alert.at("/labels/alertname").asText().equals("MiasmaProbeSuspected"));
                });
    }

    @Test
    void grafana_shows_the_dashboards_to_whoever_sits_here_and_reaches_prometheus() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(get("http://127.0.0.1:3000/api/dashboards/uid/miasma-probing")
                                    .statusCode())
                            .isEqualTo(200);
                    assertThat(
                                    get("http://127.0.0.1:3000/api/datasources/proxy/uid/miasma-prometheus/api/v1/query?query=up%7Bjob%3D%22miasma%22%7D%3D%3D1")
                                            .body())
                            .contains("monitor:9404");
                });
    }

    @Test
    void metrics_want_the_token_and_health_does_not() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(get("http://127.0.0.1:9404/health/ready").statusCode())
                            .isEqualTo(200);
                    assertThat(get("http://127.0.0.1:9404/metrics").statusCode())
                            .isEqualTo(401);
                });
    }

    @Test
    void long_lived_services_become_healthy_and_the_others_end_well() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    for (String service : List.of("kafka", "monitor", "prometheus", "alertmanager", "grafana")) {
                        assertThat(container(service).isHealthy()).as(service).isTrue();
                    }
                    for (String job : List.of("prepare", "topics")) {
                        var state = container(job).getCurrentContainerInfo().getState();
                        assertThat(state.getExitCodeLong()).as(job).isZero();
                    }
                });
    }

    @Test
    void the_image_needs_no_right_to_write_and_no_root() {
        try (GenericContainer<?> image =
                new GenericContainer<>(DockerImageName.parse("miasma:" + Repository.version()))) {
            image.withCommand("simulate", "--queries", "10", "--output", "-")
                    .withCreateContainerCmdModifier(command -> {
                        HostConfig host = command.getHostConfig() == null ? new HostConfig() : command.getHostConfig();
                        command.withHostConfig(host.withReadonlyRootfs(true)
                                .withCapDrop(Capability.ALL)
                                .withSecurityOpts(List.of("no-new-privileges:true"))
                                .withTmpFs(Map.of("/tmp", "exec,mode=1777,size=256m")));
                    })
                    .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(2)))
                    .start();

            assertThat(image.getLogs()).contains("\"endpoint\":\"drill\"");
            assertThat(image.getContainerInfo().getConfig().getUser()).isEqualTo("10001:10001");
        }
    }
}
