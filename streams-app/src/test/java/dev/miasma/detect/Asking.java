// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.SensorSettings;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.FlagEvidence;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.TrainingCheck;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client that asks a detector with all sensors on, for tests: records are numbers, near ones share most bands. */
final class Asking {
    static final SensorSettings SENSORS = new SensorSettings(0.7, 0.12, 0.03, 0.05, 0.1, 0.3, 0.2, 0.6, 0.01);
    private static final FlagEvidence TRAINING = FlagEvidence.against(0.01);

    final InMemoryMeasures measures = new InMemoryMeasures();
    final ClientState state = ClientState.firstSeen(Watch.START);
    final Detector detector;
    String client = "0a1b";
    float confidence = Float.NaN;
    private boolean isNew = true;
    private int queries;

    Asking(Level level, Exemptions exemptions, double budget) {
        var settings = new DetectSettings(budget, 1_000_000, 0, 1_000_000_000, 4096, 1000, SENSORS);
        detector = new Detector(level, settings, exemptions, KnownModels.none(), measures);
    }

    Asking() {
        this(Level.CLIENT, Exemptions.none(SENSORS, new InMemoryMeasures()), 1);
    }

    /** Asks about a record near others of its cluster. */
    @Nullable
    Detection near(int cluster, int member) {
        return ask(cluster * 100_000L + member, locality(cluster, member), null, null);
    }

    /** Asks about a record like no other. */
    @Nullable
    Detection far(int record) {
        return ask(record, locality(-1 - record, 0), null, null);
    }

    @Nullable
    Detection scored(int record, AttackScore attack) {
        return ask(record, ScoredQuery.NO_LOCALITY, attack, null);
    }

    @Nullable
    Detection checked(int record, boolean hit) {
        return ask(record, ScoredQuery.NO_LOCALITY, null, new TrainingCheck(hit, TRAINING.column(hit)));
    }

    private @Nullable Detection ask(
            long record, long[] locality, @Nullable AttackScore attack, @Nullable TrainingCheck training) {
        var query = new ScoredQuery(
                "q-" + queries++,
                "fraud",
                "7",
                client,
                "acme",
                Watch.START + queries,
                new SplittableRandom(record).nextLong(),
                true,
                locality,
                confidence,
                attack,
                training);
        Detection detection = detector.add(state, isNew, query);
        isNew = false;
        return detection;
    }

    /** Twelve bands of the cluster and four of its own. */
    private static long[] locality(int cluster, int member) {
        var shared = new SplittableRandom(cluster);
        return new long[] {
            shared.nextLong(),
            shared.nextLong(),
            shared.nextLong(),
            new SplittableRandom(member * 31L + cluster).nextLong()
        };
    }

    int asked() {
        return queries;
    }
}
