// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Downloads a file over HTTP into another that may hold its beginning already. */
final class Download {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int BUFFER_BYTES = 64 << 10;

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final URI address;
    private final Path part;
    private final String name;
    private final FetchProgress progress;

    /**
     * @param part takes what arrives; what it holds already is taken as the file's beginning
     * @param name for the progress
     */
    Download(URI address, Path part, String name, FetchProgress progress) {
        this.address = address;
        this.part = part;
        this.name = name;
        this.progress = progress;
    }

    /**
     * Downloads what is missing.
     *
     * @throws IOException in one line that says what happened: no connection, another answer than the file, or a
     *     connection that broke; what has arrived stays
     */
    void run() throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> response = send(client, have);
            if (response.statusCode() == RANGE_NOT_SATISFIABLE && have > 0) {
                response.body().close();
                if (isWhole(response, have)) {
                    return;
                }
                // What is there is no beginning of the file as it is now.
                have = 0;
                response = send(client, 0);
            }
            receive(response, have);
            client.shutdownNow();
        }
    }

    private HttpResponse<InputStream> send(HttpClient client, long have) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(ANSWER_TIMEOUT).header("User-Agent", "miasma");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new IOException("cannot reach " + address.getAuthority() + ": is there a network? " + address, e);
        } catch (HttpTimeoutException e) {
            throw new IOException(
                    address + " gave no answer for " + ANSWER_TIMEOUT.toSeconds() + " s; try again later", e);
        }
    }

    private void receive(HttpResponse<InputStream> response, long have) throws IOException {
        try (InputStream body = response.body()) {
            boolean resumed = response.statusCode() == PARTIAL
                    && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + have + "-");
            if (response.statusCode() != OK && !resumed) {
                throw new IOException(address + " answered " + response.statusCode() + "; 200 expected");
            }
            // A server that knows no ranges sends the file from its beginning.
            long from = resumed ? have : 0;
            long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            append(body, from, length < 0 ? -1 : from + length);
        }
    }

    private void append(InputStream body, long from, long total) throws IOException {
        OpenOption[] options = {
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING
        };
        long bytes = from;
        try (OutputStream out = Files.newOutputStream(part, options)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            progress.arrived(name, bytes, total);
            for (int read = read(body, buffer, bytes, total); read >= 0; read = read(body, buffer, bytes, total)) {
                out.write(buffer, 0, read);
                bytes += read;
                progress.arrived(name, bytes, total);
            }
        }
    }

    private int read(InputStream body, byte[] buffer, long bytes, long total) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new IOException(
                    "the connection to " + address.getAuthority() + " broke after " + bytes
                            + (total < 0 ? "" : " of " + total) + " bytes; call again, and it goes on from there",
                    e);
        }
    }

    /** Whether the server says that the file ends where ours does. */
    private static boolean isWhole(HttpResponse<?> response, long have) {
        return response.headers().firstValue("Content-Range").orElse("").equals("bytes */" + have);
    }
}
