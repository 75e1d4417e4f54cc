// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.ConfigSources;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.operations.Compose.Mount;
import dev.miasma.operations.Compose.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every service of docker-compose.yml: what each must have, and that whatever it names is there. */
class ComposeTest {
    private static final List<String> CONDITIONS = List.of("service_healthy", "service_completed_successfully");

    private final Compose compose = new Compose();

    ComposeTest() throws IOException {}

    static Stream<Service> services() throws IOException {
        return new Compose().services().values().stream();
    }

    static Stream<Service> ofMiasma() throws IOException {
        return services().filter(service -> service.image().startsWith("miasma:"));
    }

    @Test
    void the_stack_has_everything_from_the_broker_to_the_dashboards() {
        assertThat(compose.services().keySet())
                .containsExactlyInAnyOrder(
                        "prepare", "kafka", "topics", "monitor", "simulator", "prometheus", "alertmanager", "grafana");
        assertThat(compose.services().values())
                .filteredOn(service -> service.json().has("profiles"))
                .extracting(Service::name)
                .containsExactly("simulator");
    }

    @ParameterizedTest
    @MethodSource("services")
    void an_image_has_an_exact_version(Service service) {
        assertThat(service.image()).matches("[a-z/]+:v?\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_has_no_right_it_does_not_need(Service service) {
        assertThat(service.json().path("read_only").asBoolean()).isTrue();
        assertThat(Repository.each(service.json().path("cap_drop")))
                .map(Object::toString)
                .containsExactly("\"ALL\"");
        assertThat(service.json().at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
        for (String right : List.of("privileged", "cap_add", "devices", "pid", "ipc", "user")) {
            assertThat(service.json().has(right)).as(right).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_has_limits(Service service) {
        var limits = service.json().at("/deploy/resources/limits");

        assertThat(limits.path("cpus").asDouble()).isBetween(0.1, 2.0);
        assertThat(limits.path("memory").asText()).matches("\\d+[mg]");
        assertThat(limits.path("pids").asInt()).isPositive();
        assertThat(service.json().at("/logging/options/max-size").asText()).isEqualTo("10m");
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_seen_only_on_this_machine(Service service) {
        assertThat(Repository.each(service.json().path("ports")))
                .allMatch(
                        port -> port.asText().matches("127\\.0\\.0\\.1:(\\d+):\\1"),
                        "on loopback, with the same number");
        assertThat(service.json().path("network_mode").asText("none")).isEqualTo("none");
        assertThat(compose.names("networks")).containsAll(service.networks());
    }

    @Test
    void no_port_is_given_twice() {
        assertThat(compose.services().values().stream()
                        .flatMap(service -> Repository.each(service.json().path("ports")))
                        .map(port -> port.asText()))
                .hasSize(5)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_either_ends_or_has_a_health_check_and_is_started_again(Service service) {
        if (service.endsByItself()) {
            assertThat(service.json().at("/healthcheck/test").isMissingNode()).isTrue();
        } else {
            assertThat(service.json().path("restart").asText()).isEqualTo("unless-stopped");
            assertThat(service.json().at("/healthcheck/test/0").asText()).startsWith("CMD");
            for (String part : List.of("interval", "timeout", "retries", "start_period")) {
                assertThat(service.json().path("healthcheck").has(part))
                        .as(part)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_waits_for_others_until_they_are_of_use(Service service) {
        service.waitsFor().forEach((other, condition) -> {
            assertThat(condition).isIn(CONDITIONS);
            assertThat(condition.equals("service_completed_successfully"))
                    .as("%s ends by itself", other)
                    .isEqualTo(compose.service(other).endsByItself());
            assertThat(compose.service(other).json().has("profiles"))
                    .as("%s is there without a profile", other)
                    .isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void what_is_mounted_is_there(Service service) {
        for (Mount mount : service.mounts()) {
            if (mount.isFile()) {
                assertThat(Repository.file(mount.source())).exists();
                assertThat(mount.readOnly())
                        .as("%s is read-only", mount.source())
                        .isTrue();
            } else {
                assertThat(compose.names("volumes")).contains(mount.source());
            }
        }
    }

    @Test
    void every_volume_is_written_by_one_service_and_used() {
        assertThat(compose.names("volumes")).allSatisfy(volume -> {
            List<Service> writers = compose.services().values().stream()
                    .filter(service -> service.mounts().stream()
                            .anyMatch(mount -> mount.source().equals(volume) && !mount.readOnly()))
                    .toList();
            assertThat(writers).hasSize(1);
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void who_reads_what_another_prepares_waits_for_it(Service service) {
        if (!service.name().equals("prepare")
                && service.mounts().stream().anyMatch(mount -> mount.source().equals("secrets"))) {
            assertThat(service.waitsFor().keySet()).containsAnyOf("prepare", "monitor");
        }
    }

    @ParameterizedTest
    @MethodSource("ofMiasma")
    void the_image_is_built_from_the_dockerfile_of_this_version(Service service) {
        assertThat(service.image()).isEqualTo("miasma:" + Repository.version());
        assertThat(service.json().at("/build/context").asText()).isEqualTo(".");
        assertThat(service.json().at("/build/dockerfile").asText()).isEqualTo("src/docker/Dockerfile");
    }

    @ParameterizedTest
    @MethodSource("ofMiasma")
    void native_code_can_be_unpacked_and_run(Service service) {
        assertThat(service.json().at("/tmpfs/0").asText()).startsWith("/tmp:exec,");
    }

    @ParameterizedTest
    @MethodSource("ofMiasma")
    void the_environment_has_only_keys_that_the_monitor_knows(Service service) {
        Map<String, String> environment = service.environment();

        MiasmaConfig config = MiasmaConfig.of(ConfigSources.collect(null, environment, List.of()));

        assertThat(config).isNotNull();
        assertThat(environment.keySet()).allMatch(name -> name.startsWith("MIASMA_"));
    }
}
