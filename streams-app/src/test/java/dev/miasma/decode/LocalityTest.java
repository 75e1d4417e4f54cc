// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.decoder;
import static dev.miasma.decode.Events.event;
import static dev.miasma.decode.Events.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.config.FeatureQuantiles;
import dev.miasma.config.FeatureSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalityTest {
    private static final Near NEAR = new Near(FeatureSettings.unknown());

    /** 600 binary features; each of 20 latent classes has a probability of its own for each. */
    private static List<double[]> binary(int count, Random random) {
        double[][] classes = IntStream.range(0, 20)
                .mapToObj(c -> random.doubles(600).toArray())
                .toArray(double[][]::new);
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.stream(classes[random.nextInt(20)])
                        .map(p -> random.nextDouble() < p ? 1 : 0)
                        .toArray())
                .toList();
    }

    private static double[] flipped(double[] vector, int count, Random random) {
        double[] flipped = vector.clone();
        Set<Integer> chosen = new HashSet<>();
        while (chosen.size() < count) {
            int feature = random.nextInt(vector.length);
            if (chosen.add(feature)) {
                flipped[feature] = 1 - flipped[feature];
            }
        }
        return flipped;
    }

    private static long[] locality(String features) {
        return Objects.requireNonNull(prediction(event("features", features)).locality());
    }

    @Test
    void no_benign_pair_of_binary_records_is_near() {
        var random = new Random(20261122);

        assertThat(NEAR.benign(binary(2000, random), 200_000, random)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1.00, 0.001", "4, 1.00, 0.001", "16, 0.99, 0.01", "48, 0.15, 0.04"})
    void finds_records_of_which_some_features_were_flipped(int flips, double recall, double tolerance) {
        var random = new Random(20261122);
        List<double[]> records = binary(2000, random);

        assertThat(NEAR.recall(records, record -> flipped(record, flips, random)))
                .isCloseTo(recall, within(tolerance));
    }

    @Test
    void equal_records_have_all_bands_equal_and_other_keys_choose_otherwise() {
        double[] record = binary(1, new Random(1)).getFirst();

        assertThat(new Near(FeatureSettings.unknown()).of(record)).isEqualTo(NEAR.of(record));
        assertThat(Near.equalBands(new Near(FeatureSettings.unknown(), 8).of(record), NEAR.of(record)))
                .isLessThan(Near.ENOUGH);
    }

    @Test
    void a_fingerprint_is_the_one_that_stored_state_was_made_with() {
        assertThat(locality("{\"amount\":12.5,\"country\":\"SE\",\"new\":true,\"age\":41,\"rate\":0.3,\"kind\":\"b\"}"))
                .containsExactly(
                        -2115627547717115620L, 9021871688485206223L, -3983315987069577864L, -198841201460628934L);
    }

    @Test
    void the_order_of_named_features_does_not_matter_but_their_names_do() {
        String record = "{\"a\":1.5,\"b\":\"x\",\"c\":{\"d\":true,\"e\":[1,2,3]}}";

        assertThat(locality("{\"c\":{\"e\":[1,2,3],\"d\":true},\"b\":\"x\",\"a\":1.5}"))
                .isEqualTo(locality(record));
        assertThat(prediction(event("features", "{\"b\":2,\"a\":1}")).fingerprint())
                .isNotEqualTo(prediction(event("features", "{\"a\":1,\"b\":2}")).fingerprint());
        assertThat(locality("{\"c\":{\"e\":[2,1,3],\"d\":true},\"b\":\"x\",\"a\":1.5}"))
                .isNotEqualTo(locality(record));
    }

    @Test
    void one_named_feature_of_many_may_change_and_the_others_come_in_any_order() {
        List<String> fields = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(i -> "\"f" + i + "\":" + (i % 3 == 0 ? "\"v" + i + "\"" : String.valueOf(i * 1.37)))
                .toList());
        long[] before = locality(fields.stream().collect(Collectors.joining(",", "{", "}")));
        fields.set(3, "\"f3\":\"other\"");
        Collections.shuffle(fields, new Random(3));

        long[] after = locality(fields.stream().collect(Collectors.joining(",", "{", "}")));

        assertThat(Near.equalBands(before, after)).isBetween(Near.ENOUGH, Locality.BANDS - 1);
    }

    @Test
    void an_array_may_be_nested_like_a_picture() {
        assertThat(Near.equalBands(locality("[[1,2,3],[4,5,6]]"), locality("[1,2,3,4,5,6]")))
                .isEqualTo(Locality.BANDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "[[],{}]", "[1]", "[1,2,3,4,5]"})
    void features_that_are_too_few_have_no_locality_but_a_record_hash(String features) {
        Prediction prediction = prediction(event("features", features));

        assertThat(prediction.locality()).isNull();
        assertThat(prediction.hasRecordHash()).isTrue();
    }

    @Test
    void an_event_without_features_has_neither() {
        Prediction prediction = prediction(event("fingerprint", "\"f\""));

        assertThat(prediction.locality()).isNull();
        assertThat(prediction.hasRecordHash()).isFalse();
        assertThat(prediction.recordHash()).isZero();
    }

    @Test
    void a_ready_made_fingerprint_leaves_the_record_hash_and_the_locality_to_the_features() {
        Prediction plain = prediction(event("features", "[1,2,3,4,5,6]"));

        Prediction both = prediction(event("fingerprint", "\"f\"", "features", "[1,2,3,4,5,6]"));

        assertThat(both.fingerprint()).isNotEqualTo(plain.fingerprint());
        assertThat(both.hasRecordHash()).isTrue();
        assertThat(both.recordHash()).isEqualTo(plain.recordHash()).isEqualTo(plain.fingerprint());
        assertThat(both.locality()).isEqualTo(plain.locality());
    }

    @Test
    void a_ready_made_locality_wins_over_the_features() {
        long[] alone = prediction(event("locality", "[1,2,3,4]")).locality();

        assertThat(prediction(event("features", "[7]", "locality", "[1,2,3,4]")).locality())
                .isEqualTo(alone);
        assertThat(prediction(event("locality", "[\"1\",2,3,4]", "features", "[7]"))
                        .locality())
                .isEqualTo(alone);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, false",
        "4, 1, true",
        "8, 1, false",
        "8, 2, true",
        "16, 3, false",
        "16, 4, true",
        "6, 1, false",
        "6, 2, true",
        "12, 2, false",
        "12, 4, true"
    })
    void ready_made_bands_are_near_when_a_quarter_is_equal(int bands, int equal, boolean near) {
        String one = IntStream.range(0, bands).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        String other = IntStream.range(0, bands)
                .mapToObj(i -> String.valueOf(i >= bands - equal ? i : i + 100))
                .collect(Collectors.joining(",", "[", "]"));

        int shared = Near.equalBands(
                Objects.requireNonNull(prediction(event("locality", one)).locality()),
                Objects.requireNonNull(prediction(event("locality", other)).locality()));

        assertThat(shared >= Near.ENOUGH).isEqualTo(near);
    }

    @Test
    void the_next_event_changes_no_fingerprint_that_was_handed_out() {
        EventDecoder decoder = decoder();
        long[] locality = prediction(decoder, event("features", "[1,2,3,4,5,6]"), Events.arrival())
                .locality();
        long[] copy = Objects.requireNonNull(locality).clone();

        prediction(decoder, event("features", "[{\"a\":4},5,6,7,8,9]"), Events.arrival());

        assertThat(locality).isEqualTo(copy).isEqualTo(locality("[1,2,3,4,5,6]"));
    }

    @Test
    void features_beyond_the_limit_count_for_the_record_and_not_for_its_locality() {
        var features = new Features(100);
        for (int i = 0; i < 300; i++) {
            features.addNumber(i, i);
        }

        assertThat(features.count()).isEqualTo(100);
        assertThat(features.value(99)).isEqualTo(99);
    }

    private static long cell(float value, double offset) {
        return Cells.isOwnCell(value) ? Cells.ownCell(value) : Cells.ofScaled(Cells.scaled(value), offset);
    }

    @Property(tries = 500, seed = "20261122")
    void small_whole_numbers_are_told_apart_wherever_cells_end(
            @ForAll @IntRange(min = -16, max = 16) int one,
            @ForAll @IntRange(min = -16, max = 16) int other,
            @ForAll @FloatRange(min = 0, max = 1, maxIncluded = false) float offset) {
        assertThat(cell(one, offset) == cell(other, offset)).isEqualTo(one == other);
    }

    @Property(tries = 1000, seed = "20261122")
    void cells_never_fall_as_numbers_grow(
            @ForAll float one, @ForAll float other, @ForAll @FloatRange(min = 0, max = 1) float offset) {
        float low = Math.min(one, other) + 0.5f;
        float high = Math.max(one, other) + 0.5f;

        boolean whole = low == (int) low || high == (int) high;
        assertThat(whole || cell(low, offset) <= cell(high, offset)).isTrue();
    }

    @Test
    void ranks_take_the_place_of_numbers_where_quantiles_are_known() {
        var random = new Random(5);
        float[] edges = new float[33];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = 0.37f + i * 1e-6f;
        }
        float[][] all = IntStream.range(0, 40).mapToObj(i -> edges).toArray(float[][]::new);
        List<double[]> records = IntStream.range(0, 500)
                .mapToObj(i -> random.doubles(40).map(u -> 0.37 + u * 32e-6).toArray())
                .toList();

        double known =
                new Near(new FeatureSettings(null, new FeatureQuantiles(1000, all))).benign(records, 50_000, random);
        double unknown = NEAR.benign(records, 50_000, random);

        assertThat(known).isZero();
        assertThat(unknown).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0.375", "0.5, 0.8125", "1, 0.875", "2, 1", "3, 1"})
    void a_rank_is_the_share_below_with_half_of_the_equal_ones(float value, double rank) {
        // Ranks 0 to 3/4 are zeros, 7/8 a one, the largest a two.
        var quantiles = new FeatureQuantiles(9, new float[][] {{0, 0, 0, 0, 0, 0, 0, 1, 2}});

        assertThat(quantiles.rank(0, value)).isEqualTo(rank);
        assertThat(quantiles.rank(0, Float.NaN)).isNaN();
    }
}
