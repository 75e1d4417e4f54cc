// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.attack.Calibration;
import dev.miasma.attack.EvidenceTable;
import dev.miasma.attack.NullSource;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise: at most n / c false alarms in n benign queries. The benign queries are the worst that the calibration
 * allows, drawn at exactly the extremal null of its evidence table.
 */
class AlertBudgetTest {
    private static final long SEED = 20261122;

    /** Scores of non-members spread evenly, of members crowded near 1; those of other non-members say where to cut. */
    private static final Calibration CALIBRATION = Calibration.of(
            IntStream.range(0, 5000).mapToDouble(i -> i / 5000.0).toArray(),
            IntStream.range(0, 2000)
                    .mapToDouble(i -> Math.sqrt(Math.sqrt(i / 2000.0)))
                    .toArray(),
            Calibration.DELTA,
            NullSource.NON_MEMBERS,
            IntStream.range(0, 1000).mapToDouble(i -> i / 1000.0).toArray());

    private static final EvidenceTable TABLE = CALIBRATION.evidence();

    /** The bin of a query under the extremal null: P(bin &gt;= j) = S_j. */
    private static int worstBenignBin(double[] bounds, SplittableRandom random) {
        double u = random.nextDouble();
        int bin = 0;
        while (bin < bounds.length && u < bounds[bin]) {
            bin++;
        }
        return bin;
    }

    private static EvidenceColumn[] columns() {
        return IntStream.range(0, TABLE.bins())
                .mapToObj(bin -> EvidenceColumn.of(TABLE.column(bin)))
                .toArray(EvidenceColumn[]::new);
    }

    @ParameterizedTest
    @CsvSource({"100, 4000, 1000", "1000, 4000, 1000", "10000, 2000, 3000"})
    void false_alarms_stay_within_the_budget(double threshold, int clients, int queriesEach) {
        var random = new SplittableRandom(SEED);
        double[] bounds = CALIBRATION.evidenceBounds();
        EvidenceColumn[] columns = columns();
        int alarms = 0;
        for (int client = 0; client < clients; client++) {
            float[] m = new float[TABLE.rows()];
            for (int query = 0; query < queriesEach; query++) {
                EDetector.update(m, columns[worstBenignBin(bounds, random)]);
                if (EDetector.evidence(m) >= threshold) {
                    alarms++;
                    m = new float[TABLE.rows()];
                }
            }
        }

        double n = (double) clients * queriesEach;
        assertThat(n).isGreaterThanOrEqualTo(2e6);
        assertThat(alarms).isBetween(1, (int) (n / threshold));
    }

    /** Any null whose chances to reach the cuts are at or below the bounds, not the worst alone. */
    @Property(tries = 40, seed = "20261122")
    void false_alarms_stay_within_the_budget_under_any_null_below_the_bounds(
            @ForAll @Size(value = 14) List<@DoubleRange(min = 0.3, max = 1) Double> below,
            @ForAll @LongRange(min = 1) long seed) {
        double[] bounds = CALIBRATION.evidenceBounds();
        double[] reached = bounds.clone();
        for (int cut = 0; cut < reached.length; cut++) {
            reached[cut] = Math.min(cut == 0 ? 1 : reached[cut - 1], bounds[cut] * below.get(cut % below.size()));
        }
        var random = new SplittableRandom(seed);
        EvidenceColumn[] columns = columns();
        int threshold = 100;
        int queries = 100_000;
        int alarms = 0;
        float[] m = new float[TABLE.rows()];
        for (int query = 0; query < queries; query++) {
            EDetector.update(m, columns[worstBenignBin(reached, random)]);
            if (EDetector.evidence(m) >= threshold) {
                alarms++;
                m = new float[TABLE.rows()];
            }
        }

        assertThat(alarms).isLessThanOrEqualTo(queries / threshold);
    }

    /** Each record comes three times, and the memory is used up again and again. */
    @ParameterizedTest
    @CsvSource({"100, 0", "100, 1000", "1000, 0"})
    void repeats_and_a_small_memory_do_not_break_the_budget(double threshold, long halfLife) {
        var random = new SplittableRandom(SEED);
        double[] bounds = CALIBRATION.evidenceBounds();
        EvidenceColumn[] columns = columns();
        var settings = Watch.settings(1e6 / threshold, 0, halfLife, 1_000_000, 100);
        var detector = new Detector(
                Level.CLIENT,
                settings,
                Exemptions.none(settings.sensors(), new NoMeasures()),
                KnownModels.none(),
                new NoMeasures());
        int n = 0;
        int alarms = 0;
        for (int client = 0; client < 500; client++) {
            ClientState state = ClientState.firstSeen(0);
            for (int record = 0; record < 700; record++) {
                EvidenceColumn evidence = columns[worstBenignBin(bounds, random)];
                long fingerprint = random.nextLong();
                for (int time = 0; time < 3; time++) {
                    Detection detection = detector.add(state, n++ == 0, query(record, fingerprint, evidence));
                    if (detection != null && detection.alarm() != Detection.Alarm.NONE) {
                        alarms++;
                    }
                }
            }
        }

        assertThat(alarms).isBetween(1, (int) (n / 3.0 / threshold));
    }

    private static ScoredQuery query(long time, long fingerprint, EvidenceColumn evidence) {
        return new ScoredQuery(
                "q",
                "fraud",
                "7",
                "a",
                null,
                time,
                fingerprint,
                true,
                ScoredQuery.NO_LOCALITY,
                0.5f,
                new AttackScore(0.5, 0, false, false, evidence, 0.01, "model", true),
                null);
    }
}
