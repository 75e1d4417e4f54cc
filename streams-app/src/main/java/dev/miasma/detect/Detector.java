// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.KnownModel;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a subject's queries into evidence and says when it reaches the threshold. The same for clients and for cohorts.
 * Plain logic on a state that the caller keeps; time is the events' own. Not thread-safe.
 */
final class Detector {
    private final Level level;
    private final DetectSettings settings;
    private final Measures measures;
    private final double threshold;
    private final Sensors sensors;
    private final Alarms alarms;
    private final Exemptions exemptions;
    private final KnownModels models;
    private final Sight sight = new Sight();
    private double lastEvidence;
    private int lastLeading;

    /**
     * @param level whose queries these are
     * @param settings of the level
     * @param exemptions of the operator, looked at for every query
     * @param models asked for the share of members when there is an alarm
     */
    Detector(Level level, DetectSettings settings, Exemptions exemptions, KnownModels models, Measures measures) {
        this.level = level;
        this.settings = settings;
        this.exemptions = exemptions;
        this.models = models;
        this.measures = measures;
        threshold = settings.threshold();
        sensors = Sensors.of(level, settings.sensors());
        alarms = new Alarms(settings);
    }

    /**
     * Adds one query.
     *
     * @param state of the subject, changed in place
     * @param isNew whether the state was made for this query
     * @param query to add
     * @return what there is to tell, null for nothing
     */
    @Nullable
    Detection add(ClientState state, boolean isNew, ScoredQuery query) {
        long now = query.timeMillis();
        age(state, now);
        state.makeRoom(settings.firstSightCapacity());
        sight.look(state, query);
        state.tally.add(query, sight);
        if (level == Level.CLIENT) {
            measures.detected(sight.first);
        }
        Exemption exemption = exemptions.of(level, query, now);
        addEvidence(state, query, exemption);
        double evidence = sensors.evidence(state);
        lastEvidence = evidence;
        lastLeading = evidence < EvidencePaths.FLOOR ? Sensor.MEMBER_LIKENESS : sensors.leading(state);
        Detection.Alarm alarm = evidence < threshold
                ? Detection.Alarm.NONE
                : alarms.raise(state, now, exemption != null && exemption.allowed());
        RiskBand bandBefore = isNew ? null : state.band;
        boolean alarmed = alarm != Detection.Alarm.NONE || now < state.cooldownEndMillis;
        state.band = alarmed ? RiskBand.ALARMED : RiskBand.of(evidence, threshold);
        boolean bandChanged = state.band != bandBefore;
        if (bandChanged) {
            measures.bandChanged(level.code(), bandBefore == null ? "" : bandBefore.code(), state.band.code());
        }
        Detection detection = null;
        boolean worthTelling = bandChanged && !(isNew && state.band == RiskBand.LOW);
        if (alarm != Detection.Alarm.NONE || worthTelling) {
            detection = detection(state, query, alarm, evidence, bandBefore);
            state.told |= bandChanged;
        }
        if (alarm != Detection.Alarm.NONE) {
            state.resetEvidence();
        }
        return detection;
    }

    /** The evidence of a state. */
    double evidence(ClientState state) {
        return sensors.evidence(state);
    }

    /** The evidence that the last query led to, before an alarm took it away. */
    double lastEvidence() {
        return lastEvidence;
    }

    /** Whether the last query was new to its subject. */
    boolean lastWasFirstSight() {
        return sight.first;
    }

    /** Place of the sensor with the largest part of it; of no meaning below {@link EvidencePaths#FLOOR}. */
    int lastLeading() {
        return lastLeading;
    }

    /** A subject that was silent for long starts at 0, and evidence may fade; both keep the bound. */
    private void age(ClientState state, long now) {
        long elapsed = state.seenAt(now, settings.idleMillis());
        double factor = EDetector.remembered(elapsed, settings.halfLifeMillis());
        if (factor < 1) {
            for (float[] rows : state.evidence) {
                EDetector.forget(rows, factor);
            }
        }
    }

    private void addEvidence(ClientState state, ScoredQuery query, @Nullable Exemption exemption) {
        Sensor[] all = sensors.all();
        for (int i = 0; i < all.length; i++) {
            int bin = all[i].bin(query, sight);
            if (bin == Sensor.SILENT) {
                continue;
            }
            EvidenceColumn column = all[i].column(query, bin);
            int place = sensors.places()[i];
            float[] m = EDetector.withRows(state.evidence[place], column.rows());
            EDetector.update(m, column);
            if (exemption != null) {
                exemption.temper(place, query, m);
            }
            state.evidence[place] = m;
        }
    }

    private Detection detection(
            ClientState state,
            ScoredQuery query,
            Detection.Alarm alarm,
            double evidence,
            @Nullable RiskBand bandBefore) {
        AttackScore attack = query.attack();
        int leading = sensors.leading(state);
        boolean modelGuarantees = attack != null && attack.budgetGuaranteed();
        boolean enoughWithoutModel = evidence - sensors.evidence(state, Sensor.MEMBER_LIKENESS) >= threshold;
        return new Detection(
                level,
                query.client(),
                query.endpoint(),
                query.version(),
                query.cohort(),
                query.timeMillis(),
                query.queryId(),
                Sensor.NAMES.get(leading),
                sensors.nullShare(leading),
                alarm,
                evidence,
                threshold,
                Observed.of(state.tally, attack == null ? Double.NaN : attack.nullShare()),
                state.alarms,
                Alarms.step(state.series),
                bandBefore,
                state.band,
                attack == null ? null : attack.modelId(),
                modelGuarantees || enoughWithoutModel,
                alarm == Detection.Alarm.NONE ? null : memberShare(state.tally, attack));
    }

    private @Nullable MemberShare memberShare(Tally tally, @Nullable AttackScore attack) {
        if (attack == null || attack.modelId().hashCode() != tally.binsModel) {
            return null;
        }
        KnownModel model = models.byId(attack.modelId());
        if (model == null || tally.bins.length > model.bins()) {
            return null;
        }
        return MemberShare.of(
                model.memberShare(Arrays.stream(tally.bins).asLongStream().toArray()));
    }
}
