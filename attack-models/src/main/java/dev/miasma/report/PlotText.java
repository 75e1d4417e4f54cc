// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much room text takes in a plot. Fonts differ by reader, so this goes by a wide one. */
final class PlotText {

    /** From one line to the next. */
    static final double LINE = 16;

    private static final double CHARACTER = 7.7;

    private PlotText() {}

    /** Width of text of the usual size, in pixels. */
    static double width(String text) {
        return CHARACTER * text.length();
    }

    /** Width of the longest. */
    static double width(List<String> texts) {
        return texts.stream().mapToDouble(PlotText::width).max().orElse(0);
    }

    /** Lines that are no wider than this, unless a word alone is. */
    static List<String> wrap(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Two digits: 0.87. */
    static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
