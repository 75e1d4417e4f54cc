// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DatasetsCommandTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void lists_every_data_set_in_a_table() {
        int exitCode = run();

        assertThat(exitCode).isZero();
        assertThat(out.toString().lines())
                .hasSize(10)
                .first()
                .asString()
                .matches("name +records x features +classes +here +licence +source");
        assertThat(out.toString())
                .containsPattern("location +5,010 x 446 +30 +\\? \\(--data-dir\\) .* Foursquare")
                .containsPattern("purchase +197,324 x 600 +100 ")
                .containsPattern("news +18,846 x 134,410 +20 ");
    }

    @Test
    void says_what_is_not_there_and_what_is_corrupt() throws IOException {
        Files.writeString(Files.createDirectories(data.resolve("location")).resolve("bangkok"), "nonsense");

        run("--data-dir", data.toString());

        assertThat(out.toString().lines().filter(line -> line.contains(" not found ")))
                .hasSize(8);
        assertThat(out.toString()).containsPattern("location .* corrupt: .*bangkok isn't whole");
    }

    @Test
    void gives_one_json_array() throws IOException {
        run("--json", "--data-dir", data.toString());

        JsonNode array = new JsonMapper().readTree(out.toString());
        assertThat(array).hasSize(9);
        assertThat(array.get(0).get("name").asText()).isEqualTo("location");
        assertThat(array.get(0).get("state").asText()).isEqualTo("missing");
        assertThat(array.get(0).get("addresses").get(0).asText()).startsWith("https://");
    }

    @Test
    void fetch_wants_a_name_there_is() {
        assertThat(run("fetch", "imagenet", "--data-dir", data.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("NAME is imagenet: must be one of location, purchase");
    }

    @Test
    void fetch_wants_a_mirror_on_the_web() {
        assertThat(run("fetch", "adult", "--data-dir", data.toString(), "--mirror", "/tmp"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--mirror is /tmp: must begin with http:// or https://");
    }

    @Test
    void fetch_says_in_one_line_that_there_is_no_network() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        String mirror = "http://127.0.0.1:" + closed;

        CommandLineRun run =
                CommandLineRun.of("datasets", "fetch", "adult", "--data-dir", data.toString(), "--mirror", mirror);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .containsExactly(
                        "miasma: cannot reach 127.0.0.1:" + closed + ": is there a network? " + mirror + "/adult.data");
    }

    @Test
    void fetches_adult_and_finds_it_as_published() throws IOException {
        Path adult = SharedData.require("adult").resolve("adult");
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), adult.toRealPath(), OutputLevel.NONE);
        server.start();
        String mirror = "http://127.0.0.1:" + server.getAddress().getPort() + "/";

        CommandLineRun run =
                CommandLineRun.of("datasets", "fetch", "adult", "--data-dir", data.toString(), "--mirror", mirror);

        server.stop(0);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsExactly("Adult is in " + data.resolve("adult") + ": as published. Licence: CC BY 4.0.");
        assertThat(data.resolve("adult/adult.test")).hasSameBinaryContentAs(adult.resolve("adult.test"));
    }

    @Test
    void progress_is_one_line_on_a_terminal_and_nothing_elsewhere() {
        StringWriter terminal = new StringWriter();
        StringWriter file = new StringWriter();
        long[] nanos = {0};
        try (FetchView on = new FetchView(new PrintWriter(terminal), true, () -> nanos[0]);
                FetchView off = new FetchView(new PrintWriter(file), false, () -> nanos[0])) {
            for (long bytes = 0; bytes <= 4_000_000; bytes += 1_000_000) {
                on.arrived("x.gz", bytes, 4_000_000);
                off.arrived("x.gz", bytes, 4_000_000);
                nanos[0] += 150_000_000;
            }
        }

        assertThat(file.toString()).isEmpty();
        assertThat(terminal.toString())
                .contains("x.gz  [" + "#".repeat(15) + " ".repeat(15) + "]  50 %  2.0 of 4.0 MB")
                .doesNotContain("25 %")
                .endsWith("100 %  4.0 of 4.0 MB" + System.lineSeparator());
    }

    private int run(String... arguments) {
        return new CommandLine(new DatasetsCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
