// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.KnownModel;
import dev.miasma.score.KnownModels;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns an endpoint's blocks into alarms: traffic above the null, a version that leaks more than the one before it, a flood
 * of new clients. Plain logic on a state that the caller keeps; time is the events' own. Not thread-safe.
 */
final class EndpointWatch {
    private final DetectSettings settings;
    private final long floodPerMinute;
    private final KnownModels models;
    private final Measures measures;
    private final double threshold;

    /**
     * @param settings of the level of endpoints
     * @param floodPerMinute new clients in a minute that are never a flood
     * @param models that blocks were scored by
     * @param measures told what became of the blocks
     */
    EndpointWatch(DetectSettings settings, long floodPerMinute, KnownModels models, Measures measures) {
        this.settings = settings;
        this.floodPerMinute = floodPerMinute;
        this.models = models;
        this.measures = measures;
        threshold = settings.threshold();
    }

    /**
     * Adds a block.
     *
     * @param state of the block's endpoint, changed in place
     * @return the alarms it leads to, held ones included
     */
    List<EndpointAlert> add(EndpointState state, LeakBlock block) {
        List<EndpointAlert> alerts = new ArrayList<>();
        VersionState version = state.of(block);
        watchFlood(state, block, alerts);
        if (block.scored() > 0) {
            version.recent.add(block);
            watchLeak(version, block, alerts);
            for (VersionState tested : state.versions) {
                compare(tested, block, alerts);
            }
        } else {
            measures.leakBlock("unscored");
        }
        version.lastSeenMillis = Math.max(version.lastSeenMillis, block.secondMillis());
        state.lastSeenMillis = Math.max(state.lastSeenMillis, block.secondMillis());
        return alerts;
    }

    private void watchFlood(EndpointState state, LeakBlock block, List<EndpointAlert> alerts) {
        EndpointAlert.Flood flood = state.flood.add(block, floodPerMinute);
        if (flood != null) {
            Detection.Alarm alarm = state.floodAlarms.raise(block.secondMillis(), settings.cooldownMillis());
            alerts.add(new EndpointAlert(
                    block.endpoint(), null, block.secondMillis(), alarm, state.floodAlarms.alarms, false, flood));
        }
    }

    private void watchLeak(VersionState version, LeakBlock block, List<EndpointAlert> alerts) {
        version.count(block);
        KnownModel model = models.byId(block.modelId());
        if (model == null || block.bins().length > model.bins()) {
            measures.leakBlock("no-model");
            return;
        }
        measures.leakBlock("used");
        long elapsed = block.secondMillis() - version.lastSeenMillis;
        version.leak.forget(EDetector.remembered(elapsed, settings.halfLifeMillis()));
        version.leak.add(block.bins(), model);
        if (version.leak.evidence() < threshold) {
            return;
        }
        Detection.Alarm alarm = version.leakAlarms.raise(block.secondMillis(), settings.cooldownMillis());
        var finding = new EndpointAlert.AboveNull(
                version.leak.evidence(),
                threshold,
                version.blocks,
                version.queries,
                version.scored,
                version.flagged,
                model.nullShare(),
                version.sinceMillis,
                block.modelId(),
                MemberShare.of(model.memberShare(version.recent.counts())));
        alerts.add(alert(block, version, alarm, version.leakAlarms.alarms, model.budgetGuaranteed(), finding));
        version.startCounting();
    }

    private void compare(VersionState tested, LeakBlock block, List<EndpointAlert> alerts) {
        VersionTest test = tested.test;
        boolean concerned = test != null
                && !test.alarmed
                && (tested.version.equals(block.version()) || test.before.equals(block.version()));
        if (test == null || !concerned) {
            return;
        }
        test.add(block);
        if (test.evidence() >= threshold) {
            test.alarmed = true;
            var finding = new EndpointAlert.LeaksMore(
                    test.evidence(), threshold, test.before, test.a.counts(), test.b.counts());
            alerts.add(alert(block, tested, Detection.Alarm.SENT, 1, !test.mixed, finding));
        }
    }

    private static EndpointAlert alert(
            LeakBlock block,
            VersionState version,
            Detection.Alarm alarm,
            int alarms,
            boolean guaranteed,
            EndpointAlert.Finding finding) {
        return new EndpointAlert(
                block.endpoint(), version.version, block.secondMillis(), alarm, alarms, guaranteed, finding);
    }
}
