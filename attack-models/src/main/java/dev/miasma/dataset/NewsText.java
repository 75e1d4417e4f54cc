// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes from a Usenet post what gives its group away: the rules of scikit-learn's fetch_20newsgroups, option
 * {@code remove}, behaviour for behaviour, Latin-1 white space as in Python included.
 */
final class NewsText {

    private static final Pattern QUOTE =
            Pattern.compile("(writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\\||^>)");

    private NewsText() {}

    /** What follows the first empty line; nothing if there is none. */
    static String withoutHeader(String text) {
        int blank = text.indexOf("\n\n");
        return blank < 0 ? "" : text.substring(blank + 2);
    }

    /** What comes before the last line that is empty or made of dashes; everything if there is none below the first. */
    static String withoutFooter(String text) {
        String[] lines = strip(text).split("\n", -1);
        int last = lines.length - 1;
        while (last > 0 && !isRule(lines[last])) {
            last--;
        }
        return last > 0 ? String.join("\n", Arrays.asList(lines).subList(0, last)) : text;
    }

    /** The lines that neither quote nor say that they do. */
    static String withoutQuotes(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !QUOTE.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    private static boolean isRule(String line) {
        return strip(line).chars().allMatch(c -> c == '-');
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** White space of Latin-1 as Python's str.strip has it. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f) || c == 0x85 || c == 0xa0;
    }
}
