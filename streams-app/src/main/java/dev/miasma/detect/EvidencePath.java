// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.List;

/**
 * How the evidence of a subject went, as far as it is remembered.
 *
 * @param points oldest first, at most {@value EvidencePaths#MOST_POINTS}
 * @param thinned whether points were left out: of each stretch only the highest is kept
 */
public record EvidencePath(List<Point> points, boolean thinned) {

    /**
     * The evidence after one query, before an alarm took it away.
     *
     * @param timeMillis event time of the query, milliseconds since 1970
     * @param evidence value of the e-detector
     * @param sensor name of the sensor with the largest part
     */
    public record Point(long timeMillis, double evidence, String sensor) {}
}
