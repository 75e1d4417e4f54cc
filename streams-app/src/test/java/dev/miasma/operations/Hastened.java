// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rules and routes as they are, in a world that goes {@value #TIMES} times as fast: every duration in a copy of them is so
 * much shorter, in expressions, in {@code for} and in how long Alertmanager gathers and waits. Nothing else is changed.
 */
final class Hastened {
    static final int TIMES = 120;

    /** What comes before a duration in an expression: the bracket of a range, or offset. */
    private static final Pattern IN_EXPRESSION = Pattern.compile("(\\[|\\boffset )(\\d+)([smhd])\\b");

    private static final Pattern ALONE = Pattern.compile("(\\d+)([smhd])");

    private static final List<String> FIELDS =
            List.of("for", "resolve_timeout", "group_wait", "group_interval", "repeat_interval");

    private Hastened() {}

    /** A file of rules, or the configuration of Alertmanager, changed in place. */
    static JsonNode hastened(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String field : FIELDS) {
                if (object.path(field).isTextual()) {
                    var duration = ALONE.matcher(object.path(field).asText());
                    object.put(field, duration.replaceAll(found -> shorter(found.group(1), found.group(2))));
                }
            }
            if (object.path("expr").isTextual()) {
                object.put("expr", expression(object.path("expr").asText()));
            }
        }
        node.forEach(Hastened::hastened);
        return node;
    }

    private static String expression(String expression) {
        return IN_EXPRESSION
                .matcher(expression)
                .replaceAll(found -> found.group(1) + shorter(found.group(2), found.group(3)));
    }

    private static String shorter(String number, String unit) {
        // s, m, h and d mean the same in the notation of Duration, once it is told where days end and times begin.
        Duration duration = Duration.parse(unit.equals("d") ? "P" + number + "D" : "PT" + number + unit);
        return duration.toMillis() / TIMES + "ms";
    }
}
