// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files: of one folder of the class path, and of nowhere else. */
class StaticFilesTest {
    private final ServedApi api = new ServedApi();
    private final StaticFiles files = new StaticFiles("/console-for-tests/");

    @AfterEach
    void stop() {
        api.close();
    }

    private static Request request(String segment, String ifNoneMatch) {
        Map<String, String> headers = Map.of("If-None-Match", ifNoneMatch);
        return new Request(segment, Query.parse(null, null), name -> headers.getOrDefault(name, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "page.css, text/css; charset=utf-8",
        "page.js, text/javascript; charset=utf-8",
        "mark.svg, image/svg+xml"
    })
    void serves_the_files_of_the_folder_with_their_types(String name, String contentType) {
        Reply reply = files.asset(request(name, ""));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo(contentType);
        assertThat(reply.body()).isNotEmpty();
        assertThat(reply.headers()).containsEntry("Cache-Control", "no-cache");
    }

    @Test
    void an_unchanged_file_is_not_sent_again() {
        String tag = files.index(request("", "")).headers().get("ETag");

        assertThat(files.index(request("", String.valueOf(tag))).status()).isEqualTo(304);
        assertThat(files.index(request("", "\"another\"")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/..%2F..%2Flog4j2.xml",
                "/assets/../log4j2.xml",
                "/assets/%2e%2e/log4j2.xml",
                "/assets/..%5clog4j2.xml",
                "/assets/.hidden.css",
                "/assets/index.html",
                "/assets/schema%2Falert.schema.json",
                "/assets/a.css%00.js",
                "/assets/a.css/",
                "/assets/",
                "/assets/UPPER.css",
                "/assets/none.css",
                "//etc/passwd",
                "/..;/etc/passwd"
            })
    void no_path_leads_out_of_the_folder(String path) throws Exception {
        assertThat(statusOf(path)).isEqualTo(404);
    }

    /** Sent as it is: the JDK's client would tidy it up. */
    private int statusOf(String path) throws IOException {
        URI address = api.uri("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(lines.readLine().split(" ")[1]);
        }
    }

    @Test
    void serves_the_description_of_the_api() throws Exception {
        ServedApi.Answer answer = api.get("/openapi.yaml");
        ServedApi.Answer again = api.get("/openapi.yaml", "If-None-Match", answer.header("ETag"));

        assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(answer.response().body()).startsWith("openapi: 3.1.0");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
    }
}
