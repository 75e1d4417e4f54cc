// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of PromQL as is needed to see that a query is one: brackets, names of functions, selectors. */
final class PromQl {
    private static final Set<String> BEFORE_BRACKETS = Set.of(
            "sum",
            "min",
            "max",
            "avg",
            "count",
            "topk",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "and",
            "or",
            "unless",
            "rate",
            "irate",
            "increase",
            "deriv",
            "min_over_time",
            "max_over_time",
            "histogram_quantile",
            "absent",
            "vector",
            "clamp_min",
            "time");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern CALL = Pattern.compile("([a-zA-Z_]\\w*)\\s*\\(");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:])((?:miasma|kafka)_\\w+|up)\\b(?!:)(\\{[^}]*\\})?(?:\\[([^\\]]*)\\])?");
    private static final Pattern FUNCTION_BEFORE = Pattern.compile("(\\w+)\\s*\\(\\s*$");

    private PromQl() {}

    /**
     * One selector of a query.
     *
     * @param series its name
     * @param matchers in braces, empty if there are none
     * @param range in square brackets, empty if there is none
     * @param function called on it, empty if there is none
     */
    record Selector(String series, String matchers, String range, String function) {}

    /** Why this is no query, if it is none. */
    static Optional<String> fault(String expression) {
        if (expression.isBlank()) {
            return Optional.of("empty");
        }
        String bare = QUOTED.matcher(expression).replaceAll("\"\"");
        if (bare.replace("\"\"", "").contains("\"")) {
            return Optional.of("a string without an end");
        }
        Deque<Character> open = new ArrayDeque<>();
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if ("([{".indexOf(c) >= 0) {
                open.push(c);
            } else if (")]}".indexOf(c) >= 0 && (open.isEmpty() || "([{".indexOf(open.pop()) != ")]}".indexOf(c))) {
                return Optional.of("a bracket too many: " + c);
            }
        }
        if (!open.isEmpty()) {
            return Optional.of("a bracket without an end: " + open.peek());
        }
        return CALL.matcher(bare)
                .results()
                .map(call -> call.group(1))
                .filter(name -> !BEFORE_BRACKETS.contains(name))
                .map(name -> "not known as a function: " + name)
                .findFirst();
    }

    static List<Selector> selectors(String expression) {
        Matcher found = SELECTOR.matcher(expression);
        return found.results().map(match -> selector(match, expression)).toList();
    }

    private static Selector selector(MatchResult match, String expression) {
        Matcher function = FUNCTION_BEFORE.matcher(expression.substring(0, match.start()));
        return new Selector(
                match.group(1),
                orEmpty(match.group(2)),
                orEmpty(match.group(3)),
                function.find() ? function.group(1) : "");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The query as Prometheus gets it, with values for Grafana's variables. */
    static String resolved(String expression) {
        return resolved(expression, "1m");
    }

    static String resolved(String expression, String rateInterval) {
        return expression.replace("$__rate_interval", rateInterval).replaceAll("\\$\\{?\\w+\\}?", ".+");
    }
}
