// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.ClientQuantile;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.SensorSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The null of a sensor that only flags, as traffic held to be benign suggests it: a rate that all but a share of clients
 * stay under.
 *
 * @param sensor its name
 * @param key of the configuration that takes the rate
 * @param configured what that key is now
 * @param on whether the sensor has a weight
 * @param rate to configure; 1 where there is no client to say anything of
 * @param seen the rate of the client that decides it, without allowance for chance; NaN where there is none
 * @param clients it comes from: those with enough queries that the sensor had something to say of
 * @param guaranteed whether they are enough for the share
 * @param clientsNeeded how many are
 */
public record SensorNull(
        String sensor,
        String key,
        double configured,
        boolean on,
        double rate,
        double seen,
        int clients,
        boolean guaranteed,
        int clientsNeeded) {

    private static final String TRAINING_HIT = "training-hit";
    private static final double STEP = 1e4;

    /** To four places, rounded up: what to write into the configuration. */
    public double suggested() {
        return Math.ceil(rate * STEP) / STEP;
    }

    /** Whether the budget, as configured, is not known to hold for clients like these. */
    public boolean aboveConfigured() {
        return on && clients > 0 && rate > configured;
    }

    /**
     * The nulls of all such sensors; of training hits only where a filter was asked.
     *
     * @param settings weights and nulls in force
     * @param falsePositives of the training filter: its queries' share comes on top of what is configured
     */
    static List<SensorNull> all(
            Collection<ClientTally> tallies,
            TrafficOptions options,
            double delta,
            SensorSettings settings,
            double falsePositives) {
        Measuring measuring = new Measuring(tallies, options, delta);
        List<SensorNull> nulls = new ArrayList<>();
        nulls.add(measuring.of("repeat", ConfigKey.NULL_REPEAT, settings.repeatNull(), settings.repeat(), 0));
        nulls.add(measuring.of(
                "neighbourhood",
                ConfigKey.NULL_NEIGHBOURHOOD,
                settings.neighbourhoodNull(),
                settings.neighbourhood(),
                0));
        nulls.add(measuring.of("climb", ConfigKey.NULL_CLIMB, settings.climbNull(), settings.climb(), 0));
        if (tallies.stream().anyMatch(tally -> tally.sights.asked(TRAINING_HIT) > 0)) {
            nulls.add(measuring.of(
                    TRAINING_HIT,
                    ConfigKey.NULL_TRAINING_HIT,
                    settings.trainingHitNull(),
                    settings.trainingHit(),
                    falsePositives));
        }
        return nulls;
    }

    private record Measuring(Collection<ClientTally> tallies, TrafficOptions options, double delta) {
        SensorNull of(String sensor, String key, double configured, double weight, double falsePositives) {
            ClientQuantile quantile = ClientQuantile.of(
                    tallies.stream()
                            .mapToLong(tally -> tally.sights.flagged(sensor))
                            .toArray(),
                    tallies.stream()
                            .mapToLong(tally -> tally.sights.asked(sensor))
                            .toArray(),
                    options.minQueries(),
                    options.clientQuantile(),
                    delta);
            return new SensorNull(
                    sensor,
                    key,
                    configured,
                    weight > 0,
                    without(falsePositives, quantile.bound()),
                    without(falsePositives, quantile.seen()),
                    quantile.clients(),
                    quantile.guaranteed(),
                    quantile.clientsNeeded());
        }

        /** The p0 of p0 + (1 - p0) f. */
        private static double without(double falsePositives, double rate) {
            return Math.max(0, (rate - falsePositives) / (1 - falsePositives));
        }
    }
}
