// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a calibration on traffic saw and what came of it.
 *
 * @param oldId of the model that scored
 * @param newId of the model with the new null
 * @param seen clients and queries
 * @param promise what holds with the new null
 * @param cuts one a cut of the old model, ascending
 * @param sensors nulls of the sensors that only flag
 * @param plot an SVG of the clients' rates and the bounds
 */
public record TrafficReport(
        String oldId,
        String newId,
        Seen seen,
        Promise promise,
        List<CutBounds> cuts,
        List<SensorNull> sensors,
        String plot) {

    public TrafficReport {
        cuts = List.copyOf(cuts);
        sensors = List.copyOf(sensors);
    }

    /**
     * What was seen; a client is one at one endpoint.
     *
     * @param clients all that asked anything that could be scored
     * @param clientsUsed those with enough distinct queries
     * @param predictions all valid ones
     * @param queriesUsed distinct queries of the clients that were used
     * @param ofOthers predictions of another endpoint or version
     * @param labelOnly answers without a posterior, which only those sensors read
     * @param repeats queries that their client had made before
     * @param beyondMost queries of clients that had enough already
     * @param ofSmallClients distinct queries of clients with too few
     */
    public record Seen(
            int clients,
            int clientsUsed,
            long predictions,
            long queriesUsed,
            long ofOthers,
            long labelOnly,
            long repeats,
            long beyondMost,
            long ofSmallClients) {}

    /**
     * What holds, for whom, and how surely.
     *
     * @param guaranteedBefore whether the old model's bounds bore the budget
     * @param guaranteed whether the new ones do
     * @param clientQuantile share of clients they are to hold for
     * @param shareOutside share of clients that may be beyond them, at most
     * @param leftOutPerCut clients left out at each cut; 0 where there are too few
     * @param clientsNeeded fewest clients for the guarantee
     * @param delta chance that the promise fails
     */
    public record Promise(
            boolean guaranteedBefore,
            boolean guaranteed,
            double clientQuantile,
            double shareOutside,
            int leftOutPerCut,
            int clientsNeeded,
            double delta) {}

    /**
     * One cut.
     *
     * @param score its value
     * @param nominalRate its nominal false-positive rate
     * @param oldBound before
     * @param newBound absent where the cut was merged into the one below
     * @param share of all queries that were used, at or above
     */
    public record CutBounds(double score, double nominalRate, double oldBound, OptionalDouble newBound, double share) {}
}
