// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes whatever is posted to it and keeps it. */
final class Webhooks implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    /**
     * One message.
     *
     * @param path it was posted to
     * @param authorization its header of that name, empty if there was none
     */
    record Delivery(String path, String authorization, JsonNode body) {}

    Webhooks() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Server.LOOPBACK), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        deliveries.add(new Delivery(
                exchange.getRequestURI().getPath(),
                authorization == null ? "" : authorization,
                JSON.readTree(exchange.getRequestBody())));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** What its addresses begin with. */
    String url() {
        return "http://" + Server.LOOPBACK + ":" + server.getAddress().getPort();
    }

    /** All messages to a path, in their order. */
    List<Delivery> at(String path) {
        return deliveries.stream()
                .filter(delivery -> delivery.path().equals(path))
                .toList();
    }

    /** All messages. */
    List<Delivery> all() {
        return List.copyOf(deliveries);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
