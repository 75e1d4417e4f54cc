// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.miasma.config.HttpSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request, lets in who may come in, and writes the answer with the headers that all have. */
final class Router implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final String ALLOWED = "GET, HEAD";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final HttpSettings settings;
    private final List<Route> routes;

    Router(HttpSettings settings, List<Route> routes) {
        this.settings = settings;
        this.routes = List.copyOf(routes);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            write(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        try {
            return answer(exchange, path, headers);
        } catch (ProblemException e) {
            if (e.retryAfterSeconds() > 0) {
                headers.put("Retry-After", Integer.toString(e.retryAfterSeconds()));
            }
            return Reply.problem(e, path, headers);
        } catch (RuntimeException e) {
            LOG.warn("could not answer {}", path, e);
            return Reply.problem(
                    new ProblemException(Status.ERROR, "the monitor failed on this; its log says why"), path, headers);
        }
    }

    private Reply answer(HttpExchange exchange, String path, Map<String, String> headers) {
        for (Route route : routes) {
            String segment = route.match(path);
            if (segment == null) {
                continue;
            }
            if (!isHead(exchange) && !"GET".equals(exchange.getRequestMethod())) {
                headers.put("Allow", ALLOWED);
                throw new ProblemException(Status.METHOD_NOT_ALLOWED, "everything here is read-only: " + ALLOWED);
            }
            if (route.guarded()) {
                letIn(route, exchange, headers);
            }
            Query query = Query.parse(exchange.getRequestURI().getRawQuery(), route.parameters());
            return route.handler()
                    .handle(new Request(segment, query, name -> header(exchange.getRequestHeaders(), name)));
        }
        throw ProblemException.notFound("there is no such page; /openapi.yaml lists them");
    }

    private static boolean isHead(HttpExchange exchange) {
        return "HEAD".equals(exchange.getRequestMethod());
    }

    private static String header(Headers headers, String name) {
        return Objects.requireNonNullElse(headers.getFirst(name), "");
    }

    private void letIn(Route route, HttpExchange exchange, Map<String, String> headers) {
        if (settings.token().isEmpty()) {
            if (route.parameters() != null) {
                requireLoopbackName(header(exchange.getRequestHeaders(), "Host"));
            }
            return;
        }
        @Nullable String given = exchange.getRequestHeaders().getFirst("Authorization");
        // Compared in constant time, so that the token cannot be guessed byte by byte.
        boolean right = given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + settings.token()).getBytes(StandardCharsets.UTF_8));
        if (!right) {
            headers.put("WWW-Authenticate", "Bearer");
            throw new ProblemException(Status.UNAUTHORIZED, "a bearer token is wanted");
        }
    }

    /** Without a token, a web page whose name is made to point here (DNS rebinding) could read along in a browser. */
    private void requireLoopbackName(String host) {
        String name = host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !LOOPBACK.contains(name) && !name.equalsIgnoreCase(settings.host())) {
            throw new ProblemException(
                    Status.MISDIRECTED,
                    "Host is '" + Query.shown(host) + "'; localhost or the address of http.host wanted");
        }
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        SECURITY.forEach(headers::set);
        headers.set("Content-Type", reply.contentType());
        reply.headers().forEach(headers::set);
        Reply.Stream stream = reply.stream();
        boolean bare = isHead(exchange) || reply.status() == Status.NOT_MODIFIED;
        if (stream != null) {
            try (stream) {
                exchange.sendResponseHeaders(reply.status(), bare ? -1 : 0);
                if (!bare) {
                    stream.writeTo(exchange.getResponseBody());
                }
            }
            return;
        }
        byte[] body = reply.body();
        exchange.sendResponseHeaders(reply.status(), bare || body.length == 0 ? -1 : body.length);
        if (!bare && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
