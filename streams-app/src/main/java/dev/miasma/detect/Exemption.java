// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.AttackScore;
import dev.miasma.score.FlagEvidence;
import dev.miasma.score.KnownModel;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A decision of the operator about one client or cohort at one endpoint: it may probe, or what an alert said of it is its
 * normal behaviour. The latter does not mute it: its own null is raised to what was seen, and more than that still alarms.
 */
final class Exemption {
    /** What was decided. */
    enum Kind {
        /** Its alarms are counted and not sent. */
        ALLOW,
        /** Its own null is what was observed. */
        ACKNOWLEDGE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String reason;
    private final long untilMillis;
    private final Accepted accepted;
    private final KnownModels models;
    private final double[][] logFactors = new double[Sensor.COUNT][];

    /**
     * What an acknowledgement holds to be normal.
     *
     * @param modelId attack model of the bins; empty for none
     * @param bins first sights by bin
     * @param flagged queries of each sensor that were flagged, by its place
     * @param asked queries of each sensor in all, by its place
     */
    @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
    record Accepted(String modelId, long[] bins, long[] flagged, long[] asked) {}

    Exemption(Kind kind, String reason, long untilMillis, Accepted accepted, Sensors sensors, KnownModels models) {
        this.kind = kind;
        this.reason = reason;
        this.untilMillis = untilMillis;
        this.accepted = accepted;
        this.models = models;
        for (Sensor sensor : sensors.all()) {
            double before = sensor.nullShare();
            long asked = accepted.asked()[sensor.place()];
            if (kind == Kind.ACKNOWLEDGE && asked > 0 && !Double.isNaN(before)) {
                logFactors[sensor.place()] =
                        FlagEvidence.against(before).raisedNull(accepted.flagged()[sensor.place()], asked);
            }
        }
    }

    boolean allowed() {
        return kind == Kind.ALLOW;
    }

    boolean holdsAt(long timeMillis) {
        return timeMillis < untilMillis;
    }

    String reason() {
        return reason;
    }

    /** Takes from a sensor's M what the raised null makes of one query; dividing by 1 or more keeps the bound. */
    void temper(int place, ScoredQuery query, float[] rows) {
        double[] factors = place == Sensor.MEMBER_LIKENESS ? ofModel(query.attack()) : logFactors[place];
        if (factors == null || factors.length != rows.length) {
            return;
        }
        for (int row = 0; row < rows.length; row++) {
            rows[row] = EDetector.roundedDown(rows[row] * Math.exp(-factors[row]));
        }
    }

    /** Bins of another model than the one acknowledged say nothing: then it alarms as anyone would. */
    private double @Nullable [] ofModel(@Nullable AttackScore attack) {
        if (allowed() || attack == null || !attack.modelId().equals(accepted.modelId())) {
            return null;
        }
        double[] known = logFactors[Sensor.MEMBER_LIKENESS];
        if (known != null) {
            return known;
        }
        KnownModel model = models.byId(accepted.modelId());
        if (model == null) {
            return null;
        }
        known = model.raisedNull(accepted.bins());
        logFactors[Sensor.MEMBER_LIKENESS] = known;
        return known;
    }
}
