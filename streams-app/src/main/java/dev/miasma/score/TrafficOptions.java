// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.TrafficCalibration;
import dev.miasma.attack.TrafficNull;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which traffic a null is learnt from, and what is to be promised of it.
 *
 * @param endpoint only events of this one; all where absent
 * @param version only events of this version of the model; all where absent
 * @param minQueries clients with fewer distinct queries are left out, at least {@link #FEWEST_QUERIES}
 * @param clientQuantile share of clients that the bounds are to hold for, {@link #LOWEST_QUANTILE} to below 1
 * @param delta chance that the promise fails, in (0, 1); the model's own where absent
 */
public record TrafficOptions(
        Optional<String> endpoint,
        Optional<String> version,
        int minQueries,
        double clientQuantile,
        OptionalDouble delta) {

    /** Fewest distinct queries of a client by default. */
    public static final int MIN_QUERIES = TrafficCalibration.MIN_QUERIES;

    /** The share of clients by default. */
    public static final double CLIENT_QUANTILE = TrafficCalibration.CLIENT_QUANTILE;

    /** The smallest share that can be asked for. */
    public static final double LOWEST_QUANTILE = TrafficNull.LOWEST_QUANTILE;

    /** The least that can be enough queries of a client. */
    public static final int FEWEST_QUERIES = 20;

    /** Checks the bounds. */
    public TrafficOptions {
        require(minQueries >= FEWEST_QUERIES, "fewest queries of a client", minQueries, "at least " + FEWEST_QUERIES);
        require(
                clientQuantile >= LOWEST_QUANTILE && clientQuantile < 1,
                "client quantile",
                clientQuantile,
                LOWEST_QUANTILE + " to below 1");
        double chance = delta.orElse(0.5);
        require(chance > 0 && chance < 1, "delta", chance, "above 0 and below 1");
    }

    private static void require(boolean holds, String name, Number value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ": must be " + bound);
        }
    }
}
