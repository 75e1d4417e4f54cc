// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.answered;
import static dev.miasma.decode.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.miasma.fixtures.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoder and schema say the same of an event, wherever a schema can say it at all. */
class PredictionEventSchemaTest {
    /** Reasons that depend on configuration, clock, header, sums or the text of the JSON. */
    private static final Set<RejectReason> BEYOND_A_SCHEMA = EnumSet.of(
            RejectReason.NO_VALUE,
            RejectReason.TOO_LARGE,
            RejectReason.NOT_JSON,
            RejectReason.NOT_FINITE_POSTERIOR,
            RejectReason.MISSING_CLIENT,
            RejectReason.SUM_OFF,
            RejectReason.TOO_MANY_CLASSES,
            RejectReason.TOO_MANY_ROWS,
            RejectReason.TIME_AHEAD,
            RejectReason.INTERNAL_ERROR);

    static Stream<String> good() {
        String topK = "[{\"label\":\"cat\",\"p\":0.5},{\"label\":3,\"p\":0.5,\"more\":1},{\"p\":0}]";
        return Stream.of(
                event(),
                event("id", "", "version", "", "time", ""),
                event("id", "null", "version", "null", "time", "null", "cohort", "null", "label", "null"),
                event(
                        "features",
                        "null",
                        "fingerprint",
                        "null",
                        "sampledRate",
                        "null",
                        "logits",
                        "null",
                        "topk",
                        "null"),
                event("locality", "[\"a\",2,\"c\",-4]"),
                event("locality", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]", "features", "[1]"),
                event("locality", "null"),
                event("version", "7", "client", "12", "cohort", "3", "fingerprint", "99"),
                event("time", "\"2026-11-22T11:00:00.5+01:00\"", "cohort", "\"acme\"", "sampledRate", "2147483647"),
                event("time", "0"),
                event("features", "{\"a\":[1,null,{}]}", "fingerprint", "\"f\""),
                event("features", "\"base64\"", "fingerprint", "\"\""),
                event("label", "1"),
                event("label", "0", "unknown", "{\"posterior\":1}"),
                event("posterior", "null", "label", "\"cat\""),
                answered("label", "-4"),
                answered("logits", "[-1,2.5e3,0]", "label", "2"),
                answered("topk", topK),
                answered("topk", topK, "label", "\"cat\""),
                answered("topk", topK, "label", "-3"));
    }

    static Stream<String> goodBatches() {
        return Stream.of(
                answered("rows", "[{\"posterior\":[0.5,0.5]}]"),
                answered(
                        "rows",
                        "[{\"id\":\"a\",\"logits\":[0,1],\"label\":1,\"features\":{\"x\":1},\"fingerprint\":7,"
                                + "\"locality\":[1,2,3,4]},{\"topk\":[{\"p\":1}],\"label\":\"cat\"},{\"label\":-3}]"),
                answered("rows", "[{\"label\":0,\"client\":null,\"more\":[{}]}]", "fingerprint", "\" \""),
                answered("rows", "[{\"label\":0}]", "features", "null", "logits", "null", "sampledRate", "3"));
    }

    @ParameterizedTest
    @MethodSource
    void goodBatches(String event) {
        assertThat(Events.decode(event)).isInstanceOfSatisfying(Batch.class, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                assertThat(batch.row(i)).isInstanceOf(Prediction.class);
            }
        });
        assertThat(Schemas.errors("prediction-event", event)).isEmpty();
    }

    static Stream<Arguments> badRows() {
        return BatchEventTest.badRows()
                .filter(row -> !BEYOND_A_SCHEMA.contains((RejectReason) row.get()[1]))
                .filter(row -> row.get()[1] != RejectReason.INVALID_LABEL)
                .map(row -> arguments(row.get()[1], row.get()[0]));
    }

    @ParameterizedTest
    @MethodSource
    void badRows(RejectReason reason, String row) {
        assertThat(Schemas.errors("prediction-event", answered("rows", "[" + row + "]")))
                .as(reason.code())
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void good(String event) {
        assertThat(Events.decode(event)).isInstanceOf(Prediction.class);
        assertThat(Schemas.errors("prediction-event", event)).isEmpty();
    }

    static Stream<Arguments> bad() {
        return EventRejectionTest.bad()
                .filter(row -> !BEYOND_A_SCHEMA.contains((RejectReason) row.get()[0]))
                .filter(row -> !isLabelTooHigh(row))
                .filter(row -> !isOddTime((String) row.get()[1]))
                .map(row -> arguments(row.get()[0], row.get()[1]));
    }

    /** That a label is below the number of classes, a schema cannot say. */
    private static boolean isLabelTooHigh(Arguments row) {
        String event = (String) row.get()[1];
        return row.get()[0] == RejectReason.INVALID_LABEL && event.matches(".*\"label\":[0-9]+.*");
    }

    /** To a schema 1.5e12 is a whole number, and a date is a date. */
    private static boolean isOddTime(String event) {
        return event.contains("\"time\":1.5e12") || event.contains("1969-12-31");
    }

    @ParameterizedTest
    @MethodSource
    void bad(RejectReason reason, String event) {
        assertThat(Schemas.errors("prediction-event", event)).as(reason.code()).isNotEmpty();
    }

    @Test
    void the_schema_lists_the_fields_the_decoder_reads() {
        assertThat(Schemas.read("prediction-event").path("properties").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "id",
                        "time",
                        "endpoint",
                        "version",
                        "client",
                        "cohort",
                        "posterior",
                        "logits",
                        "topk",
                        "label",
                        "features",
                        "fingerprint",
                        "locality",
                        "sampledRate",
                        "rows");
    }

    @Test
    void a_dead_letter_is_what_its_schema_says() {
        var rejection = new Rejection(RejectReason.SUM_OFF, "the sum of posterior is 2");
        String json = new String(
                DeadLetter.of(rejection, "predictions", 3, 42, 1000, new byte[] {1}, true)
                        .json(),
                StandardCharsets.UTF_8);

        assertThat(Schemas.errors("dead-letter", json)).isEmpty();
        assertThat(Schemas.undescribed("dead-letter", json)).isEmpty();
    }

    @Test
    void the_schema_of_dead_letters_knows_every_reason() {
        List<String> reasons = StreamSupport.stream(
                        Schemas.read("dead-letter")
                                .at("/properties/reason/enum")
                                .spliterator(),
                        false)
                .map(reason -> reason.asText())
                .toList();

        assertThat(reasons).isEqualTo(RejectReason.codes());
    }
}
