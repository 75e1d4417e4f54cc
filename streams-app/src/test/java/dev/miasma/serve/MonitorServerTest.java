// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.config.ConfigException;
import dev.miasma.config.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private Health live = Health.good("all well");
    private MonitorServer server = start("");

    private MonitorServer start(String token) {
        return MonitorServer.start(
                settings("127.0.0.1", 0, token),
                accept -> new MonitorServer.Page("metric 1\n", accept.isEmpty() ? "text/plain" : accept),
                () -> live,
                () -> Health.bad("not yet"));
    }

    private static HttpSettings settings(String host, int port, String token) {
        return new HttpSettings(host, port, token, Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    @BeforeEach
    void restart() {
        server.close();
        server = start("");
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void serves_metrics_in_the_format_asked_for() throws Exception {
        HttpResponse<String> response = send("GET", "/metrics", "Accept", "application/openmetrics-text");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("metric 1\n");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/openmetrics-text");
        assertThat(server.metricsUrl()).isEqualTo("http://127.0.0.1:" + server.port() + "/metrics");
    }

    @Test
    void health_is_200_or_503_and_says_why() throws Exception {
        assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/health/ready").statusCode()).isEqualTo(503);
        assertThat(send("GET", "/health/ready").body()).isEqualTo("not yet\n");

        live = Health.bad("stuck");

        assertThat(send("GET", "/health/live").statusCode()).isEqualTo(503);
        assertThat(send("GET", "/health/live").body()).isEqualTo("stuck\n");
    }

    @Test
    void is_read_only() throws Exception {
        assertThat(send("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/health/live").statusCode()).isEqualTo(405);
        assertThat(send("HEAD", "/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void knows_no_other_page() throws Exception {
        assertThat(send("GET", "/").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/etc/passwd").statusCode()).isEqualTo(404);
    }

    @Test
    void metrics_want_the_token_and_health_does_not() throws Exception {
        server.close();
        server = start("secret");

        assertThat(send("GET", "/metrics").statusCode()).isEqualTo(401);
        assertThat(send("GET", "/metrics", "Authorization", "Bearer secre").statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "/metrics", "Authorization", "Bearer secret").statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void refuses_to_serve_beyond_loopback_without_a_token() {
        assertThatThrownBy(() -> MonitorServer.start(
                        settings("0.0.0.0", 0, ""), accept -> new MonitorServer.Page("", ""), () -> live, () -> live))
                .isInstanceOf(ConfigException.class)
                .hasMessage("http.host=0.0.0.0 is beyond loopback and wants a bearer token: set http.token.file");
    }

    @Test
    void a_server_that_never_answered_anyone_can_be_closed() {
        MonitorServer bound = MonitorServer.bind(settings("127.0.0.1", 0, ""));
        int port = bound.port();

        bound.close();

        MonitorServer again = MonitorServer.bind(settings("127.0.0.1", port, ""));
        assertThat(again.port()).isEqualTo(port);
        again.close();
    }

    @Test
    void tells_others_the_address_bound_or_the_one_that_is_advertised() {
        HttpSettings plain = settings("127.0.0.1", 0, "");
        HttpSettings named = new HttpSettings(
                "127.0.0.1", 0, "", plain.stall(), plain.rebalanceGrace(), "monitor-1:9404", true, null);
        MonitorServer bound = MonitorServer.bind(named);

        assertThat(bound.advertised()).isEqualTo("monitor-1:9404");
        assertThat(server.advertised()).isEqualTo("127.0.0.1:" + server.port());
        bound.close();
    }

    @Test
    void says_so_when_the_port_is_taken() {
        assertThatThrownBy(() -> MonitorServer.start(
                        settings("127.0.0.1", server.port(), ""),
                        accept -> new MonitorServer.Page("", ""),
                        () -> live,
                        () -> live))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot serve on 127.0.0.1:" + server.port())
                .hasMessageContaining("http.port");
    }
}
