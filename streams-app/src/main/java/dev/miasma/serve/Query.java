// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request. What is wrong with one is a problem that names it, its value and its bound. */
final class Query {
    static final String SCOPE = "scope";
    static final String LOCAL = "local";
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_ITEMS = 500;
    private static final int LONGEST = 256;
    private static final int LONGEST_CURSOR = 2048;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @param raw as it stands in the address; null for none
     * @param known names that the path has; null where they are not looked at
     */
    static Query parse(@Nullable String raw, @Nullable List<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        if (known == null) {
            return new Query(values);
        }
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!known.contains(name)) {
                throw ProblemException.badRequest("unknown parameter '" + shown(name) + "'; "
                        + (known.isEmpty() ? "there are none here" : "known are " + String.join(", ", known)));
            }
            if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                throw ProblemException.badRequest(name + " is given twice; once at most is wanted");
            }
        }
        return new Query(values);
    }

    /** Escapes are right: the address would not have been taken for one. */
    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Most items of a page. */
    int limit() {
        String text = values.get(LIMIT);
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_ITEMS) {
            throw ProblemException.badRequest("limit is '" + shown(text) + "'; 1 to " + MOST_ITEMS + " wanted");
        }
        return Integer.parseInt(text);
    }

    /** Where the page before ended; null for the first. */
    @Nullable
    String cursor() {
        return text(CURSOR, LONGEST_CURSOR);
    }

    /** A text; null where there is none. */
    @Nullable
    String text(String name) {
        return text(name, LONGEST);
    }

    private @Nullable String text(String name, int longest) {
        String text = values.get(name);
        if (text != null && (text.isEmpty() || text.length() > longest)) {
            throw ProblemException.badRequest(
                    name + " is '" + shown(text) + "'; 1 to " + longest + " characters wanted");
        }
        return text;
    }

    /** One of some values; null where there is none. */
    @Nullable
    String oneOf(String name, List<String> allowed) {
        String text = values.get(name);
        if (text != null && !allowed.contains(text)) {
            throw ProblemException.badRequest(
                    name + " is '" + shown(text) + "'; one of " + String.join(", ", allowed) + " wanted");
        }
        return text;
    }

    /** Whether only what this instance knows is asked for. */
    boolean local() {
        return LOCAL.equals(oneOf(SCOPE, List.of("all", LOCAL)));
    }

    /** The same, asked of another instance about itself. */
    String forPeer() {
        Map<String, String> local = new LinkedHashMap<>(values);
        local.put(SCOPE, LOCAL);
        return local.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What somebody sent, short and in one line. */
    static String shown(String text) {
        String start = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
