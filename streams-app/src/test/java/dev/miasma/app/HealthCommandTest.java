// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.HttpSettings;
import dev.miasma.serve.Health;
import dev.miasma.serve.MonitorServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCommandTest {
    private Health live = Health.good("stream is RUNNING");
    private Health ready = Health.good("stream is RUNNING");

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private MonitorServer server;

    @BeforeEach
    void a_monitor_serves_and_wants_a_token() {
        HttpSettings settings =
                new HttpSettings("127.0.0.1", 0, "a token of sixteen", Duration.ofSeconds(60), Duration.ofSeconds(120));
        server = MonitorServer.start(
                settings, accept -> new MonitorServer.Page("", "text/plain"), () -> live, () -> ready);
    }

    @AfterEach
    void it_stops() {
        server.close();
    }

    private CommandLineRun health(String host, int port, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("health", "--set", "http.host=" + host, "--set", "http.port=" + port));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0"})
    void is_zero_where_the_monitor_is_ready_and_wants_no_token(String host) {
        CommandLineRun run = health(host, server.port());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsExactly("ready: stream is RUNNING");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void is_one_where_it_is_not_ready_and_says_why() {
        ready = Health.bad("stream is REBALANCING for longer than PT2M");

        CommandLineRun run = health("127.0.0.1", server.port());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).containsExactly("miasma: not ready: stream is REBALANCING for longer than PT2M");
    }

    @Test
    void tells_live_from_ready() {
        live = Health.bad("stream is ERROR");

        assertThat(health("127.0.0.1", server.port()).exitCode()).isZero();
        assertThat(health("127.0.0.1", server.port(), "--live").exitCode()).isEqualTo(1);
    }

    @Test
    void is_one_where_nobody_answers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        CommandLineRun run = health("127.0.0.1", free);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().contains("127.0.0.1:" + free, "does not answer");
    }

    @Test
    void gives_one_object_with_json_also_where_it_is_not_ready() throws IOException {
        ready = Health.bad("stream is CREATED");

        CommandLineRun run = health("127.0.0.1", server.port(), "--json");

        JsonNode object = new JsonMapper().readTree(String.join("\n", run.out()));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(object.path("ready").asBoolean(true)).isFalse();
        assertThat(object.path("status").asInt()).isEqualTo(503);
        assertThat(object.path("detail").asText()).isEqualTo("stream is CREATED");
    }

    @Test
    void refuses_a_port_that_nobody_knows() {
        CommandLineRun run = health("127.0.0.1", 0);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().startsWith("miasma: http.port=0 is any free port");
    }

    @Test
    void refuses_a_time_that_is_none() {
        CommandLineRun run = health("127.0.0.1", server.port(), "--timeout", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().getFirst()).isEqualTo("--timeout is 0: must be 1 to 3600 seconds");
    }
}
