// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.simulate.ScenarioPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run of simulated clients does.
 *
 * @param plan who asks
 * @param seconds how long, in event time; 0 for no limit
 * @param queries how many at most
 * @param fast whether it publishes as fast as it goes, and not when the queries are due
 * @param locationDir folder with the Location data set; null for made-up data
 * @param targetSeed of the target's training
 * @param saveModel folder for the attack model; null for none
 * @param endpoint named in the events
 * @param version of the model named in them
 * @param withFeatures whether the queries are in them
 * @param output file of the events, - for standard output; null for Kafka
 * @param truth file that says who was what; null for none
 * @param topic of the events
 * @param config of the monitor, for Kafka and for the pseudonyms
 */
record SimulationSettings(
        ScenarioPlan plan,
        int seconds,
        long queries,
        boolean fast,
        @Nullable Path locationDir,
        long targetSeed,
        @Nullable Path saveModel,
        String endpoint,
        String version,
        boolean withFeatures,
        @Nullable String output,
        @Nullable Path truth,
        String topic,
        MiasmaConfig config) {

    /** Where the events go, in words. */
    String destination() {
        if (output == null) {
            return "topic " + topic;
        }
        return output.equals("-") ? "standard output" : output;
    }

    /** End of event time, milliseconds since 1970. */
    long endMillis() {
        return seconds == 0 ? Long.MAX_VALUE : plan.startMillis() + seconds * 1000L;
    }
}
