// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;

/**
 * How the evidence of a client or cohort went.
 *
 * @param points oldest first
 * @param truncated whether points were left out
 */
public record Path(List<Point> points, boolean truncated) {

    /**
     * The evidence after one query.
     *
     * @param time of the query, RFC 3339
     * @param evidence log10 of the e-detector's value
     * @param sensor name of the sensor with the largest part
     */
    public record Point(String time, double evidence, String sensor) {}
}
