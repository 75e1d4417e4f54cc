// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The protocol: numbered requests and their answers, and events, as JSON over one web socket. */
final class DevTools implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
    private final WebSocket socket;
    private int lastId;

    DevTools(URI address) {
        socket = client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(address, new Receiver())
                .join();
    }

    /** Puts the parts of each message together. */
    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                receive(message.toString());
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            waiting.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }

    private void receive(String message) {
        JsonNode json;
        try {
            json = JSON.readTree(message);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON from the browser: " + message, e);
        }
        if (json.has("id")) {
            CompletableFuture<JsonNode> answer = waiting.remove(json.path("id").asInt());
            if (answer != null) {
                answer.complete(json);
            }
        } else {
            events.add(json);
        }
    }

    /** All events so far. */
    Queue<JsonNode> events() {
        return events;
    }

    /**
     * One request.
     *
     * @param session of a tab; empty for the browser itself
     * @return its result
     */
    JsonNode send(String session, String method, Map<String, ?> parameters) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        synchronized (this) {
            int id = ++lastId;
            waiting.put(id, answer);
            ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
            request.set("params", JSON.valueToTree(parameters));
            if (!session.isEmpty()) {
                request.put("sessionId", session);
            }
            socket.sendText(request.toString(), true).join();
        }
        JsonNode json = await(answer, method);
        if (json.has("error")) {
            throw new AssertionError(method + ": " + json.path("error"));
        }
        return json.path("result");
    }

    private static JsonNode await(CompletableFuture<JsonNode> answer, String method) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("no answer of the browser to " + method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
