// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What stands in a table.
 *
 * @param text for people
 * @param value the number behind it, if it is one
 */
public record Cell(String text, OptionalDouble value) {

    /** What stands where there is no figure. */
    public static final Cell NONE = of("");

    /** Text. */
    public static Cell of(String text) {
        return new Cell(text, OptionalDouble.empty());
    }

    /** A whole number, as 12,345. */
    public static Cell of(int value) {
        return new Cell(String.format(Locale.ROOT, "%,d", value), OptionalDouble.of(value));
    }

    /** A share or an area, with three digits. */
    public static Cell of(double value) {
        return new Cell(String.format(Locale.ROOT, "%.3f", value), OptionalDouble.of(value));
    }

    /** A share that may not be known. */
    public static Cell of(OptionalDouble value) {
        return value.isPresent() ? of(value.getAsDouble()) : of("n/a");
    }

    /** A figure of a paper, marked by how sure it is. */
    public static Cell of(PaperFigure figure) {
        return of(figure.value() + " " + figure.certainty().mark());
    }
}
