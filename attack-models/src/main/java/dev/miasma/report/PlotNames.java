// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.ArrayList;
import java.util.List;

/** Finds places for names beside their points where they cover nothing, in the order they are asked for. */
final class PlotNames {

    private static final double HEIGHT = 14;
    /** Distances from the point that are tried, nearest first. */
    private static final double[] DISTANCES = {3, 16, 30, 46, 64, 84, 110, 140, 170};
    /** Directions that are tried, best first: right, left, above, below, the corners, between. */
    private static final double[][] DIRECTIONS = {
        {1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}, {1, -0.5}, {1, 0.5}, {-1, -0.5}, {-1, 0.5}
    };
    /** A name farther from its point than this gets a line to it. */
    private static final double NEAR = 12;
    /** From one look at such a line to the next. */
    private static final double STRIDE = 5;
    /** How bad it is for such a line to go through something, at one look. */
    private static final double CROSSING = 60;
    /** How bad it is to cover a pixel of something, or to cover one outside. */
    private static final double COVERING = 5;

    /** A rectangle in pixels. */
    record Box(double left, double top, double right, double bottom) {

        boolean has(double x, double y) {
            return x > left && x < right && y > top && y < bottom;
        }

        /** How far a point is from the nearest one of the rectangle. */
        double distance(double x, double y) {
            return Math.hypot(Math.clamp(x, left, right) - x, Math.clamp(y, top, bottom) - y);
        }

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

    /**
     * Where a name goes.
     *
     * @param box its room
     * @param anchor which of its ends is towards the point: "start", "middle" or "end"
     * @param far whether it needs a line to its point
     */
    record Place(Box box, String anchor, boolean far) {

        /** Where the text is anchored. */
        double x() {
            return switch (anchor) {
                case "start" -> box.left();
                case "end" -> box.right();
                default -> (box.left() + box.right()) / 2;
            };
        }
    }

    /** Where a point's name goes; if there is no free place, where it covers least. */
    Place place(String name, double x, double y, double radius) {
        Place best = beside(name, x, y, radius + DISTANCES[0], DIRECTIONS[0]);
        double least = covered(best, x, y);
        for (double distance : DISTANCES) {
            for (double[] direction : DIRECTIONS) {
                Place place = beside(name, x, y, radius + distance, direction);
                double covered = covered(place, x, y);
                if (covered < least) {
                    best = place;
                    least = covered;
                }
            }
        }
        taken.add(best.box());
        if (best.far()) {
            line(best.box(), x, y).forEach(spot -> keepFree(spot[0], spot[1], 1));
        }
        return best;
    }

    private static Place beside(String name, double x, double y, double distance, double[] direction) {
        double width = PlotText.width(name);
        // At a corner the name comes as near as a circle lets it.
        double away = direction[0] != 0 && direction[1] != 0 ? distance * Math.sqrt(0.5) : distance;
        double left = x + direction[0] * away + (direction[0] - 1) * width / 2;
        double top = y + direction[1] * away + (direction[1] - 1) * HEIGHT / 2;
        Box box = new Box(left, top, left + width, top + HEIGHT);
        String anchor = direction[0] > 0 ? "start" : direction[0] < 0 ? "end" : "middle";
        return new Place(box, anchor, box.distance(x, y) > NEAR);
    }

    /** What it and its line cover of others, what of it lies outside, and how far off it is. */
    private double covered(Place place, double x, double y) {
        Box box = place.box();
        double covered = COVERING * (box.area() - box.overlap(bounds)) + box.distance(x, y);
        for (Box other : taken) {
            covered += COVERING * box.overlap(other);
        }
        if (place.far()) {
            covered += CROSSING
                    * line(box, x, y).stream()
                            .filter(spot ->
                                    taken.stream().anyMatch(other -> other.has(spot[0], spot[1]) && !other.has(x, y)))
                            .count();
        }
        return covered;
    }

    /** Spots on the line from a point to a name. */
    private static List<double[]> line(Box box, double x, double y) {
        double dx = Math.clamp(x, box.left(), box.right()) - x;
        double dy = Math.clamp(y, box.top(), box.bottom()) - y;
        int strides = (int) (Math.hypot(dx, dy) / STRIDE);
        List<double[]> spots = new ArrayList<>();
        for (int i = 1; i < strides; i++) {
            spots.add(new double[] {x + dx * i / strides, y + dy * i / strides});
        }
        return spots;
    }
}
