// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import dev.miasma.config.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other instances of this monitor, over HTTP and with the same bearer token. */
final class Peers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 16 << 20;

    private final HttpClient client;
    private final String scheme;
    private final String token;
    private final Fleet fleet;

    /**
     * What all others said.
     *
     * @param answers of those that answered
     * @param unreachable those that did not
     */
    record Gathered<T>(List<T> answers, List<String> unreachable) {}

    Peers(HttpSettings settings, @Nullable SSLContext tls, Fleet fleet) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        client = (tls == null ? builder : builder.sslContext(tls)).build();
        scheme = tls == null ? "http://" : "https://";
        token = settings.token();
        this.fleet = fleet;
    }

    Fleet fleet() {
        return fleet;
    }

    /** Asks all others for the same. */
    <T> Gathered<T> askAll(String path, Class<T> type) {
        Map<String, CompletableFuture<HttpResponse<byte[]>>> asked = new LinkedHashMap<>();
        fleet.others().forEach(other -> asked.put(other, send(other, path)));
        List<T> answers = new ArrayList<>();
        List<String> unreachable = new ArrayList<>();
        asked.forEach((other, response) -> {
            try {
                read(other, response, type).ifPresent(answers::add);
            } catch (ProblemException e) {
                LOG.info("{}", e.getMessage());
                unreachable.add(other);
            }
        });
        return new Gathered<>(answers, unreachable);
    }

    /**
     * Asks one for something that it may not have.
     *
     * @throws ProblemException naming it, if it does not answer
     */
    <T> Optional<T> ask(String instance, String path, Class<T> type) {
        return read(instance, send(instance, path), type);
    }

    private CompletableFuture<HttpResponse<byte[]>> send(String instance, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme + instance + path))
                .timeout(TIMEOUT)
                .header("Accept", Json.CONTENT_TYPE);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    }

    private static <T> Optional<T> read(String instance, CompletableFuture<HttpResponse<byte[]>> asked, Class<T> type) {
        try {
            HttpResponse<byte[]> response = asked.get();
            return switch (response.statusCode()) {
                case Status.OK -> Optional.of(Json.read(response.body(), type));
                case Status.NOT_FOUND -> Optional.empty();
                case Status.UNAVAILABLE ->
                    throw ProblemException.unavailable("instance " + instance + " is not ready to answer");
                default ->
                    throw ProblemException.badGateway(
                            "instance " + instance + " answers with status " + response.statusCode());
            };
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw ProblemException.badGateway("instance " + instance + " does not answer ("
                    + cause.getClass().getSimpleName() + ")");
        } catch (IOException e) {
            throw ProblemException.badGateway(
                    "instance " + instance + " answers with something else than was asked for");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the monitor is stopping");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
