// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.config.ConfigException;
import dev.miasma.config.HttpSettings;
import dev.miasma.config.TlsSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, over what, and what every answer says to a browser. */
class AccessTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(
            strings = {"status", "clients", "clients/a", "endpoints", "alerts", "alerts/a", "models", "topology", "live"
            })
    void the_api_wants_the_token(String page) throws Exception {
        try (ServedApi api = new ServedApi("secret")) {
            ServedApi.Answer without = api.get("/api/v1/" + page);
            ServedApi.Answer wrong = api.get("/api/v1/" + page, "Authorization", "Bearer secreT");

            assertThat(without.status()).isEqualTo(401);
            assertThat(without.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(without.json().path("detail").asText()).isEqualTo("a bearer token is wanted");
            assertThat(wrong.status()).isEqualTo(401);
        }
    }

    @Test
    void with_the_token_it_answers() throws Exception {
        try (ServedApi api = new ServedApi("secret")) {
            assertThat(api.get("/api/v1/status", "Authorization", "Bearer secret")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi.yaml", "/health/live"})
    void pages_and_health_want_no_token(String path) throws Exception {
        try (ServedApi api = new ServedApi("secret")) {
            assertThat(api.get(path).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:9404, 200",
        "127.0.0.1, 200",
        "[::1]:9404, 200",
        "attacker.example, 421",
        "127.0.0.1.attacker.example:9404, 421"
    })
    void without_a_token_only_loopback_names_are_answered(String host, int status) throws Exception {
        try (ServedApi api = new ServedApi()) {
            assertThat(statusOf(api, host)).isEqualTo(status);
        }
    }

    /** The JDK's client does not let anyone set this header. */
    private static int statusOf(ServedApi api, String host) throws IOException {
        URI address = api.uri("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(lines.readLine().split(" ")[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/status", "/api/v1/clients/nobody", "/nothing", "/metrics", "/openapi.yaml"})
    void every_answer_tells_the_browser_to_trust_nothing_else(String path) throws Exception {
        try (ServedApi api = new ServedApi()) {
            ServedApi.Answer answer = api.get(path);

            assertThat(answer.header("Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).isIn("no-store", "no-cache");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void serves_https_and_asks_other_instances_over_it(@TempDir Path folder) throws Exception {
        TlsSettings tls = new TlsSettings(keystore(folder), "changeit");
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, "", MINUTE, MINUTE, "", true, tls);
        try (ServedApi one = new ServedApi(settings);
                ServedApi other = new ServedApi(settings);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(Tls.context(tls)).build()) {
            other.add("far", "high", 3);
            one.holders.add(other.self());

            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://" + one.self() + "/api/v1/clients/far"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"instance\":\"" + other.self() + "\"");
        }
    }

    @Test
    void refuses_a_keystore_that_cannot_be_used_and_keeps_its_password(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("keys.p12"), "no keys");
        TlsSettings tls = new TlsSettings(file, "a secret");

        assertThatThrownBy(
                        () -> MonitorServer.bind(new HttpSettings("127.0.0.1", 0, "", MINUTE, MINUTE, "", true, tls)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.tls.keystore is '" + file + "'")
                .hasMessageNotContaining("a secret");
        assertThat(tls.toString()).doesNotContain("a secret");
    }

    /** A self-signed certificate of the loopback address, as the JDK's own tool makes it. */
    private static Path keystore(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        @Nullable
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "monitor",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=monitor",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }
}
