// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A tab: goes somewhere, runs JavaScript, types and clicks as a reader does, and keeps what went wrong. */
public final class BrowserTab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Integer> KEY_CODES = Map.of(
            "Enter",
            13,
            "Escape",
            27,
            "Tab",
            9,
            "ArrowUp",
            38,
            "ArrowDown",
            40,
            "ArrowLeft",
            37,
            "ArrowRight",
            39,
            "End",
            35,
            "Home",
            36);

    private final DevTools tools;
    private final String target;
    private final String session;

    BrowserTab(DevTools tools, String target, String session) {
        this.tools = tools;
        this.target = target;
        this.session = session;
        List.of("Page", "Runtime", "Log", "Network", "Accessibility")
                .forEach(domain -> send(domain + ".enable", Map.of()));
        show(1440, 900, false);
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        return tools.send(session, method, parameters);
    }

    /** Sets size, in CSS pixels, and theme of the system; nothing moves that need not. */
    public void show(int width, int height, boolean dark) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        send(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Goes to an address; within the page if only what follows # is another. */
    public void go(URI address) {
        send("Page.navigate", Map.of("url", address.toString()));
        await("document.readyState === 'complete'");
    }

    /** The value of an expression, as JSON; a promise is waited for. */
    public JsonNode eval(String expression) {
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** The text of the first element that a selector finds; empty if there is none. */
    public String text(String selector) {
        return eval("(document.querySelector(" + quoted(selector) + ") ?? {}).innerText ?? document.querySelector("
                        + quoted(selector) + ")?.textContent ?? ''")
                .asText();
    }

    /** How many elements a selector finds. */
    public int count(String selector) {
        return eval("document.querySelectorAll(" + quoted(selector) + ").length")
                .asInt();
    }

    /** Waits until an expression is true. */
    public void await(String condition) {
        Awaitility.await(condition)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> eval("Boolean(" + condition + ")").asBoolean());
    }

    /** Waits until there is such an element. */
    public void awaitElement(String selector) {
        await("document.querySelector(" + quoted(selector) + ")");
    }

    /** Clicks into the middle of the first element that a selector finds. */
    public void click(String selector) {
        awaitElement(selector);
        JsonNode box = eval("(() => { const e = document.querySelector(" + quoted(selector)
                + "); e.scrollIntoView({block: 'nearest'}); const b = e.getBoundingClientRect();"
                + " return {x: b.x + b.width / 2, y: b.y + b.height / 2}; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            box.path("x").asDouble(),
                            "y",
                            box.path("y").asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Presses and lets go of a key, by its name or its character. */
    public void press(String key) {
        Map<String, Object> down = new HashMap<>(Map.of("type", "keyDown", "key", key));
        Integer code = KEY_CODES.get(key);
        if (code != null) {
            down.put("windowsVirtualKeyCode", code);
            down.put("code", key);
        }
        if (key.length() == 1 || key.equals("Enter")) {
            down.put("text", key.equals("Enter") ? "\r" : key);
        }
        send("Input.dispatchKeyEvent", down);
        down.put("type", "keyUp");
        down.remove("text");
        send("Input.dispatchKeyEvent", down);
    }

    /** Types text to where the focus is. */
    public void type(String text) {
        send("Input.insertText", Map.of("text", text));
    }

    /** Writes what is in sight as PNG. */
    public void screenshot(Path file) throws IOException {
        String data = send("Page.captureScreenshot", Map.of("format", "png", "optimizeForSpeed", false))
                .path("data")
                .asText();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** What the page and the browser complained of: errors in the console, exceptions, broken policies. */
    public List<String> complaints() {
        return events().filter(event -> switch (event.path("method").asText()) {
                    case "Runtime.exceptionThrown" -> true;
                    case "Runtime.consoleAPICalled" ->
                        List.of("error", "warning", "assert")
                                .contains(event.path("params").path("type").asText());
                    case "Log.entryAdded" ->
                        List.of("error", "warning")
                                .contains(event.path("params")
                                        .path("entry")
                                        .path("level")
                                        .asText());
                    default -> false;
                })
                .map(JsonNode::toString)
                .toList();
    }

    /** Every address the page asked for. */
    public List<URI> requests() {
        return events().filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event -> URI.create(
                        event.path("params").path("request").path("url").asText()))
                .toList();
    }

    /** Roles of what can be focused and has no name for those who do not see it. */
    public List<String> nameless() {
        return StreamSupport.stream(
                        send("Accessibility.getFullAXTree", Map.of())
                                .path("nodes")
                                .spliterator(),
                        false)
                .filter(node -> !node.path("ignored").asBoolean()
                        && StreamSupport.stream(node.path("properties").spliterator(), false)
                                .anyMatch(property -> property.path("name")
                                                .asText()
                                                .equals("focusable")
                                        && property.path("value").path("value").asBoolean())
                        && node.path("name").path("value").asText().isBlank())
                .map(node -> node.path("role").path("value").asText())
                .filter(role -> !role.equals("RootWebArea"))
                .toList();
    }

    private Stream<JsonNode> events() {
        return tools.events().stream()
                .filter(event -> event.path("sessionId").asText().equals(session));
    }

    /** A text as a literal of JavaScript. */
    public static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    @Override
    public void close() {
        tools.send("", "Target.closeTarget", Map.of("targetId", target));
    }
}
