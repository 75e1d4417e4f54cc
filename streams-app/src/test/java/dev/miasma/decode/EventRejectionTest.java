// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.answered;
import static dev.miasma.decode.Events.arrival;
import static dev.miasma.decode.Events.decoder;
import static dev.miasma.decode.Events.event;
import static dev.miasma.decode.Events.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventRejectionTest {
    private static final String LONG_TEXT = '"' + "x".repeat(EventParser.MAX_TEXT + 1) + '"';

    static Stream<Arguments> bad() {
        return Stream.of(
                        notEvents(),
                        badFields(),
                        badPosteriors(),
                        badLogits(),
                        badTopK(),
                        badLabels(),
                        badTimes(),
                        badRows())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> notEvents() {
        return Stream.of(
                arguments(RejectReason.NO_VALUE, "", "the record has no value"),
                arguments(
                        RejectReason.TOO_LARGE,
                        event("note", '"' + "x".repeat(Events.MAX_BYTES) + '"'),
                        "at most 8192 are allowed"),
                arguments(RejectReason.NOT_JSON, "nonsense", "not JSON"),
                arguments(RejectReason.NOT_JSON, "  ", "not a JSON object"),
                arguments(RejectReason.NOT_JSON, "42", "not a JSON object"),
                arguments(RejectReason.NOT_JSON, "\"text\"", "not a JSON object"),
                arguments(RejectReason.NOT_JSON, "null", "not a JSON object"),
                arguments(RejectReason.NOT_JSON, "[]", "not a JSON object"),
                arguments(RejectReason.NOT_JSON, "[" + event() + "]", "not a JSON object"),
                arguments(RejectReason.NOT_JSON, event() + "x", "something follows"),
                arguments(RejectReason.NOT_JSON, event() + event(), "something follows"),
                arguments(RejectReason.NOT_JSON, event().substring(0, 40), "not JSON"),
                arguments(RejectReason.NOT_JSON, event("features", "[".repeat(70) + "]".repeat(70)), "not JSON"),
                arguments(RejectReason.NOT_JSON, event("note", "[".repeat(70) + "]".repeat(70)), "not JSON"),
                arguments(RejectReason.NOT_JSON, event("x", "{\"a\":1,\"a\":2}"), "not JSON"),
                arguments(RejectReason.NOT_JSON, "{\"client\":\"a\"," + event().substring(1), "not JSON"),
                arguments(RejectReason.NOT_JSON, event("sampledRate", "1".repeat(500)), "not JSON"));
    }

    private static Stream<Arguments> badFields() {
        return Stream.of(
                arguments(RejectReason.WRONG_TYPE, event("id", "7"), "id must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("endpoint", "7"), "endpoint must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("version", "7.5"), "version must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("client", "{}"), "client must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("cohort", "[]"), "cohort must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("fingerprint", "true"), "fingerprint must be a string"),
                arguments(RejectReason.MISSING_ENDPOINT, event("endpoint", ""), "endpoint is missing or empty"),
                arguments(RejectReason.MISSING_ENDPOINT, event("endpoint", "null"), "endpoint is missing or empty"),
                arguments(RejectReason.MISSING_ENDPOINT, event("endpoint", "\" \""), "endpoint is missing or empty"),
                arguments(RejectReason.MISSING_CLIENT, event("client", ""), "client is missing or empty"),
                arguments(RejectReason.MISSING_CLIENT, event("client", "null"), "client is missing or empty"),
                arguments(RejectReason.MISSING_CLIENT, event("client", "\"\""), "client is missing or empty"),
                arguments(RejectReason.FIELD_TOO_LONG, event("id", LONG_TEXT), "id has 1025 characters: at most 1024"),
                arguments(RejectReason.FIELD_TOO_LONG, event("client", LONG_TEXT), "client has 1025 characters"),
                arguments(RejectReason.FIELD_TOO_LONG, event("cohort", LONG_TEXT), "cohort has 1025 characters"),
                arguments(RejectReason.WRONG_TYPE, event("locality", "\"a\""), "locality must be an array of strings"),
                arguments(RejectReason.WRONG_TYPE, event("locality", "{}"), "locality must be an array of strings"),
                arguments(RejectReason.WRONG_TYPE, event("locality", "[1,2,3.5,4]"), "locality[2] must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("locality", "[1,2,3,null]"), "locality[3] must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("locality", "[[1]]"), "locality[0] must be a string"),
                arguments(
                        RejectReason.FIELD_TOO_LONG,
                        event("locality", "[1,\"" + "x".repeat(1025) + "\",3,4]"),
                        "locality[1] has 1025 characters: at most 1024 are allowed"),
                arguments(RejectReason.INVALID_LOCALITY, event("locality", "[]"), "locality has 0 bands: 4 to 16"),
                arguments(RejectReason.INVALID_LOCALITY, event("locality", "[1,2,3]"), "has 3 bands: 4 to 16"),
                arguments(
                        RejectReason.INVALID_LOCALITY,
                        event("locality", "[" + "1,".repeat(16) + "1]"),
                        "locality has more than 16 bands"),
                arguments(RejectReason.INVALID_SAMPLED_RATE, event("sampledRate", "0"), "at least 1"),
                arguments(RejectReason.INVALID_SAMPLED_RATE, event("sampledRate", "-3"), "at least 1"),
                arguments(RejectReason.INVALID_SAMPLED_RATE, event("sampledRate", "1.5"), "a whole number"),
                arguments(RejectReason.INVALID_SAMPLED_RATE, event("sampledRate", "\"2\""), "a whole number"),
                arguments(RejectReason.INVALID_SAMPLED_RATE, event("sampledRate", "3000000000"), "a whole number"));
    }

    private static Stream<Arguments> badPosteriors() {
        return Stream.of(
                arguments(RejectReason.MISSING_ANSWER, event("posterior", ""), "posterior, logits, topk and label"),
                arguments(RejectReason.MISSING_ANSWER, event("posterior", "null"), "is needed"),
                arguments(RejectReason.WRONG_TYPE, event("posterior", "0.5"), "posterior must be an array"),
                arguments(RejectReason.WRONG_TYPE, event("posterior", "{}"), "posterior must be an array"),
                arguments(RejectReason.WRONG_TYPE, event("posterior", "[0.5,null]"), "posterior[1] must be a number"),
                arguments(RejectReason.WRONG_TYPE, event("posterior", "[\"1\"]"), "posterior[0] must be a number"),
                arguments(RejectReason.WRONG_TYPE, event("posterior", "[[1]]"), "posterior[0] must be a number"),
                arguments(RejectReason.EMPTY_POSTERIOR, event("posterior", "[]"), "posterior is empty"),
                arguments(
                        RejectReason.NEGATIVE_POSTERIOR,
                        event("posterior", "[1.5,-0.5]"),
                        "posterior[1] is negative: must be at least 0"),
                arguments(RejectReason.NOT_FINITE_POSTERIOR, event("posterior", "[NaN,1]"), "posterior[0] is NaN"),
                arguments(
                        RejectReason.NOT_FINITE_POSTERIOR,
                        event("posterior", "[0,Infinity]"),
                        "posterior[1] is Infinity"),
                arguments(RejectReason.NOT_FINITE_POSTERIOR, event("posterior", "[1e999]"), "posterior[0] is Infinity"),
                arguments(
                        RejectReason.SUM_OFF,
                        event("posterior", "[1.1250000000000002]"),
                        "posterior has a sum of about 1.13: must be within 0.125 of 1"),
                arguments(
                        RejectReason.SUM_OFF, event("posterior", "[0.8749999999999999]"), "must be within 0.125 of 1"),
                arguments(RejectReason.SUM_OFF, event("posterior", "[1e308,1e308]"), "a sum of Infinity: must be"),
                arguments(
                        RejectReason.TOO_MANY_CLASSES,
                        event("posterior", "[1,0,0,0,0,0,0,0,0]"),
                        "posterior has more than 8 classes"),
                arguments(RejectReason.SEVERAL_ANSWERS, event("logits", "[1,2]"), "only one of"),
                arguments(RejectReason.SEVERAL_ANSWERS, event("topk", "[]"), "only one of"));
    }

    private static Stream<Arguments> badLogits() {
        return Stream.of(
                arguments(RejectReason.EMPTY_POSTERIOR, answered("logits", "[]"), "logits is empty"),
                arguments(RejectReason.NOT_FINITE_POSTERIOR, answered("logits", "[0,NaN]"), "logits[1] is NaN"),
                arguments(RejectReason.NOT_FINITE_POSTERIOR, answered("logits", "[-1e999]"), "logits[0] is -Infinity"),
                arguments(RejectReason.WRONG_TYPE, answered("logits", "[null]"), "logits[0] must be a number"),
                arguments(
                        RejectReason.TOO_MANY_CLASSES,
                        answered("logits", "[0,0,0,0,0,0,0,0,0]"),
                        "logits has more than 8 classes"));
    }

    private static Stream<Arguments> badTopK() {
        return Stream.of(
                arguments(RejectReason.EMPTY_POSTERIOR, answered("topk", "[]"), "topk is empty"),
                arguments(RejectReason.WRONG_TYPE, answered("topk", "{}"), "topk must be an array of {label, p}"),
                arguments(RejectReason.WRONG_TYPE, answered("topk", "[0.9]"), "topk[0] must be an object"),
                arguments(RejectReason.WRONG_TYPE, answered("topk", "[null]"), "topk[0] must be an object"),
                arguments(RejectReason.WRONG_TYPE, answered("topk", "[{\"label\":\"a\"}]"), "topk[0].p must be"),
                arguments(RejectReason.WRONG_TYPE, answered("topk", "[{\"p\":\"1\"}]"), "topk[0].p must be a number"),
                arguments(RejectReason.WRONG_TYPE, answered("topk", "[{\"p\":null}]"), "topk[0].p must be a number"),
                arguments(
                        RejectReason.WRONG_TYPE,
                        answered("topk", "[{\"label\":[],\"p\":1}]"),
                        "topk[0].label must be a string"),
                arguments(
                        RejectReason.NEGATIVE_POSTERIOR,
                        answered("topk", "[{\"p\":0.5},{\"p\":-0.1}]"),
                        "topk[1] is neg"),
                arguments(RejectReason.NOT_FINITE_POSTERIOR, answered("topk", "[{\"p\":NaN}]"), "topk[0] is NaN"),
                arguments(RejectReason.SUM_OFF, answered("topk", "[{\"p\":1.5}]"), "must not exceed 1 by more than"),
                arguments(RejectReason.SUM_OFF, answered("topk", "[{\"p\":0}]"), "more than 8 classes unlisted"),
                arguments(RejectReason.SUM_OFF, answered("topk", "[{\"p\":0.1}]"), "more than 8 classes unlisted"),
                arguments(
                        RejectReason.TOO_MANY_CLASSES,
                        answered("topk", "[" + "{\"p\":0},".repeat(8) + "{\"p\":1}]"),
                        "topk has more than 8 classes"));
    }

    private static Stream<Arguments> badLabels() {
        return Stream.of(
                arguments(RejectReason.INVALID_LABEL, event("label", "2"), "0 to 1, beside a posterior"),
                arguments(RejectReason.INVALID_LABEL, event("label", "-1"), "label must be the index"),
                arguments(RejectReason.INVALID_LABEL, event("label", "4294967296"), "label must be the index"),
                arguments(RejectReason.INVALID_LABEL, event("label", "\"cat\""), "label must be the index"),
                arguments(RejectReason.INVALID_LABEL, answered("logits", "[0,1]", "label", "2"), "0 to 1"),
                arguments(RejectReason.WRONG_TYPE, event("label", "true"), "label must be a string"),
                arguments(RejectReason.WRONG_TYPE, event("label", "[0]"), "label must be a string"));
    }

    private static Stream<Arguments> badTimes() {
        return Stream.of(
                arguments(RejectReason.WRONG_TYPE, event("time", "1.5e12"), "time must be a string"),
                arguments(RejectReason.INVALID_TIME, event("time", "-1"), "time is -1: before 1970"),
                arguments(RejectReason.INVALID_TIME, event("time", "\"1969-12-31T23:59:59Z\""), "before 1970"),
                arguments(RejectReason.INVALID_TIME, event("time", "9223372036854775808"), "in 64 bits"),
                arguments(RejectReason.INVALID_TIME, event("time", "\"yesterday\""), "RFC 3339"),
                arguments(RejectReason.INVALID_TIME, event("time", "\"2026-11-22T12:00:00\""), "with an offset"),
                arguments(RejectReason.INVALID_TIME, event("time", "\"+999999999-12-31T23:59:59-18:00\""), "RFC 3339"),
                arguments(
                        RejectReason.TIME_AHEAD,
                        event("time", Long.toString(Events.NOW + Events.DAY + 1)),
                        "time is 86400001 ms ahead: at most 86400000 ms are allowed"),
                arguments(RejectReason.TIME_AHEAD, event("time", Long.toString(Long.MAX_VALUE)), "ms ahead"));
    }

    private static Stream<Arguments> badRows() {
        String good = "[{\"posterior\":[0.5,0.5]}]";
        String tooMany = "[" + "{},".repeat(InputSettings.MAX_ROWS) + "{}]";
        return Stream.of(
                arguments(RejectReason.WRONG_TYPE, answered("rows", "{}"), "rows must be an array of objects"),
                arguments(RejectReason.WRONG_TYPE, answered("rows", "\"[]\""), "rows must be an array of objects"),
                arguments(RejectReason.INVALID_ROWS, answered("rows", "[]"), "rows is empty: 1 to 1000 rows"),
                arguments(RejectReason.TOO_MANY_ROWS, answered("rows", tooMany), "rows has more than 1000 rows"),
                arguments(RejectReason.INVALID_ROWS, event("rows", good), "posterior stands beside rows"),
                arguments(
                        RejectReason.INVALID_ROWS,
                        answered("rows", good, "logits", "[1,2]"),
                        "logits stands beside rows: what is particular to a query must stand in its row"),
                arguments(
                        RejectReason.INVALID_ROWS,
                        answered("rows", good, "topk", "[{\"p\":1}]"),
                        "topk stands beside rows"),
                arguments(RejectReason.INVALID_ROWS, answered("rows", good, "label", "1"), "label stands beside"),
                arguments(RejectReason.INVALID_ROWS, answered("rows", good, "features", "[1]"), "features stands"),
                arguments(RejectReason.INVALID_ROWS, answered("rows", good, "fingerprint", "7"), "fingerprint stands"),
                arguments(
                        RejectReason.INVALID_ROWS, answered("rows", good, "locality", "[1,2,3,4]"), "locality stands"),
                arguments(RejectReason.NOT_JSON, answered("rows", "[{\"label\":1},{\"label\":2]"), "not JSON"),
                arguments(RejectReason.NOT_JSON, answered("rows", "[{\"label\":1,\"label\":2}]"), "not JSON"),
                arguments(RejectReason.NOT_JSON, answered("rows", good, "rows", good) + "x", "not JSON"),
                arguments(RejectReason.MISSING_ANSWER, answered("rows", "null"), "is needed"),
                arguments(RejectReason.MISSING_ENDPOINT, answered("rows", good, "endpoint", ""), "endpoint is missing"),
                arguments(RejectReason.MISSING_CLIENT, answered("rows", good, "client", ""), "client is missing"),
                arguments(RejectReason.INVALID_TIME, answered("rows", good, "time", "-1"), "time is -1: before 1970"));
    }

    @ParameterizedTest
    @MethodSource
    void bad(RejectReason reason, String event, String message) {
        Decoded decoded = decoder().decode(utf8(event), arrival());

        assertThat(decoded).isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection.reason()).isEqualTo(reason);
            assertThat(rejection.message()).contains(message);
        });
    }

    @Test
    void the_table_reaches_every_reason_that_data_can_cause() {
        Set<RejectReason> reached =
                bad().map(row -> (RejectReason) row.get()[0]).collect(Collectors.toSet());

        assertThat(reached).isEqualTo(EnumSet.complementOf(EnumSet.of(RejectReason.INTERNAL_ERROR)));
    }

    static Stream<Arguments> bytes() {
        byte[] invalidUtf8 = utf8(event());
        invalidUtf8[event().indexOf("alice")] = (byte) 0xff;
        byte[] cutUtf8 = utf8(event("client", "\"zoë\""));
        cutUtf8[new String(cutUtf8, StandardCharsets.ISO_8859_1).indexOf('Ã') + 1] = '"';
        return Stream.of(
                arguments(RejectReason.NO_VALUE, null),
                arguments(RejectReason.NO_VALUE, new byte[0]),
                arguments(RejectReason.NOT_JSON, new byte[] {0, 0, 0, 0}),
                arguments(RejectReason.NOT_JSON, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0}),
                arguments(RejectReason.NOT_JSON, invalidUtf8),
                arguments(RejectReason.NOT_JSON, cutUtf8),
                arguments(RejectReason.TOO_LARGE, new byte[Events.MAX_BYTES + 1]));
    }

    @ParameterizedTest
    @MethodSource
    void bytes(RejectReason reason, byte @Nullable [] event) {
        assertThat(decoder().decode(event, arrival()))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(reason));
    }

    @Test
    void a_header_longer_than_a_field_may_be_is_refused() {
        Arrival arrival = Events.arrivalWithHeader("x".repeat(EventParser.MAX_TEXT + 1));

        assertThat(decoder().decode(utf8(event()), arrival))
                .isEqualTo(new Rejection(
                        RejectReason.FIELD_TOO_LONG, "client has 1025 characters: at most 1024 are allowed"));
    }

    @Test
    void the_time_of_the_record_is_held_to_the_same_bounds_as_the_time_of_the_event() {
        String timeless = event("time", "");

        assertThat(decoder().decode(utf8(timeless), new Arrival("t-0-1", Events.NOW + Events.DAY + 1, null, null)))
                .isInstanceOfSatisfying(
                        Rejection.class, r -> assertThat(r.reason()).isEqualTo(RejectReason.TIME_AHEAD));
        assertThat(decoder().decode(utf8(timeless), new Arrival("t-0-1", -1, null, null)))
                .isInstanceOfSatisfying(
                        Rejection.class, r -> assertThat(r.reason()).isEqualTo(RejectReason.INVALID_TIME));
    }

    @Test
    void a_failure_of_ours_is_a_rejection_that_quotes_no_data() {
        InstantSource broken = () -> {
            throw new IllegalStateException("alice");
        };
        var decoder = new EventDecoder(Events.SETTINGS, new IdentitySettings(new byte[16], true), broken);

        assertThat(decoder.decode(utf8(event()), arrival()))
                .isEqualTo(new Rejection(
                        RejectReason.INTERNAL_ERROR, "decoding failed with java.lang.IllegalStateException"));
    }

    @Test
    void every_reason_has_a_code_of_its_own() {
        assertThat(RejectReason.codes())
                .hasSize(RejectReason.values().length)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
        assertThat(Arrays.stream(RejectReason.values())
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT)))
                .containsExactlyElementsOf(RejectReason.codes().stream()
                        .map(code -> code.replace('-', '_'))
                        .toList());
    }
}
