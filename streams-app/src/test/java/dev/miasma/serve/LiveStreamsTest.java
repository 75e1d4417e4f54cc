// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveStreamsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final ServedApi api = new ServedApi();
    private final List<InputStream> open = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (InputStream stream : open) {
            stream.close();
        }
        api.close();
    }

    private HttpResponse<InputStream> connect() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = api.http()
                .send(
                        HttpRequest.newBuilder(api.uri("/api/v1/live")).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        open.add(response.body());
        return response;
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The data of the next event of a name. */
    private static JsonNode next(BufferedReader reader, String name) throws IOException {
        while (true) {
            if (reader.readLine().equals("event: " + name)) {
                return new JsonMapper().readTree(reader.readLine().substring("data: ".length()));
            }
        }
    }

    @Test
    void tells_how_things_stand_and_at_which_rate() throws Exception {
        HttpResponse<InputStream> response = connect();
        BufferedReader reader = reader(response);
        JsonNode first = next(reader, "snapshot");
        api.received += 1_000_000;

        JsonNode later = next(reader, "snapshot");
        while (later.path("queries").asLong() == 0) {
            later = next(reader, "snapshot");
        }

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(first.path("state").asText()).isEqualTo("RUNNING");
        assertThat(later.path("queries").asLong()).isEqualTo(1_000_000);
        assertThat(later.path("rate").asDouble()).isPositive();
    }

    @Test
    void tells_every_stream_of_a_new_alert_and_not_of_old_ones() throws Exception {
        BufferedReader one = reader(connect());
        BufferedReader another = reader(connect());
        next(one, "snapshot");
        next(another, "snapshot");

        api.alerts.add(ServedApi.alert("old", "2025-01-01T00:00:00Z", "high", "x"), false);
        api.alerts.add(ServedApi.alert("new", "2026-01-01T00:00:00Z", "high", "x"), true);

        assertThat(next(one, "alert").path("id").asText()).isEqualTo("new");
        assertThat(next(another, "alert").path("id").asText()).isEqualTo("new");
    }

    @Test
    void there_is_a_bound_and_whoever_leaves_makes_room() throws Exception {
        for (int i = 0; i < LiveStreams.MOST_STREAMS; i++) {
            assertThat(connect().statusCode()).isEqualTo(200);
        }

        ServedApi.Answer refused = api.get("/api/v1/live");
        open.getFirst().close();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("16 streams are open; there can be no more at a time");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(connect().statusCode()).isEqualTo(200));
    }

    @Test
    void a_reader_that_does_not_keep_up_is_let_go_and_the_others_go_on() throws Exception {
        AlertLog alerts = new AlertLog();
        try (LiveStreams streams = new LiveStreams(
                LiveStreamsTest::nothing, alerts, InstantSource.system(), Duration.ofHours(1), Duration.ofMillis(10))) {
            Reply.Stream slow = stream(streams);
            for (int i = 0; i < 1000; i++) {
                alerts.add(ServedApi.alert("alert-" + i, "2026-01-01T00:00:00Z", "high", "x"), true);
            }

            List<String> written = new ArrayList<>();
            slow.writeTo(new Lines(written));

            assertThat(written).noneMatch(line -> line.contains("alert-"));
        }
    }

    @Test
    void a_quiet_stream_is_kept_alive_by_comments_and_ends_with_the_monitor() throws Exception {
        List<String> written = Collections.synchronizedList(new ArrayList<>());
        LiveStreams streams = new LiveStreams(
                LiveStreamsTest::nothing,
                new AlertLog(),
                InstantSource.system(),
                Duration.ofHours(1),
                Duration.ofMillis(5));
        Reply.Stream quiet = stream(streams);
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                quiet.writeTo(new Lines(written));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        await().atMost(PATIENCE)
                .until(() -> written.stream().filter(": still here\n\n"::equals).count() > 3);
        streams.close();

        assertThat(writer.join(PATIENCE)).isTrue();
    }

    private static Reply.Stream stream(LiveStreams streams) {
        Reply.Stream stream = streams.open().stream();
        assertThat(stream).isNotNull();
        return Objects.requireNonNull(stream);
    }

    private static LiveCounts nothing() {
        return new LiveCounts(0, 0, 0, "RUNNING", new TreeMap<>(), new TreeMap<>(), List.of());
    }

    /** Keeps what is written, each piece for itself. */
    private static final class Lines extends OutputStream {
        private final List<String> pieces;

        Lines(List<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("written byte by byte");
        }

        @Override
        public void write(byte[] bytes) {
            pieces.add(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
