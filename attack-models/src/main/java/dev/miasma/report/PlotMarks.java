// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

/** Six shapes that can be told apart at the size of a letter. */
final class PlotMarks {

    private PlotMarks() {}

    /**
     * The path of a shape.
     *
     * @param number from 0, at most 5
     * @param r half of its size in pixels
     */
    static String path(int number, double x, double y, double r) {
        return switch (number) {
            case 0 -> at(x - r, y) + arc(r, 2 * r) + arc(r, -2 * r) + 'z';
            case 1 -> polygon(x, y, r * 0.9, -1, -1, 1, -1, 1, 1, -1, 1);
            case 2 -> polygon(x, y, r * 1.2, 0, -1, 1, 0.8, -1, 0.8);
            case 3 -> polygon(x, y, r * 1.25, 0, -1, 1, 0, 0, 1, -1, 0);
            case 4 -> polygon(x, y, r * 1.2, 0, 1, 1, -0.8, -1, -0.8);
            case 5 ->
                polygon(
                        x, y, r * 1.15, -0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35,
                        1, -0.35, 0.35, -1, 0.35, -1, -0.35, -0.35, -0.35);
            default -> throw new IllegalArgumentException("mark is " + number + "; 0 to 5 needed");
        };
    }

    private static String at(double x, double y) {
        return "M" + Numbers.pixel(x) + " " + Numbers.pixel(y);
    }

    private static String arc(double r, double across) {
        return "a" + Numbers.pixel(r) + " " + Numbers.pixel(r) + " 0 1 0 " + Numbers.pixel(across) + " 0";
    }

    private static String polygon(double x, double y, double r, double... corners) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(Numbers.pixel(x + r * corners[i]))
                    .append(' ')
                    .append(Numbers.pixel(y + r * corners[i + 1]));
        }
        return path.append('z').toString();
    }
}
