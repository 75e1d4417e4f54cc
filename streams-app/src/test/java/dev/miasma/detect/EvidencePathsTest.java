// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EvidencePathsTest {
    private static final long HOUR = 60L * 60 * 1000;

    private static List<EvidencePath.Point> points(EvidencePaths paths, String key) {
        return Objects.requireNonNull(paths.of(Level.CLIENT, key)).points();
    }

    @Test
    void wants_nothing_below_the_floor() {
        EvidencePaths paths = new EvidencePaths();

        assertThat(paths.wants(9.99)).isFalse();
        assertThat(paths.wants(10)).isTrue();
        assertThat(EvidencePaths.none().wants(1e300)).isFalse();
    }

    @Test
    void keeps_every_point_while_there_is_room() {
        EvidencePaths paths = new EvidencePaths();

        for (int i = 0; i < EvidencePaths.MOST_POINTS; i++) {
            paths.add(Level.CLIENT, "a", i, 10 + i, Sensor.REPEAT);
        }

        EvidencePath path = Objects.requireNonNull(paths.of(Level.CLIENT, "a"));
        assertThat(path.thinned()).isFalse();
        assertThat(path.points()).hasSize(EvidencePaths.MOST_POINTS);
        assertThat(path.points().getFirst()).isEqualTo(new EvidencePath.Point(0, 10, "repeat"));
        assertThat(path.points().getLast()).isEqualTo(new EvidencePath.Point(255, 265, "repeat"));
    }

    @Property(tries = 200, seed = "20261122")
    void a_long_path_is_thinned_and_keeps_its_peak_its_order_and_its_end(
            @ForAll @Size(min = 1, max = 2000) List<@DoubleRange(min = 10, max = 1e6) Double> evidence) {
        EvidencePaths paths = new EvidencePaths(10, 4, 16);

        for (int i = 0; i < evidence.size(); i++) {
            paths.add(Level.CLIENT, "a", i, evidence.get(i), 0);
        }

        List<EvidencePath.Point> points = points(paths, "a");
        double peak = evidence.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        assertThat(points).hasSizeBetween(1, 16);
        assertThat(points).extracting(EvidencePath.Point::timeMillis).isSorted().doesNotHaveDuplicates();
        assertThat(points).extracting(EvidencePath.Point::evidence).contains((double) (float) peak);
        assertThat(Objects.requireNonNull(paths.of(Level.CLIENT, "a")).thinned())
                .isEqualTo(evidence.size() > 16);
        // A stretch is at most as long as the whole over half the points.
        assertThat(points.getLast().timeMillis()).isGreaterThanOrEqualTo(evidence.size() - 1 - evidence.size() / 8 - 1);
    }

    @Test
    void the_coldest_goes_where_there_are_too_many() {
        EvidencePaths paths = new EvidencePaths(10, 3, 16);
        paths.add(Level.CLIENT, "hot", 0, 1e6, 0);
        paths.add(Level.CLIENT, "cold", 0, 20, 0);
        paths.add(Level.CLIENT, "warm", 0, 1000, 0);

        paths.add(Level.CLIENT, "new", 1, 11, 0);

        assertThat(paths.subjects()).isEqualTo(3);
        assertThat(paths.of(Level.CLIENT, "cold")).isNull();
        assertThat(points(paths, "hot")).hasSize(1);
        assertThat(points(paths, "new")).hasSize(1);
    }

    @Test
    void an_hour_of_silence_cools_a_path_tenfold() {
        EvidencePaths paths = new EvidencePaths(10, 2, 16);
        paths.add(Level.CLIENT, "alarmed long ago", 0, 1e6, 0);
        paths.add(Level.CLIENT, "present", 5 * HOUR, 100, 0);

        paths.add(Level.CLIENT, "new", 5 * HOUR, 20, 0);

        assertThat(paths.of(Level.CLIENT, "alarmed long ago")).isNull();
        assertThat(points(paths, "present")).hasSize(1);
    }

    @Test
    void a_client_and_a_cohort_of_one_name_are_apart() {
        EvidencePaths paths = new EvidencePaths();

        paths.add(Level.COHORT, "a", 0, 20, 0);

        assertThat(paths.of(Level.CLIENT, "a")).isNull();
        assertThat(paths.of(Level.COHORT, "a")).isNotNull();
    }

    @Test
    void the_bounds_hold_against_a_flood() {
        EvidencePaths paths = new EvidencePaths();

        for (int i = 0; i < 5_000; i++) {
            paths.add(Level.CLIENT, "client-" + i, i, 10 + i % 7, 0);
        }

        assertThat(paths.subjects()).isEqualTo(EvidencePaths.MOST_SUBJECTS);
    }
}
