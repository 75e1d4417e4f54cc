// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrafficCalibrationTest {

    /** Cuts at 50, 20 and 5 %: few, so that few clients are enough. */
    static final Calibration THREE_CUTS = threeCuts();

    @Test
    void keeps_the_cuts_and_takes_the_bounds_from_the_clients() {
        List<long[]> clients = clients(new Random(1), 300, 1000);

        Calibration calibration = TrafficCalibration.of(THREE_CUTS, clients, 200, 0.95, 0.001);

        TrafficNull traffic = calibration.traffic().orElseThrow();
        assertThat(calibration.source()).isEqualTo(NullSource.BENIGN_TRAFFIC);
        assertThat(calibration.cuts()).containsExactly(THREE_CUTS.cuts());
        assertThat(calibration.memberCounts()).containsExactly(THREE_CUTS.memberCounts());
        assertThat(calibration.nonMembers()).isEqualTo(300_000);
        assertThat(calibration.flaggedNullShare())
                .isEqualTo(clients.stream().mapToLong(c -> c[3]).sum() / 300_000.0);
        assertThat(traffic.clients()).isEqualTo(300);
        assertThat(traffic.cutsTested()).isEqualTo(3);
        assertThat(traffic.clientsNeeded(0.001)).isLessThan(300);
        assertThat(calibration.budgetGuaranteed()).isTrue();
        for (int j = 0; j < 3; j++) {
            assertThat(calibration.bounds()[j])
                    .isEqualTo(ClopperPearson.upperBound(traffic.atOrAbove(j), traffic.queries(j), 0.001 / 6));
        }
        // Clients differ by more than a half of members would make of one.
        assertThat(calibration.evidence().rows()).isEqualTo(1);
        assertThat(calibration.withFlagRate(0.2).traffic()).contains(traffic);
    }

    @Test
    void cuts_for_the_evidence_alone_are_left_out_and_cost_no_clients() {
        Random random = new Random(8);
        double[] out = random.doubles(2000).toArray();
        double[] in = random.doubles(500, 0.63, 1).toArray();
        double[] others = random.doubles(500).toArray();
        Calibration even = Calibration.of(out, in, 0.001);
        Calibration shared = Calibration.of(out, in, 0.001, NullSource.NON_MEMBERS, others);
        List<double[]> scores = IntStream.range(0, 300)
                .mapToObj(i -> random.doubles(400).toArray())
                .toList();

        Calibration ofEven = TrafficCalibration.of(even, binned(even, scores), 200, 0.95, 0.001);
        Calibration ofShared = TrafficCalibration.of(shared, binned(shared, scores), 200, 0.95, 0.001);

        assertThat(shared.bins()).isGreaterThan(even.bins());
        assertThat(ofShared.cuts()).containsExactly(ofEven.cuts());
        assertThat(ofShared.bounds()).containsExactly(ofEven.bounds());
        assertThat(ofShared.memberCounts()).containsExactly(ofEven.memberCounts());
        assertThat(ofShared.traffic().orElseThrow().cutsTested())
                .isEqualTo(ofEven.traffic().orElseThrow().cutsTested());
        assertThat(ofShared.evidenceShares()).isEmpty();
        assertThat(ofShared.evidence().column(5))
                .containsExactly(ofEven.evidence().column(5));
    }

    private static List<long[]> binned(Calibration calibration, List<double[]> clients) {
        return clients.stream()
                .map(scores -> {
                    long[] counts = new long[calibration.bins()];
                    Arrays.stream(scores).forEach(score -> counts[calibration.bin(score)]++);
                    return counts;
                })
                .toList();
    }

    @Test
    void too_few_clients_give_the_largest_bound_and_no_guarantee() {
        List<long[]> clients = new ArrayList<>(clients(new Random(2), 20, 500));
        clients.add(new long[] {100, 100, 100, 200});

        Calibration calibration = TrafficCalibration.of(THREE_CUTS, clients, 200, 0.95, 0.001);

        TrafficNull traffic = calibration.traffic().orElseThrow();
        assertThat(calibration.budgetGuaranteed()).isFalse();
        assertThat(traffic.clients()).isEqualTo(21);
        assertThat(traffic.leftOutPerCut(0.001)).isZero();
        assertThat(traffic.shareOutside(0.001)).isBetween(0.3, 0.7);
        assertThat(calibration.bounds())
                .containsExactly(
                        ClopperPearson.upperBound(400, 500, 0.001 / 6),
                        ClopperPearson.upperBound(300, 500, 0.001 / 6),
                        ClopperPearson.upperBound(200, 500, 0.001 / 6));
    }

    @Test
    void clients_with_few_queries_do_not_count() {
        List<long[]> clients = new ArrayList<>(clients(new Random(3), 50, 300));
        Calibration without = TrafficCalibration.of(THREE_CUTS, clients, 200, 0.95, 0.001);
        clients.add(new long[] {0, 0, 0, 199});

        Calibration with = TrafficCalibration.of(THREE_CUTS, clients, 200, 0.95, 0.001);

        assertThat(with.bounds()).containsExactly(without.bounds());
        assertThat(with.nonMembers()).isEqualTo(without.nonMembers());
    }

    @Test
    void equal_bounds_and_cuts_that_nothing_reaches_are_merged_and_their_members_add_up() {
        // Whoever is above the middle cut is above the last as well.
        List<long[]> same = List.of(new long[] {200, 50, 0, 50}, new long[] {210, 40, 0, 50});
        List<long[]> nothing = List.of(new long[] {200, 50, 50, 0}, new long[] {210, 40, 50, 0});
        List<long[]> all = List.of(new long[] {0, 200, 50, 50}, new long[] {0, 210, 40, 50});

        assertMerged(same, new int[] {0, 1}, new int[] {2, 3});
        assertMerged(nothing, new int[] {0, 1}, new int[] {2, 3});
        assertMerged(all, new int[] {1, 2}, new int[] {0, 1});
    }

    private static void assertMerged(List<long[]> clients, int[] kept, int[] merged) {
        Calibration calibration = TrafficCalibration.of(THREE_CUTS, clients, 200, 0.95, 0.001);

        assertThat(calibration.cuts())
                .containsExactly(Arrays.stream(kept)
                        .mapToDouble(j -> THREE_CUTS.cuts()[j])
                        .toArray());
        int[] before = THREE_CUTS.memberCounts();
        int[] after = calibration.memberCounts();
        assertThat(after[merged[0]]).isEqualTo(before[merged[0]] + before[merged[1]]);
        assertThat(Arrays.stream(after).sum()).isEqualTo(THREE_CUTS.members());
        assertThat(calibration.traffic().orElseThrow().cutsTested()).isEqualTo(3);
    }

    @Test
    void without_members_the_evidence_comes_from_p_values() {
        Calibration noMembers = Calibration.of(ramp(200), new double[0], 0.001);
        long[] client = new long[noMembers.bins()];
        Arrays.fill(client, 100);

        Calibration calibration = TrafficCalibration.of(noMembers, List.of(client), 200, 0.95, 0.001);

        assertThat(calibration.evidence().rowName(0)).startsWith("p-value");
    }

    @Test
    void refuses_what_gives_no_bounds() {
        List<long[]> clients = List.of(new long[] {90, 5, 3, 2});
        assertThatThrownBy(() -> TrafficCalibration.of(THREE_CUTS, clients, 200, 0.95, 0.001))
                .hasMessageContaining("no client has 200 distinct queries; the busiest of 1 has 100");
        assertThatThrownBy(() -> TrafficCalibration.of(THREE_CUTS, List.of(), 200, 0.95, 0.001))
                .hasMessageContaining("the busiest of 0 has 0");
        assertThatThrownBy(() -> TrafficCalibration.of(THREE_CUTS, clients, 5, 0.95, 0.001))
                .hasMessageContaining("queries of a client are 5; at least 12");
        assertThatThrownBy(() -> TrafficCalibration.of(THREE_CUTS, clients, 50, 0.5, 0.001))
                .hasMessageContaining("client quantile is 0.5; at least 0.9 and below 1");
        assertThatThrownBy(() -> TrafficCalibration.of(THREE_CUTS, clients, 50, 0.95, 0))
                .hasMessageContaining("delta is 0.0");
        assertThatThrownBy(() -> TrafficCalibration.of(THREE_CUTS, List.of(new long[3]), 50, 0.95, 0.001))
                .hasMessageContaining("counts are 3; one for each of 4 bins");
        assertThatThrownBy(() -> TrafficCalibration.of(THREE_CUTS, List.of(new long[] {0, 0, 0, 300}), 50, 0.95, 0.001))
                .hasMessageContaining("no cut has a bound below 1");
        assertThatThrownBy(() -> Calibration.of(ramp(200), ramp(9), 0.001, NullSource.BENIGN_TRAFFIC))
                .hasMessageContaining("null source is 'benign-traffic' without clients");
    }

    @Property(tries = 12, seed = "20261122")
    void clients_of_a_beta_distribution_obey_the_bounds_as_often_as_promised(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 40) int spread) {
        // A client's queries reach the cuts at rates sqrt(t), t and t^2, t from Beta(1, spread).
        Random random = new Random(seed);
        int broken = 0;
        for (int sample = 0; sample < 10; sample++) {
            List<long[]> clients = IntStream.range(0, 150)
                    .mapToObj(i -> client(random, latent(random, spread), 200 + random.nextInt(400)))
                    .toList();

            Calibration calibration = TrafficCalibration.of(THREE_CUTS, clients, 200, 0.9, 0.1);

            assertThat(calibration.budgetGuaranteed()).isTrue();
            double[] bounds = calibration.bounds();
            assertThat(bounds).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            double most = 1;
            for (int j = 0; j < bounds.length; j++) {
                double exponent = List.of(0.5, 1.0, 2.0).get(indexOf(calibration.cuts()[j]));
                most = Math.min(most, Math.pow(bounds[j], 1 / exponent));
            }
            double outside = Math.pow(1 - most, spread);
            broken += outside > 0.1 ? 1 : 0;
        }

        assertThat(broken).isLessThanOrEqualTo(3);
    }

    @Property(tries = 100, seed = "20261122")
    void whatever_the_clients_the_evidence_obeys_the_bounds_and_the_file_comes_back(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
        Random random = new Random(seed);
        Calibration before = Calibration.of(
                random.doubles(100 + random.nextInt(3000)).toArray(),
                random.doubles(random.nextInt(200)).map(Math::sqrt).toArray(),
                0.001);
        List<long[]> clients = IntStream.range(0, count)
                .mapToObj(i -> {
                    int highest = 1 + random.nextInt(before.bins());
                    return IntStream.range(0, before.bins())
                            .mapToLong(b -> b >= highest ? 0 : (b == 0 ? 200 : 0) + random.nextInt(30))
                            .toArray();
                })
                .toList();
        if (clients.stream().allMatch(client -> Arrays.stream(client).skip(1).sum() == 0)) {
            return;
        }

        Calibration calibration = TrafficCalibration.of(before, clients, 200, 0.95, 0.001);

        CalibratedAttack attack = new CalibratedAttack(
                ModelFileTest.example().model(),
                calibration,
                ModelFileTest.example().provenance(),
                Evaluation.NONE);
        String json = ModelFile.toJson(attack);
        Calibration read = ModelFile.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .calibration();
        assertThat(ModelFile.toJson(new CalibratedAttack(attack.model(), read, attack.provenance(), Evaluation.NONE)))
                .isEqualTo(json);
        assertThat(read.bounds()).containsExactly(calibration.bounds());
        assertThat(read.budgetGuaranteed()).isEqualTo(calibration.budgetGuaranteed());
    }

    static List<long[]> clients(Random random, int count, int queries) {
        return IntStream.range(0, count)
                .mapToObj(i -> client(random, latent(random, 10), queries))
                .toList();
    }

    private static double latent(Random random, int spread) {
        return 1 - Math.pow(1 - random.nextDouble(), 1.0 / spread);
    }

    private static long[] client(Random random, double t, int queries) {
        long[] counts = new long[4];
        for (int i = 0; i < queries; i++) {
            double u = random.nextDouble();
            counts[u < t * t ? 3 : u < t ? 2 : u < Math.sqrt(t) ? 1 : 0]++;
        }
        return counts;
    }

    private static int indexOf(double cut) {
        return Arrays.binarySearch(THREE_CUTS.cuts(), cut);
    }

    private static Calibration threeCuts() {
        double[] out = new double[1000];
        Arrays.fill(out, 500, 800, 1);
        Arrays.fill(out, 800, 950, 2);
        Arrays.fill(out, 950, 1000, 3);
        double[] in = new double[200];
        Arrays.fill(in, 40, 80, 1);
        Arrays.fill(in, 80, 130, 2);
        Arrays.fill(in, 130, 200, 3);
        return Calibration.of(out, in, 0.001);
    }

    private static double[] ramp(int n) {
        return IntStream.range(0, n).asDoubleStream().toArray();
    }
}
