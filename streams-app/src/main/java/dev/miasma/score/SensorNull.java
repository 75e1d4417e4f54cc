// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.ClientQuantile;
import java.util.Collection;
import java.util.function.ToLongFunction;

/**
 * The null of a sensor that only flags, as traffic held to be benign suggests it: a rate that all but a share of clients
 * stay under.
 *
 * @param sensor its name
 * @param key of the configuration that takes the rate
 * @param rate to configure; 1 where nothing can be said
 * @param clients it comes from
 * @param guaranteed whether they are enough for the share
 * @param clientsNeeded how many are
 */
public record SensorNull(String sensor, String key, double rate, int clients, boolean guaranteed, int clientsNeeded) {

    /** The repeat sensor's: the share of queries that the client has made before. */
    static SensorNull ofRepeats(Collection<ClientTally> tallies, TrafficOptions options, double delta) {
        return of("repeat", "detect.null.repeat", tallies, tally -> tally.repeats, options, delta);
    }

    private static SensorNull of(
            String sensor,
            String key,
            Collection<ClientTally> tallies,
            ToLongFunction<ClientTally> counted,
            TrafficOptions options,
            double delta) {
        ClientQuantile quantile = ClientQuantile.of(
                tallies.stream().mapToLong(counted).toArray(),
                tallies.stream().mapToLong(tally -> tally.queries).toArray(),
                options.minQueries(),
                options.clientQuantile(),
                delta);
        return new SensorNull(
                sensor, key, quantile.bound(), quantile.clients(), quantile.guaranteed(), quantile.clientsNeeded());
    }
}
