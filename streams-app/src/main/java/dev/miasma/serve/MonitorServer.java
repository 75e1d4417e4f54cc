// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready}. Read-only; beyond loopback the metrics want
 * a bearer token.
 */
public final class MonitorServer implements AutoCloseable {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpSettings settings;

    /** Writes the metrics in the format that an Accept header asks for. */
    @FunctionalInterface
    public interface Metrics {
        /**
         * One scrape.
         *
         * @param accept the header, empty if there is none
         */
        Page scrape(String accept);
    }

    /**
     * A body and its media type.
     *
     * @param body text
     * @param contentType media type
     */
    public record Page(String body, String contentType) {}

    private MonitorServer(HttpServer server, HttpSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Binds and serves.
     *
     * @throws ConfigException if the address is beyond loopback and there is no token, or it cannot be bound
     */
    public static MonitorServer start(
            HttpSettings settings, Metrics metrics, Supplier<Health> live, Supplier<Health> ready) {
        HttpServer server;
        try {
            InetAddress address = InetAddress.getByName(settings.host());
            if (!address.isLoopbackAddress() && settings.token().isEmpty()) {
                throw new ConfigException(ConfigKey.HTTP_HOST + "=" + settings.host()
                        + " is beyond loopback and wants a bearer token: set " + ConfigKey.HTTP_TOKEN_FILE);
            }
            server = HttpServer.create(new InetSocketAddress(address, settings.port()), 0);
        } catch (IOException e) {
            throw new ConfigException("cannot serve on " + settings.host() + ":" + settings.port() + " ("
                    + e.getMessage() + "): set " + ConfigKey.HTTP_PORT + " to a free port, or to 0 for any");
        }
        MonitorServer monitor = new MonitorServer(server, settings);
        server.setExecutor(monitor.workers);
        server.createContext("/", monitor::index);
        server.createContext("/metrics", exchange -> monitor.metrics(exchange, metrics));
        server.createContext("/health/live", exchange -> health(exchange, live.get()));
        server.createContext("/health/ready", exchange -> health(exchange, ready.get()));
        server.start();
        return monitor;
    }

    /** The port bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Address of the metrics. */
    public String metricsUrl() {
        return "http://" + (settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host()) + ":"
                + port() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
    }

    private void index(HttpExchange exchange) throws IOException {
        if (!"/".equals(exchange.getRequestURI().getPath())) {
            send(exchange, NOT_FOUND, "not found\n", PLAIN);
            return;
        }
        String links = "Miasma: /metrics, /health/live, /health/ready\n";
        send(exchange, OK, links, PLAIN);
    }

    private void metrics(HttpExchange exchange, Metrics metrics) throws IOException {
        if (!authorised(exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            send(exchange, UNAUTHORIZED, "a bearer token is wanted\n", PLAIN);
            return;
        }
        String accept = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Accept"), "");
        Page page = metrics.scrape(accept);
        send(exchange, OK, page.body(), page.contentType());
    }

    private boolean authorised(HttpExchange exchange) {
        if (settings.token().isEmpty()) {
            return true;
        }
        @Nullable String given = exchange.getRequestHeaders().getFirst("Authorization");
        // Compared in constant time, so that the token cannot be guessed byte by byte.
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + settings.token()).getBytes(StandardCharsets.UTF_8));
    }

    private static void health(HttpExchange exchange, Health health) throws IOException {
        send(exchange, health.ok() ? OK : SERVICE_UNAVAILABLE, health.detail() + "\n", PLAIN);
    }

    private static void send(HttpExchange exchange, int status, String body, String contentType) throws IOException {
        try (exchange) {
            boolean head = "HEAD".equals(exchange.getRequestMethod());
            if (!head && !"GET".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
