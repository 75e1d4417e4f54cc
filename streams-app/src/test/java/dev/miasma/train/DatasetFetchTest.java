// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.miasma.dataset.CatalogueEntry;
import dev.miasma.dataset.CsvDataset;
import dev.miasma.dataset.DatasetDownload;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on this machine. */
class DatasetFetchTest {
    private static final byte[] CONTENT =
            ("a,label\n" + "1,0\n2,1\n".repeat(100_000)).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path data;

    private final List<String> asked = new ArrayList<>();
    private final List<Long> heard = new ArrayList<>();
    private byte[] served = CONTENT;
    private boolean knowsRanges = true;
    private int breaksAfterBytes = Integer.MAX_VALUE;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/files/some.csv", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_data_set_is_downloaded_and_checked() throws Exception {
        DatasetStatus status = fetch();

        assertThat(status.state()).contains(DatasetStatus.State.FOUND);
        assertThat(data.resolve("some/some.csv")).hasBinaryContent(CONTENT);
        assertThat(data.resolve("some/some.csv.part")).doesNotExist();
        assertThat(asked).containsExactly("all");
        assertThat(heard).isSorted().startsWith(0L).endsWith((long) CONTENT.length);
    }

    @Test
    void what_is_there_is_not_asked_for() throws Exception {
        fetch();

        fetch();

        assertThat(asked).hasSize(1);
    }

    @Test
    void a_download_that_broke_goes_on_where_it_was() throws Exception {
        breaksAfterBytes = 300_000;
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageMatching("the connection to .* broke after [0-9]+ of 800008 bytes; call again.*");
        long arrived = Files.size(data.resolve("some/some.csv.part"));
        assertThat(arrived).isBetween(1L, 300_000L);
        breaksAfterBytes = Integer.MAX_VALUE;
        heard.clear();

        fetch();

        assertThat(asked).containsExactly("all", "bytes=" + arrived + "-");
        assertThat(heard).startsWith(arrived).endsWith((long) CONTENT.length);
        assertThat(data.resolve("some/some.csv")).hasBinaryContent(CONTENT);
    }

    @Test
    void a_server_without_ranges_sends_it_all_again() throws Exception {
        part(Arrays.copyOf(CONTENT, 1000));
        knowsRanges = false;

        fetch();

        assertThat(data.resolve("some/some.csv")).hasBinaryContent(CONTENT);
    }

    @Test
    void a_part_that_is_whole_is_only_checked() throws Exception {
        part(CONTENT);

        fetch();

        assertThat(asked).containsExactly("bytes=" + CONTENT.length + "-");
    }

    @Test
    void a_part_longer_than_the_file_is_begun_again() throws Exception {
        part(new byte[CONTENT.length + 5]);

        fetch();

        assertThat(asked).hasSize(2).endsWith("all");
        assertThat(data.resolve("some/some.csv")).hasBinaryContent(CONTENT);
    }

    @Test
    void another_content_is_refused_and_deleted() throws Exception {
        served = "something else".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "/files/some.csv has SHA-256 " + sha256(served) + "; " + sha256(CONTENT) + " expected");

        assertThat(data.resolve("some")).isEmptyDirectory();
    }

    @Test
    void another_answer_is_named() {
        assertThatThrownBy(() -> fetch(address("/files/none.csv"), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/files/none.csv answered 404; 200 expected");
    }

    @Test
    void no_network_is_said_in_one_line() {
        URI closed = address("/files/some.csv");
        server.stop(0);

        assertThatThrownBy(() -> fetch(closed, Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot reach " + closed.getAuthority() + ": is there a network?")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> fetch(URI.create("https://no-such-host.invalid/x"), Optional.empty()))
                .hasMessageStartingWith("cannot reach no-such-host.invalid: is there a network?");
    }

    @Test
    void a_mirror_is_asked_instead() throws Exception {
        DatasetStatus status = fetch(URI.create("https://no-such-host.invalid/x"), Optional.of(address("/files")));

        assertThat(status.state()).contains(DatasetStatus.State.FOUND);
    }

    @Test
    void an_unknown_name_is_refused_with_those_there_are() {
        assertThatThrownBy(() -> DatasetFetch.fetch("imagenet", data, Optional.empty(), (file, bytes, total) -> {}))
                .hasMessageContaining("imagenet; one of location, purchase, texas, adult, mnist");
    }

    private DatasetStatus fetch() throws IOException, InterruptedException {
        return fetch(address("/files/some.csv"), Optional.empty());
    }

    private DatasetStatus fetch(URI address, Optional<URI> mirror) throws IOException, InterruptedException {
        Optional<String> hash = Optional.of(sha256(CONTENT));
        CatalogueEntry entry = new CatalogueEntry(
                "some",
                "Some",
                200_000,
                1,
                2,
                "",
                "",
                "",
                List.of(new DatasetDownload(address, "some.csv", hash, Optional.empty())),
                Map.of("some.csv", hash),
                dataDir -> CsvDataset.read(dataDir.resolve("some/some.csv"), "label"));
        return new DatasetFetch(entry, data, mirror, (file, bytes, total) -> heard.add(bytes)).run();
    }

    private URI address(String path) {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path);
    }

    private void part(byte[] content) throws IOException {
        Files.write(Files.createDirectories(data.resolve("some")).resolve("some.csv.part"), content);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String range = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Range"), "all");
        asked.add(range);
        int from = 0;
        int status = 200;
        if (knowsRanges && range.startsWith("bytes=")) {
            from = Integer.parseInt(range.substring(6, range.length() - 1));
            status = from < served.length ? 206 : 416;
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            status == 416
                                    ? "bytes */" + served.length
                                    : "bytes " + from + "-" + (served.length - 1) + "/" + served.length);
        }
        if (status == 416) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, served.length - from);
            OutputStream out = exchange.getResponseBody();
            out.write(served, from, Math.min(served.length - from, breaksAfterBytes));
            out.flush();
        }
        exchange.close();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
