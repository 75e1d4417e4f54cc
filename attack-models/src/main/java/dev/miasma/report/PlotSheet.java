// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What a plot is drawn on: a ground of its own, so that it can be read on any page, with its title on top. */
final class PlotSheet {

    static final int WIDTH = 760;
    /** Free at the edges. */
    static final double MARGIN = 16;

    private static final double HEADING_LINE = 20;
    /** The title is larger and bolder than other text. */
    private static final double HEADING_GROWTH = 1.25;

    private final Markup page = new Markup();
    private final String title;
    private final List<String> heading;

    PlotSheet(String title) {
        this.title = title;
        heading = PlotText.wrap(title, (WIDTH - 2 * MARGIN) / HEADING_GROWTH);
    }

    /** Where the title ends. */
    double top() {
        return MARGIN + HEADING_LINE * heading.size() + 4;
    }

    /**
     * Begins to draw.
     *
     * @param description what is to be seen, for who doesn't see it
     * @param height of the whole
     */
    Chart open(String description, double height) {
        Chart chart = Chart.openAlone(page, WIDTH, (int) Math.ceil(height), title, description);
        page.element("style", styleSheet());
        chart.rectangle("paper", 0, 0, WIDTH, Math.ceil(height));
        for (int i = 0; i < heading.size(); i++) {
            chart.label("heading", "start", MARGIN, MARGIN + HEADING_LINE * (i + 0.75), heading.get(i));
        }
        return chart;
    }

    /** Ends it and gives the file's text. */
    String close(Chart chart) {
        chart.close();
        return page.toString();
    }

    private static String styleSheet() {
        try (InputStream in = Objects.requireNonNull(
                PlotSheet.class.getResourceAsStream("plot.css"), "plot.css is beside this class")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
