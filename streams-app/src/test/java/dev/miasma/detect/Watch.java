// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.SensorSettings;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A detector that watches one client, for tests: each call is a query. */
final class Watch {
    static final long START = 1_000_000_000_000L;

    final InMemoryMeasures measures = new InMemoryMeasures();
    final Detector detector;
    final ClientState state = ClientState.firstSeen(START);
    private boolean isNew = true;
    private long fingerprints;

    /** Threshold 100, cool-down 1,000 ms, idle after 10,000 ms. */
    static DetectSettings settings() {
        return settings(10_000, 1000, 0, 10_000, 64);
    }

    /** With the attack score alone. */
    static DetectSettings settings(double budget, long cooldown, long halfLife, long idle, int capacity) {
        return new DetectSettings(
                budget, cooldown, halfLife, idle, capacity, 1_000_000, SensorSettings.memberLikenessOnly());
    }

    Watch(DetectSettings settings) {
        this(settings, KnownModels.none());
    }

    Watch(DetectSettings settings, KnownModels models) {
        Exemptions exemptions = Exemptions.none(settings.sensors(), measures);
        detector = new Detector(Level.CLIENT, settings, exemptions, models, measures);
    }

    Watch() {
        this(settings());
    }

    /** A query never seen before, of likelihood ratio {@code ratio} in each of two rows. */
    @Nullable
    Detection query(long time, double ratio) {
        return query(time, ++fingerprints * 0x9e3779b97f4a7c15L, ratio, ratio);
    }

    @Nullable
    Detection query(long time, long fingerprint, double... ratios) {
        float[] logEvidence = new float[ratios.length];
        for (int row = 0; row < ratios.length; row++) {
            logEvidence[row] = (float) Math.log(ratios[row]);
        }
        var query = new ScoredQuery(
                "q-" + time,
                "fraud",
                "7",
                "0a1b",
                "acme",
                time,
                fingerprint,
                true,
                ScoredQuery.NO_LOCALITY,
                0.5f,
                new AttackScore(
                        0.5, 0, ratios[0] >= 1, ratios[0] > 1, EvidenceColumn.of(logEvidence), 0.01, "model", true),
                null);
        Detection detection = detector.add(state, isNew, query);
        isNew = false;
        return detection;
    }

    Detection told(long time, double ratio) {
        return Objects.requireNonNull(query(time, ratio));
    }

    double evidence() {
        return EDetector.evidence(state.evidence[Sensor.MEMBER_LIKENESS]);
    }
}
