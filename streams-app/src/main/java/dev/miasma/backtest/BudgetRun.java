// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.Detection;
import dev.miasma.detect.Level;
import dev.miasma.detect.OfflineDetection;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.ScoredQuery;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The detectors of one budget, and whom they told of. */
final class BudgetRun {
    private final double budget;
    private final double clientThreshold;
    private final OfflineDetection detection;
    private final Consumer<Detection> sent;
    private final Map<String, Suspect> suspects = new LinkedHashMap<>();
    private long alerts;
    private long alarms;
    private long allowed;

    /**
     * @param budget expected false alerts per million benign queries at most, over all levels
     * @param sent told of what becomes an alert
     */
    BudgetRun(double budget, MiasmaConfig config, Backtest.Knowledge knowledge, Consumer<Detection> sent) {
        this.budget = budget;
        this.sent = sent;
        double scale = budget / config.budgetPerMillion();
        DetectSettings clients = scaled(config.detect(), scale);
        clientThreshold = clients.threshold();
        detection = new OfflineDetection(
                clients,
                scaled(config.detectCohorts(), scale),
                knowledge.exemptions(),
                knowledge.models(),
                new NoMeasures());
    }

    private static DetectSettings scaled(DetectSettings settings, double scale) {
        return settings.withBudget(settings.budgetPerMillion() * scale);
    }

    double budget() {
        return budget;
    }

    void add(ScoredQuery query) {
        detection.add(query, this::take);
    }

    private void take(Detection told) {
        switch (told.alarm()) {
            case NONE -> {
                return;
            }
            case ALLOWED -> {
                allowed++;
                return;
            }
            case HELD -> alarms++;
            case SENT -> {
                alarms++;
                alerts++;
                sent.accept(told);
            }
        }
        suspects.merge(told.subject(), Suspect.of(told), (first, next) -> first.again(told));
    }

    Collection<Suspect> suspects() {
        return suspects.values();
    }

    int clients() {
        return detection.clients();
    }

    int cohorts() {
        return detection.cohorts();
    }

    BacktestResult.AtBudget outcome() {
        long ofCohorts = suspects.values().stream()
                .filter(one -> one.level() == Level.COHORT)
                .count();
        return new BacktestResult.AtBudget(
                budget, clientThreshold, alerts, alarms, allowed, suspects.size() - ofCohorts, ofCohorts);
    }
}
