// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.ScoredQuery;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's scored queries into evidence and says when it reaches the threshold. Plain logic on a state that the
 * caller keeps; time is the events' own.
 */
final class Detector {
    /** Name of the sensor that reads the attack score of first sights. */
    static final String MEMBER_LIKENESS = "member-likeness";

    private final DetectSettings settings;
    private final Measures measures;
    private final double threshold;

    Detector(DetectSettings settings, Measures measures) {
        this.settings = settings;
        this.measures = measures;
        threshold = settings.threshold();
    }

    /**
     * Adds one query.
     *
     * @param state of the client at the endpoint, changed in place
     * @param isNew whether the state was made for this query
     * @param query to add
     * @return what there is to tell, null for nothing
     */
    @Nullable
    Detection add(ClientState state, boolean isNew, ScoredQuery query) {
        long now = query.timeMillis();
        long elapsed = now - state.lastSeenMillis;
        if (elapsed > settings.idleMillis()) {
            startAnew(state);
        }
        EDetector.forget(state.memberLikeness, elapsed, settings.halfLifeMillis());
        state.lastSeenMillis = Math.max(state.lastSeenMillis, now);
        if (state.queries++ == 0) {
            state.sinceMillis = now;
        }
        boolean firstSight = isFirstSight(state, query.fingerprint());
        measures.detected(firstSight);
        double evidence = firstSight ? addEvidence(state, query) : EDetector.evidence(state.memberLikeness);
        Detection.Alarm alarm = alarm(state, evidence, now);
        RiskBand bandBefore = isNew ? null : state.band;
        boolean alarmed = alarm != Detection.Alarm.NONE || now < state.cooldownEndMillis;
        state.band = alarmed ? RiskBand.ALARMED : RiskBand.of(evidence, threshold);
        boolean bandChanged = state.band != bandBefore;
        if (bandChanged) {
            measures.bandChanged(bandBefore == null ? "" : bandBefore.code(), state.band.code());
        }
        Detection detection = null;
        boolean worthTelling = bandChanged && !(isNew && state.band == RiskBand.LOW);
        if (alarm != Detection.Alarm.NONE || worthTelling) {
            detection = detection(state, query, alarm, evidence, bandBefore);
        }
        if (alarm != Detection.Alarm.NONE) {
            state.resetEvidence();
        }
        return detection;
    }

    /** A client that was silent for long, or whose memory is used up, starts at 0, which keeps the bound. */
    private static void startAnew(ClientState state) {
        state.memory.clear();
        state.resetEvidence();
    }

    /**
     * When the memory is used up, a query could be a repeat that is not known as one. So evidence and memory start anew
     * together: each stretch is an e-detector of its own, from 0, over queries that are distinct within it, and the
     * expected false alarms of the stretches add up to the same n / c.
     */
    private boolean isFirstSight(ClientState state, long fingerprint) {
        if (state.memory.size() >= settings.firstSightCapacity()) {
            state.memory.clear();
            Arrays.fill(state.memberLikeness, 0);
        }
        return state.memory.add(fingerprint);
    }

    private static double addEvidence(ClientState state, ScoredQuery query) {
        state.firstSights++;
        if (query.aboveMedian()) {
            state.aboveMedian++;
        }
        if (query.flagged()) {
            state.flagged++;
        }
        state.memberLikeness = EDetector.withRows(state.memberLikeness, query.logEvidence().length);
        return EDetector.update(state.memberLikeness, query.logEvidence());
    }

    private Detection.Alarm alarm(ClientState state, double evidence, long now) {
        if (evidence < threshold) {
            return Detection.Alarm.NONE;
        }
        state.alarms++;
        if (now < state.cooldownEndMillis) {
            return Detection.Alarm.HELD;
        }
        state.cooldownEndMillis = now + settings.cooldownMillis();
        return Detection.Alarm.SENT;
    }

    private Detection detection(
            ClientState state,
            ScoredQuery query,
            Detection.Alarm alarm,
            double evidence,
            @Nullable RiskBand bandBefore) {
        return new Detection(
                query.client(),
                query.endpoint(),
                query.version(),
                query.cohort(),
                query.timeMillis(),
                query.queryId(),
                MEMBER_LIKENESS,
                alarm,
                evidence,
                threshold,
                state.queries,
                state.firstSights,
                state.aboveMedian,
                state.flagged,
                query.nullShare(),
                state.sinceMillis,
                state.alarms,
                bandBefore,
                state.band,
                query.modelId(),
                query.budgetGuaranteed());
    }
}
