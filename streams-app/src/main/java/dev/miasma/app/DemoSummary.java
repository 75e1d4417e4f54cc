// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.Traffic;
import dev.miasma.train.DemoTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Adds up a demo run. */
final class DemoSummary {
    private DemoSummary() {}

    static DemoResult of(
            DemoSettings settings,
            DemoTarget target,
            Traffic traffic,
            long sent,
            InMemoryMeasures measures,
            List<SeenAlert> alerts,
            double seconds) {
        Map<String, Long> firstAlerts = new HashMap<>();
        long falseAlerts = 0;
        boolean guaranteed = true;
        for (SeenAlert alert : alerts) {
            firstAlerts.putIfAbsent(alert.client(), alert.queries());
            falseAlerts += alert.client().startsWith(Traffic.BENIGN) ? 1 : 0;
            guaranteed &= alert.budgetGuaranteed();
        }
        List<DemoResult.Prober> probers = traffic.proberQueries().entrySet().stream()
                .map(prober -> new DemoResult.Prober(
                        prober.getKey(),
                        settings.memberShare(),
                        prober.getValue(),
                        firstAlerts.containsKey(prober.getKey())
                                ? OptionalLong.of(firstAlerts.get(prober.getKey()))
                                : OptionalLong.empty()))
                .toList();
        return new DemoResult(
                target.dataset(),
                settings.seed(),
                sent,
                measures.receivedCount(),
                measures.scoredCount(),
                measures.rejectedCount(),
                measures.unscorableCount(),
                settings.clients(),
                traffic.benignQueries(),
                falseAlerts,
                traffic.benignQueries() * settings.budget() / 1e6,
                guaranteed,
                probers,
                measures.leakLift(),
                target.attackAuc(),
                target.defended().stream()
                        .map(defended -> new DemoResult.WhatIf(
                                defended.defence(),
                                measures.whatIfLift(defended.defence()),
                                measures.whatIfFlaggedShare(defended.defence()),
                                measures.whatIfCount(defended.defence()),
                                defended.attackAuc()))
                        .toList(),
                measures.scoredCount() / seconds);
    }
}
