// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import dev.miasma.detect.Level;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest came to.
 *
 * @param events lines read that were not blank
 * @param queries that reached the detectors
 * @param clients each at each endpoint
 * @param cohorts each at each endpoint
 * @param rejected events by reason
 * @param unscorable events by reason; those with features are among the queries all the same
 * @param configured outcome at the configured budget
 * @param suspects at the configured budget, in the order of their first alerts
 * @param budgets outcome at each budget, the configured one among them, ascending
 * @param benign alarms against the bound, where all clients are held to be benign; null otherwise
 * @param checked alerts against the truth, where it is known; null otherwise
 */
public record BacktestResult(
        long events,
        long queries,
        int clients,
        int cohorts,
        SortedMap<String, Long> rejected,
        SortedMap<String, Long> unscorable,
        AtBudget configured,
        List<Suspect> suspects,
        List<AtBudget> budgets,
        @Nullable Benign benign,
        @Nullable Checked checked) {

    /**
     * What there would have been at a budget.
     *
     * @param budget expected false alerts per million benign queries at most, over all levels
     * @param threshold alarm threshold c of clients
     * @param alerts sent
     * @param alarms in all, those inside a cool-down too
     * @param allowed alarms of whom the operator allows to probe; not among the others
     * @param clients that there was an alert about
     * @param cohorts that there was an alert about
     */
    public record AtBudget(
            double budget, double threshold, long alerts, long alarms, long allowed, long clients, long cohorts) {}

    /**
     * A log without any prober.
     *
     * @param alerts sent, all of them false
     * @param alarms in all, those inside a cool-down too
     * @param expected alarms at most, in expectation: n x B / 1,000,000
     */
    public record Benign(long alerts, long alarms, double expected) {}

    /**
     * Alerts against the truth.
     *
     * @param kinds of clients
     * @param benignQueries queries of benign clients
     * @param falseAlerts sent about benign clients, and about cohorts without an attacker
     * @param falseAlarms the same with those inside a cool-down
     * @param expected false alarms at most, in expectation
     * @param strangers queries of clients that the truth doesn't have
     */
    public record Checked(
            List<Kind> kinds,
            long benignQueries,
            long falseAlerts,
            long falseAlarms,
            double expected,
            long strangers) {}

    /**
     * One kind of clients.
     *
     * @param kind name
     * @param attack whether it is an attack
     * @param clients in the log
     * @param queries of theirs
     * @param found of them that there was an alert about
     * @param byCohort others whose cohort there was an alert about
     * @param alarms about them; of a benign kind false, with those about its cohorts that hold no attacker
     */
    public record Kind(String kind, boolean attack, int clients, long queries, int found, long byCohort, long alarms) {}

    /** How many queries there were until the first alert, over clients or cohorts. */
    public Delays delays(Level level) {
        return Delays.of(suspects.stream().filter(one -> one.level() == level).toList());
    }
}
