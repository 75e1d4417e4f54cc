// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML and inline SVG: closes what it opens and escapes whatever it is given. */
final class Markup {

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn
     */
    Markup open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Closes the innermost element that is open. */
    Markup close() {
        String tag = open.pop();
        text.append("</").append(tag).append('>');
        if (isBlock(tag)) {
            text.append('\n');
        }
        return this;
    }

    /** An element that holds only text. */
    Markup element(String tag, String content, String... attributes) {
        return open(tag, attributes).text(content).close();
    }

    /** An element without content or end tag, or an SVG shape. */
    Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        if (!tag.equals("meta") && !tag.equals("br")) {
            text.append("</").append(tag).append('>');
        }
        return this;
    }

    Markup text(String content) {
        text.append(escaped(content));
        return this;
    }

    /** Text that is markup already: a style sheet of ours. */
    Markup trusted(String markup) {
        text.append(markup);
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("elements " + open + " are open; all closed needed");
        }
        return text.toString();
    }

    private void start(String tag, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("attributes are " + attributes.length + "; an even number needed");
        }
        text.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        text.append('>');
    }

    private static boolean isBlock(String tag) {
        return switch (tag) {
            case "p", "h1", "h2", "h3", "tr", "table", "section", "svg", "li", "figure", "div", "dd", "header" -> true;
            default -> false;
        };
    }

    private static String escaped(String content) {
        StringBuilder safe = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                // A number and its unit stay on one line.
                case ' ' -> safe.append(i + 1 < content.length() && content.charAt(i + 1) == '%' ? '\u00a0' : ' ');
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
