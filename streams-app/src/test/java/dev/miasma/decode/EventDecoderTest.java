// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.answered;
import static dev.miasma.decode.Events.arrival;
import static dev.miasma.decode.Events.decoder;
import static dev.miasma.decode.Events.event;
import static dev.miasma.decode.Events.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private static double[] posterior(Prediction prediction) {
        return Arrays.copyOf(prediction.posterior(), prediction.classes());
    }

    @Test
    void reads_every_field_of_an_event() {
        String event = event("cohort", "\"acme\"", "label", "1", "sampledRate", "10", "features", "[1,2]");

        Prediction prediction =
                prediction(decoder(), event, new Arrival("predictions-3-42", 5, null, "00-trace-span-01"));

        assertThat(prediction.id()).isEqualTo("q-1");
        assertThat(prediction.endpoint()).isEqualTo("fraud");
        assertThat(prediction.version()).isEqualTo("7");
        assertThat(prediction.cohort()).isEqualTo("acme");
        assertThat(prediction.timeMillis()).isEqualTo(Events.NOW - 1000);
        assertThat(posterior(prediction)).containsExactly(0.75, 0.25);
        assertThat(prediction.trueClass()).isEqualTo(1);
        assertThat(prediction.represents()).isEqualTo(10);
        assertThat(prediction.traceparent()).isEqualTo("00-trace-span-01");
        assertThat(prediction.labelOnly()).isFalse();
    }

    @Test
    void fills_in_what_an_event_leaves_out() {
        Prediction prediction = prediction(event("id", "", "version", "", "time", ""));

        assertThat(prediction.id()).isEqualTo("predictions-3-42");
        assertThat(prediction.version()).isEqualTo("unversioned");
        assertThat(prediction.timeMillis()).isEqualTo(arrival().timeMillis());
        assertThat(prediction.cohort()).isNull();
        assertThat(prediction.trueClass()).isEqualTo(-1);
        assertThat(prediction.represents()).isEqualTo(1);
        assertThat(prediction.traceparent()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \""})
    void takes_a_null_or_blank_field_for_one_left_out(String blank) {
        Prediction prediction = prediction(event("id", blank, "version", blank, "cohort", blank, "fingerprint", blank));

        assertThat(prediction.id()).isEqualTo("predictions-3-42");
        assertThat(prediction.version()).isEqualTo("unversioned");
        assertThat(prediction.cohort()).isNull();
        assertThat(prediction.fingerprint()).isEqualTo(prediction(event()).fingerprint());
    }

    @Test
    void takes_whole_numbers_for_names() {
        Prediction prediction = prediction(
                decoder("0123456789abcdef", false),
                event("client", "9007199254740993", "version", "12", "cohort", "3"),
                arrival());

        assertThat(prediction.client()).isEqualTo("9007199254740993");
        assertThat(prediction.version()).isEqualTo("12");
        assertThat(prediction.cohort()).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "1795348800123, 2026-11-22T12:00:00.123Z",
        "'\"2026-11-22T12:00:00.123Z\"', 2026-11-22T12:00:00.123Z",
        "'\"2026-11-22T14:00:00+02:00\"', 2026-11-22T12:00:00Z",
        "0, 1970-01-01T00:00:00Z"
    })
    void reads_times_as_milliseconds_or_rfc_3339(String json, String expected) {
        assertThat(Instant.ofEpochMilli(prediction(event("time", json)).timeMillis()))
                .isEqualTo(Instant.parse(expected));
    }

    @Test
    void accepts_a_time_ahead_by_just_what_is_allowed() {
        assertThat(prediction(event("time", Long.toString(Events.NOW + Events.DAY)))
                        .timeMillis())
                .isEqualTo(Events.NOW + Events.DAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1.125]", "[0.875]", "[0.5,0.625]", "[1]", "[1,0,0,0,0,0,0,0]", "[0.5,0.5,-0.0]"})
    void accepts_posteriors_up_to_the_edges_of_the_bounds(String posterior) {
        assertThat(Events.decode(event("posterior", posterior))).isInstanceOf(Prediction.class);
    }

    @Test
    void skips_fields_it_does_not_know_whatever_they_hold() {
        Prediction prediction =
                prediction(event("request", "{\"client\":\"eve\",\"posterior\":[9],\"deep\":[[{}]]}", "note", "null"));

        assertThat(prediction.client()).isEqualTo(prediction(event()).client());
        assertThat(posterior(prediction)).containsExactly(0.75, 0.25);
    }

    @Test
    void does_not_mix_up_one_event_with_the_next() {
        EventDecoder decoder = decoder();
        prediction(
                decoder, event("cohort", "\"acme\"", "label", "1", "features", "[1]", "sampledRate", "9"), arrival());

        Prediction next = prediction(decoder, event("id", ""), arrival());

        assertThat(next.id()).isEqualTo("predictions-3-42");
        assertThat(next.cohort()).isNull();
        assertThat(next.trueClass()).isEqualTo(-1);
        assertThat(next.represents()).isEqualTo(1);
        assertThat(next.fingerprint()).isEqualTo(prediction(event()).fingerprint());
    }

    @Test
    void goes_on_after_an_event_it_rejected() {
        EventDecoder decoder = decoder();
        decoder.decode(Events.utf8(event("cohort", "\"acme\"", "posterior", "[0.1,0.1]")), arrival());

        assertThat(prediction(decoder, event(), arrival()).cohort()).isNull();
    }

    @Property(tries = 300, seed = "20261122")
    void logits_give_the_posterior_that_is_their_softmax(
            @ForAll @Size(min = 1, max = Events.MAX_CLASSES) List<@DoubleRange(min = -30, max = 30) Double> logits) {
        double sum = logits.stream().mapToDouble(Math::exp).sum();

        Prediction prediction = prediction(answered("logits", logits.toString()));

        double[] softmax = logits.stream().mapToDouble(z -> Math.exp(z) / sum).toArray();
        assertThat(posterior(prediction)).containsExactly(softmax, within(1e-12));
    }

    @Test
    void logits_may_be_as_large_as_numbers_get() {
        assertThat(posterior(prediction(answered("logits", "[1e308,1e308,-1e308]"))))
                .containsExactly(0.5, 0.5, 0);
    }

    static Stream<Arguments> topK() {
        return Stream.of(
                arguments("[{\"p\":0.75},{\"p\":0.25}]", new double[] {0.75, 0.25}),
                arguments("[{\"p\":0.5},{\"p\":0.25}]", new double[] {0.5, 0.25, 0.25}),
                arguments("[{\"p\":0.5},{\"p\":0.125}]", new double[] {0.5, 0.125, 0.125, 0.125, 0.125}),
                arguments("[{\"p\":0.25}]", new double[] {0.25, 0.25, 0.25, 0.25}),
                arguments("[{\"p\":0.4}]", new double[] {0.4, 0.3, 0.3}),
                arguments("[{\"p\":0.9}]", new double[] {0.9}),
                arguments("[{\"p\":0.875},{\"p\":0}]", new double[] {0.875, 0}),
                arguments("[{\"p\":1.125}]", new double[] {1.125}));
    }

    @ParameterizedTest
    @MethodSource
    void topK(String topK, double[] expected) {
        assertThat(posterior(prediction(answered("topk", topK)))).containsExactly(expected, within(1e-12));
    }

    @Property(tries = 300, seed = "20261122")
    void a_completed_top_k_is_a_posterior_that_lists_its_largest_first(
            @ForAll @DoubleRange(min = 0.15, max = 0.4) double first,
            @ForAll @DoubleRange(min = 0.15, max = 0.4) double second) {
        Prediction prediction = prediction(answered("topk", "[{\"p\":%s},{\"p\":%s}]".formatted(first, second)));

        double[] posterior = posterior(prediction);
        assertThat(Arrays.stream(posterior).sum()).isEqualTo(1, within(1e-9));
        assertThat(Arrays.stream(posterior).skip(2)).allMatch(p -> p > 0 && p <= Math.min(first, second));
    }

    @ParameterizedTest
    @CsvSource({"'\"cat\"', 0", "'\"dog\"', 1", "'\"cow\"', -1", "3, 2", "'\"3\"', 2"})
    void the_label_beside_a_top_k_is_one_of_its_labels(String label, int expected) {
        String topK = "[{\"label\":\"cat\",\"p\":0.5},{\"label\":\"dog\",\"p\":0.3},{\"p\":0.2,\"label\":3}]";

        assertThat(prediction(answered("topk", topK, "label", label)).trueClass())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "-4", "\"cat\"", "9999999999"})
    void a_label_alone_is_an_answer_without_a_posterior(String label) {
        Prediction prediction = prediction(event("posterior", "", "label", label));

        assertThat(prediction.labelOnly()).isTrue();
        assertThat(prediction.trueClass()).isEqualTo(-1);
    }

    @Test
    void the_header_overrides_the_client_of_the_event() {
        Prediction prediction =
                prediction(decoder("0123456789abcdef", false), event(), Events.arrivalWithHeader("gateway-user"));

        assertThat(prediction.client()).isEqualTo("gateway-user");
        assertThat(prediction(decoder(), event("client", ""), Events.arrivalWithHeader("alice"))
                        .client())
                .isEqualTo(prediction(event()).client());
    }

    @Test
    void a_pseudonym_is_stable_keyed_and_hides_the_client() {
        String pseudonym = prediction(event()).client();

        assertThat(pseudonym).matches("[0-9a-f]{24}");
        assertThat(prediction(decoder(), event("posterior", "[1]"), arrival()).client())
                .isEqualTo(pseudonym);
        assertThat(prediction(event("client", "\"alicf\"")).client()).isNotEqualTo(pseudonym);
        assertThat(prediction(decoder("another-key-of-16", true), event(), arrival())
                        .client())
                .isNotEqualTo(pseudonym);
        assertThat(prediction(decoder("0123456789abcdef", false), event(), arrival())
                        .client())
                .isEqualTo("alice");
    }

    @Test
    void a_prediction_shows_neither_client_nor_posterior_in_text() {
        Prediction prediction = prediction(decoder("0123456789abcdef", false), event(), arrival());

        assertThat(prediction.toString()).doesNotContain("alice", "0.75").contains("q-1", "fraud", "7");
    }

    static Stream<Arguments> sameFingerprints() {
        return Stream.of(
                arguments(event("features", "[1,2.5]"), event("features", "[1.0,25e-1]")),
                arguments(event("features", "[0.0]"), event("features", "[-0.0]")),
                arguments(event("features", "[0.1]"), event("features", "[0.10000000149011612]")),
                arguments(event("features", "[1e39]"), event("features", "[1e300]")),
                arguments(event("features", "[1]"), event("features", "[1]", "posterior", "[0.5,0.5]")),
                arguments(event("features", "[1]"), event("features", "[1]", "client", "\"bob\"")),
                arguments(event("fingerprint", "\"f\""), event("fingerprint", "\"f\"", "features", "[1]")),
                arguments(event("fingerprint", "\"f\""), event("features", "[1]", "fingerprint", "\"f\"")),
                arguments(event("fingerprint", "12"), event("fingerprint", "\"12\"")),
                arguments(event(), event("features", "null")),
                arguments(event("posterior", "[1,0]"), event("posterior", "[1,-0.0]")),
                arguments(event("posterior", "[0.5,0.5]"), answered("logits", "[3,3]")));
    }

    @ParameterizedTest
    @MethodSource
    void sameFingerprints(String one, String other) {
        assertThat(prediction(one).fingerprint()).isEqualTo(prediction(other).fingerprint());
    }

    static Stream<Arguments> differentFingerprints() {
        return Stream.of(
                arguments(event("features", "[1,2]"), event("features", "[2,1]")),
                arguments(event("features", "[1,2]"), event("features", "[1,2,0]")),
                arguments(event("features", "[0.1]"), event("features", "[0.10000001]")),
                arguments(event("features", "{\"a\":1,\"b\":2}"), event("features", "{\"b\":2,\"a\":1}")),
                arguments(event("features", "[[1],2]"), event("features", "[[1,2]]")),
                arguments(event("features", "[\"ab\",\"c\"]"), event("features", "[\"a\",\"bc\"]")),
                arguments(event("features", "{\"a\":1}"), event("features", "{\"b\":1}")),
                arguments(event("features", "[true]"), event("features", "[false]")),
                arguments(event("features", "[null]"), event("features", "[]")),
                arguments(event("features", "[1]"), event("features", "[\"1\"]")),
                arguments(event("features", "\"a\""), event("features", "\"b\"")),
                arguments(event("fingerprint", "\"f\""), event("fingerprint", "\"g\"")),
                arguments(event(), event("posterior", "[0.25,0.75]")),
                arguments(event("posterior", "[1]"), event("posterior", "[1,0]")),
                arguments(
                        answered("topk", "[{\"label\":\"cat\",\"p\":1}]"),
                        answered("topk", "[{\"label\":\"dog\",\"p\":1}]")));
    }

    @ParameterizedTest
    @MethodSource
    void differentFingerprints(String one, String other) {
        assertThat(prediction(one).fingerprint()).isNotEqualTo(prediction(other).fingerprint());
    }

    @Test
    void a_fingerprint_is_keyed() {
        String event = event("features", "[1,2,3]");

        assertThat(prediction(decoder("another-key-of-16", true), event, arrival())
                        .fingerprint())
                .isNotEqualTo(prediction(event).fingerprint());
    }

    @Test
    void a_fingerprint_is_the_one_that_stored_state_was_made_with() {
        Prediction prediction = prediction(event("features", "{\"amount\":12.5,\"country\":\"SE\",\"new\":true}"));

        assertThat(prediction.fingerprint()).isEqualTo(-9183018700523906507L);
    }
}
