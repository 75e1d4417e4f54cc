// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.ArrayList;
import java.util.List;

/** Finds places for names beside their points where they cover nothing, in the order they are asked for. */
final class PlotNames {

    private static final double HEIGHT = 14;
    /** Distances from the point that are tried, nearest first. */
    private static final double[] DISTANCES = {3, 16, 30, 46, 64, 84};
    /** Directions that are tried, best first: right, left, above, below, the corners. */
    private static final int[][] DIRECTIONS = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};

    /** A rectangle in pixels. */
    record Box(double left, double top, double right, double bottom) {

        double overlap(Box other) {
            double wide = Math.min(right, other.right) - Math.max(left, other.left);
            double high = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            return wide > 0 && high > 0 ? wide * high : 0;
        }

        double area() {
            return (right - left) * (bottom - top);
        }
    }

    private final Box bounds;
    private final List<Box> taken = new ArrayList<>();

    PlotNames(double left, double right, double top, double bottom) {
        bounds = new Box(left, top, right, bottom);
    }

    /** Nothing is to cover this point. */
    void keepFree(double x, double y, double radius) {
        taken.add(new Box(x - radius, y - radius, x + radius, y + radius));
    }

    /** Where a point's name goes; if there is no free place, where it covers least. */
    Box place(String name, double x, double y, double radius) {
        Box best = beside(name, x, y, radius + DISTANCES[0], DIRECTIONS[0]);
        double least = covered(best);
        for (double distance : DISTANCES) {
            for (int[] direction : DIRECTIONS) {
                Box box = beside(name, x, y, radius + distance, direction);
                double covered = covered(box);
                if (covered < least) {
                    best = box;
                    least = covered;
                }
            }
        }
        taken.add(best);
        return best;
    }

    private static Box beside(String name, double x, double y, double distance, int[] direction) {
        double width = PlotText.width(name);
        // At a corner the name comes as near as a circle lets it.
        double away = direction[0] != 0 && direction[1] != 0 ? distance * Math.sqrt(0.5) : distance;
        double left = x + direction[0] * away + (direction[0] - 1) * width / 2;
        double top = y + direction[1] * away + (direction[1] - 1) * HEIGHT / 2;
        return new Box(left, top, left + width, top + HEIGHT);
    }

    /** What it covers of others, and what of it lies outside, which is worse. */
    private double covered(Box box) {
        double covered = 2 * (box.area() - box.overlap(bounds));
        for (Box other : taken) {
            covered += box.overlap(other);
        }
        return covered;
    }
}
