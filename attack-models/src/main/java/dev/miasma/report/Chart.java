// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

/** The frame of a plot: an SVG with a title and a description for who doesn't see it, in colours of the style sheet. */
final class Chart {

    /** Degrees by which slanted text rises. */
    static final double SLANT = 35;

    private final Markup page;

    private Chart(Markup page) {
        this.page = page;
    }

    /**
     * Opens a plot.
     *
     * @param id unique on the page
     * @param title what it shows
     * @param description what is to be seen in it
     */
    static Chart open(Markup page, String id, int width, int height, String title, String description) {
        page.open(
                "svg",
                "viewBox",
                "0 0 " + width + " " + height,
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-text",
                "style",
                "max-width:" + width + "px");
        page.element("title", title, "id", id + "-title").element("desc", description, "id", id + "-text");
        return new Chart(page);
    }

    /**
     * Opens a plot that is a file of its own.
     *
     * @param title what it shows
     * @param description what is to be seen in it
     */
    static Chart openAlone(Markup page, int width, int height, String title, String description) {
        page.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                String.valueOf(width),
                "height",
                String.valueOf(height),
                "viewBox",
                "0 0 " + width + " " + height,
                "role",
                "img",
                "aria-labelledby",
                "title text");
        page.element("title", title, "id", "title").element("desc", description, "id", "text");
        return new Chart(page);
    }

    void close() {
        page.close();
    }

    Chart line(String style, double x1, double y1, double x2, double y2) {
        page.empty(
                "line",
                "class",
                style,
                "x1",
                Numbers.pixel(x1),
                "y1",
                Numbers.pixel(y1),
                "x2",
                Numbers.pixel(x2),
                "y2",
                Numbers.pixel(y2));
        return this;
    }

    Chart rectangle(String style, double x, double y, double width, double height) {
        page.empty(
                "rect",
                "class",
                style,
                "x",
                Numbers.pixel(x),
                "y",
                Numbers.pixel(y),
                "width",
                Numbers.pixel(Math.max(width, 0)),
                "height",
                Numbers.pixel(Math.max(height, 0)));
        return this;
    }

    Chart path(String style, String path) {
        page.empty("path", "class", style, "d", path);
        return this;
    }

    /** Text whose anchor is "start", "middle" or "end". */
    Chart label(String style, String anchor, double x, double y, String text) {
        page.element("text", text, "class", style, "text-anchor", anchor, "x", Numbers.pixel(x), "y", Numbers.pixel(y));
        return this;
    }

    /** Text that reads upwards, its middle at the point. */
    Chart upright(String style, double x, double y, String text) {
        page.element(
                "text",
                text,
                "class",
                style,
                "text-anchor",
                "middle",
                "transform",
                "translate(" + Numbers.pixel(x) + " " + Numbers.pixel(y) + ") rotate(-90)");
        return this;
    }

    /** Text that rises to the right and ends at the point. */
    Chart slanted(String style, double x, double y, String text) {
        page.element(
                "text",
                text,
                "class",
                style,
                "text-anchor",
                "end",
                "transform",
                "translate(" + Numbers.pixel(x) + " " + Numbers.pixel(y) + ") rotate(-" + Numbers.pixel(SLANT) + ")");
        return this;
    }
}
