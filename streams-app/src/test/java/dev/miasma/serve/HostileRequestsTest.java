// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Requests that no client sends in good faith, as bytes on a socket: whatever they are, the server refuses or answers them,
 * never fails on one, and goes on to answer others.
 */
class HostileRequestsTest {
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 ([0-9]{3}) ");
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_MILLIS = 20_000;

    /** The server closes a connection whose request it cannot read, without a word. */
    private static final int NO_ANSWER = 0;

    private static final List<Integer> REFUSALS_OR_ANSWERS =
            List.of(NO_ANSWER, 200, 400, 404, 405, 413, 414, 421, 431, 501);

    @SuppressWarnings("NullAway.Init") // Set before all properties.
    private static ServedApi api;

    @BeforeContainer
    static void start() {
        api = new ServedApi();
        api.add("abc", "high", 4);
    }

    @AfterContainer
    static void stop() {
        api.close();
    }

    @Provide
    static Arbitrary<String> targets() {
        Arbitrary<String> paths = Arbitraries.of(
                "/api/v1/clients",
                "/api/v1/clients/abc",
                "/api/v1/clients/",
                "/api/v1/endpoints",
                "/api/v1/alerts",
                "/api/v1/alerts/1",
                "/api/v1/models",
                "/api/v1/topology",
                "/api/v1/status",
                "/openapi.yaml",
                "/metrics",
                "/",
                "/../../etc/passwd",
                "//host/x",
                "http://elsewhere/api/v1/clients",
                "*",
                "");
        Arbitrary<String> names = Arbitraries.of(
                "limit", "cursor", "band", "endpoint", "q", "scope", "level", "severity", "", "%00", "limit[]");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.of(
                        "-1",
                        "9".repeat(5_000),
                        "1e9",
                        "NaN",
                        "%",
                        "%2",
                        "%zz",
                        "%ff%fe",
                        "%00",
                        "%0d%0aSet-Cookie:a",
                        "..%2f..%2f",
                        "W10",
                        "W1tbW1tbW1tbW10",
                        "W".repeat(2_049),
                        "\u202e",
                        "%ed%a0%80"));
        Arbitrary<String> queries = Combinators.combine(names, values)
                .as((name, value) -> name + "=" + value)
                .list()
                .ofMaxSize(4)
                .map(pairs -> pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
        return Combinators.combine(paths, queries).as(String::concat);
    }

    @Provide
    static Arbitrary<String> headers() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "Host: localhost\r\n",
                        "Host: evil.example\r\n",
                        "Host: \r\n",
                        "Host: localhost\r\nHost: evil.example\r\n",
                        "Host: localhost\r\nAuthorization: Bearer " + "x".repeat(10_000) + "\r\n",
                        "Host: localhost\r\nContent-Length: -5\r\n",
                        "Host: localhost\r\nContent-Length: 99999999999999999999\r\n",
                        "Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                        "Host: localhost\r\nAccept: */*;q=\u0000\r\n",
                        "Host: localhost\r\nAccept-Encoding: " + "gzip,".repeat(2_000) + "\r\n",
                        "Host: localhost\r\nIf-None-Match: \"" + "a".repeat(5_000) + "\"\r\n",
                        "Host: localhost\r\n : nothing\r\n",
                        "Host: localhost\r\nno colon\r\n",
                        "Host: localhost\r\n" + "X-Flood: 1\r\n".repeat(3_000),
                        "Host: localhost\r\nX-Long: " + "y".repeat(500_000) + "\r\n"),
                Arbitraries.strings().ofMaxLength(60).map(text -> "Host: localhost\r\nX-Any: " + text + "\r\n"));
    }

    @Property(tries = 400, seed = "20261122")
    void are_refused_or_answered_and_never_an_error(
            @ForAll("methods") String method, @ForAll("targets") String target, @ForAll("headers") String headers)
            throws Exception {
        int status = status(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n");

        assertThat(status).isIn(REFUSALS_OR_ANSWERS);
        assertThat(api.get("/api/v1/status").status()).isEqualTo(200);
    }

    @Provide
    static Arbitrary<String> methods() {
        return Arbitraries.of("GET", "HEAD", "POST", "TRACE", "get", "", "G\u0000T", "PRI * HTTP/2.0\r\n\r\nSM");
    }

    @Property(tries = 200, seed = "20261122")
    void bytes_that_are_no_request_end_their_connection_alone(@ForAll byte[] bytes) throws Exception {
        int status = status(new String(bytes, StandardCharsets.ISO_8859_1) + "\r\n\r\n");

        assertThat(status).isIn(REFUSALS_OR_ANSWERS);
        assertThat(api.get("/api/v1/status").status()).isEqualTo(200);
    }

    @Example
    void a_good_request_of_the_same_make_is_answered() throws Exception {
        assertThat(status("GET /api/v1/status HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n"))
                .isEqualTo(200);
    }

    /** What the server says to a request; {@link #NO_ANSWER} if it closes the connection or cannot be written to. */
    private static int status(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), api.uri("/").getPort())) {
            socket.setSoTimeout(MOST_MILLIS);
            byte[] answer;
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                answer = socket.getInputStream().readNBytes(MOST_BYTES);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                // Reset while the rest of a flood was on its way.
                return NO_ANSWER;
            }
            Matcher line = STATUS.matcher(new String(answer, StandardCharsets.ISO_8859_1));
            return line.find() ? Integer.parseInt(line.group(1)) : NO_ANSWER;
        }
    }
}
