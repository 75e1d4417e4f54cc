// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What a study of delays came to.
 *
 * @param delays a row for each attack at each budget
 * @param benign a row for each kind of benign clients at each threshold
 */
public record DelayReport(List<Delay> delays, List<FalseAlarms> benign) {
    /** Copies the lists. */
    public DelayReport {
        delays = List.copyOf(delays);
        benign = List.copyOf(benign);
    }

    /**
     * Queries of an attack until the first alert.
     *
     * @param attack kind of client with the parameters that are not its defaults
     * @param budget expected false alerts per million benign queries at most, over all levels
     * @param threshold c of the level that the limits are of
     * @param probers that attacked
     * @param found of them before they ended
     * @param foundBy level and sensor that most of them were found by; empty if none was
     * @param byLevel probers by the level that found them
     * @param sorted queries until the alert of those found, ascending
     * @param limitLive ln(c) / KL against live non-members; NaN where not defined
     * @param limitCalibrated the same against all nulls that the calibration allows; infinite where the attack is one of
     *     them, NaN where not defined
     * @param targetsBefore target records finished before the alert, in the median of those found
     * @param firstDone queries until the first target record was finished, in the median; empty if fewer than half did
     *     before the end
     * @param foundBeforeDone probers found before they had finished any target record
     * @param asked most queries that one of them made
     */
    public record Delay(
            String attack,
            double budget,
            double threshold,
            int probers,
            int found,
            String foundBy,
            SortedMap<String, Integer> byLevel,
            List<Long> sorted,
            double limitLive,
            double limitCalibrated,
            long targetsBefore,
            OptionalLong firstDone,
            int foundBeforeDone,
            long asked) {

        /** Copies the list. */
        public Delay {
            sorted = List.copyOf(sorted);
        }

        /** Queries within which a share of all probers was found; empty where so many were not. */
        public OptionalLong quantile(double share) {
            int place = (int) Math.ceil(share * probers) - 1;
            return place < sorted.size() ? OptionalLong.of(sorted.get(Math.max(0, place))) : OptionalLong.empty();
        }

        /** Share of all probers found within a number of queries. */
        public double within(long queries) {
            return sorted.stream().filter(delay -> delay <= queries).count() / (double) probers;
        }
    }

    /**
     * Alarms about benign clients.
     *
     * @param kind of client
     * @param threshold c of clients
     * @param clients that asked
     * @param queries of theirs
     * @param alarms about them
     * @param sensors that led, with how often, the most frequent first; empty without an alarm
     */
    public record FalseAlarms(String kind, double threshold, int clients, long queries, long alarms, String sensors) {
        /** Most alarms in expectation: n / c. */
        public double bound() {
            return queries / threshold;
        }
    }
}
