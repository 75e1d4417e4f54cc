// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import java.util.List;
import java.util.SortedMap;

/**
 * What the measures stand at, since the start of this process.
 *
 * @param received events read
 * @param rejected events sent to the dead letters
 * @param clientBands clients watched by this instance, by risk band
 * @param cohortBands cohorts, likewise
 * @param endpoints endpoints and versions with series of their own, by name
 */
public record LiveReadings(
        long received,
        long rejected,
        SortedMap<String, Long> clientBands,
        SortedMap<String, Long> cohortBands,
        List<OfEndpoint> endpoints) {

    /**
     * One version of an endpoint's model.
     *
     * @param endpoint endpoint that answered
     * @param version version of its model
     * @param scored answers scored
     * @param leak the window of recent answers
     * @param whatIf the windows under the defences that are tried, by their id
     */
    public record OfEndpoint(
            String endpoint, String version, long scored, LeakWindow leak, SortedMap<String, LeakWindow> whatIf) {}
}
