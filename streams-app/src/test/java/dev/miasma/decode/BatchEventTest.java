// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.answered;
import static dev.miasma.decode.Events.arrival;
import static dev.miasma.decode.Events.event;
import static dev.miasma.decode.Events.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.miasma.config.FeatureSettings;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events with several rows: each is a query with its own answer and the event's other fields. */
class BatchEventTest {
    private static final String LONG_TEXT = '"' + "x".repeat(EventParser.MAX_TEXT + 1) + '"';
    private static final String ROWS = "[{\"posterior\":[0.75,0.25]},{\"posterior\":[0.125,0.875]}]";

    /** All that is known of a prediction, in a text; its posterior is copied before the next row is decoded. */
    private static String whole(Decoded decoded) {
        Prediction p = (Prediction) decoded;
        return String.join(
                " | ",
                p.id(),
                p.endpoint(),
                p.version(),
                p.client(),
                p.cohort(),
                Long.toString(p.timeMillis()),
                Arrays.toString(Arrays.copyOf(p.posterior(), p.classes())),
                Integer.toString(p.trueClass()),
                Long.toHexString(p.fingerprint()),
                Boolean.toString(p.identified()),
                Boolean.toString(p.hasRecordHash()),
                Long.toHexString(p.recordHash()),
                Arrays.toString(p.locality()),
                Integer.toString(p.represents()),
                p.traceparent());
    }

    private static Batch batch(EventDecoder decoder, String event) {
        Decoded decoded = decoder.decode(utf8(event), arrival());
        if (decoded instanceof Batch batch) {
            return batch;
        }
        throw new AssertionError(decoded + " of " + event);
    }

    private static Batch batch(String event) {
        return batch(Events.decoder(), event);
    }

    /** Takes events of a megabyte, with so many rows. */
    private static EventDecoder decoder(int maxRows) {
        return new EventDecoder(
                new InputSettings(
                        List.of("predictions"),
                        false,
                        "",
                        1 << 20,
                        Events.DAY,
                        Events.TOLERANCE,
                        Events.MAX_CLASSES,
                        maxRows,
                        FeatureSettings.unknown()),
                new IdentitySettings(utf8("0123456789abcdef"), true),
                InstantSource.fixed(Instant.ofEpochMilli(Events.NOW)));
    }

    private static List<String> ids(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> ((Prediction) batch.row(i)).id())
                .toList();
    }

    static Stream<String> orders() {
        String shared = "\"endpoint\":\"fraud\",\"version\":7,\"client\":\"alice\",\"cohort\":\"acme\","
                + "\"time\":1000,\"sampledRate\":3,\"id\":\"q\"";
        int middle = shared.indexOf(",\"cohort");
        return Stream.of(
                "{" + shared + ",\"rows\":" + ROWS + "}",
                "{\"rows\":" + ROWS + "," + shared + "}",
                "{" + shared.substring(0, middle) + ",\"rows\":" + ROWS + shared.substring(middle) + "}",
                "{\"note\":[{}],\"rows\": " + ROWS + " , \"more\":{\"rows\":[]}," + shared + "}");
    }

    @ParameterizedTest
    @MethodSource
    void orders(String event) {
        Batch batch = batch(event);

        assertThat(batch.size()).isEqualTo(2);
        assertThat(ids(batch)).containsExactly("q#0", "q#1");
        assertThat(batch.row(1)).isInstanceOfSatisfying(Prediction.class, prediction -> {
            assertThat(prediction.endpoint()).isEqualTo("fraud");
            assertThat(prediction.version()).isEqualTo("7");
            assertThat(prediction.client()).isEqualTo(Events.prediction(event()).client());
            assertThat(prediction.cohort()).isEqualTo("acme");
            assertThat(prediction.timeMillis()).isEqualTo(1000);
            assertThat(prediction.represents()).isEqualTo(3);
            assertThat(Arrays.copyOf(prediction.posterior(), prediction.classes()))
                    .containsExactly(0.125, 0.875);
        });
    }

    @Test
    void a_row_goes_by_its_own_id_or_by_its_place_in_the_event_or_in_the_record() {
        String rows = "[{\"label\":1,\"id\":\"mine\"},{\"label\":2,\"id\":\" \"},{\"id\":null,\"label\":3}]";

        assertThat(ids(batch(answered("rows", rows)))).containsExactly("mine", "q-1#1", "q-1#2");
        assertThat(ids(batch(answered("rows", rows, "id", ""))))
                .containsExactly("mine", "predictions-3-42#1", "predictions-3-42#2");
    }

    @Test
    void what_the_event_leaves_out_comes_from_its_record() {
        String event = answered("rows", ROWS, "id", "", "version", "", "time", "", "client", "");
        Arrival arrival = new Arrival("predictions-3-42", Events.NOW - 5, "from-header", "trace");

        Batch batch = (Batch) Events.decoder().decode(utf8(event), arrival);

        assertThat(batch.row(0)).isInstanceOfSatisfying(Prediction.class, prediction -> {
            assertThat(prediction.version()).isEqualTo("unversioned");
            assertThat(prediction.timeMillis()).isEqualTo(Events.NOW - 5);
            assertThat(prediction.traceparent()).isEqualTo("trace");
            assertThat(prediction.client())
                    .isEqualTo(Events.prediction(event("client", "\"from-header\""))
                            .client());
        });
    }

    static Stream<Arguments> badRows() {
        return Stream.of(
                arguments("7", RejectReason.WRONG_TYPE, "rows[%d] must be an object"),
                arguments("null", RejectReason.WRONG_TYPE, "rows[%d] must be an object"),
                arguments("[{\"label\":1}]", RejectReason.WRONG_TYPE, "rows[%d] must be an object"),
                arguments("{}", RejectReason.MISSING_ANSWER, "rows[%d]: one of posterior, logits, topk and label"),
                arguments(
                        "{\"posterior\":[1],\"topk\":[{\"p\":1}],\"id\":\"x\"}",
                        RejectReason.SEVERAL_ANSWERS,
                        "rows[%d]: only one of posterior, logits and topk is allowed"),
                arguments(
                        "{\"posterior\":[0.5,[1,{\"a\":2}]],\"features\":[1]}",
                        RejectReason.WRONG_TYPE,
                        "rows[%d].posterior[1] must be a number"),
                arguments("{\"posterior\":[]}", RejectReason.EMPTY_POSTERIOR, "rows[%d].posterior is empty"),
                arguments("{\"posterior\":[0.5]}", RejectReason.SUM_OFF, "rows[%d].posterior has a sum of about 0.5"),
                arguments("{\"logits\":[1,NaN]}", RejectReason.NOT_FINITE_POSTERIOR, "rows[%d].logits[1] is NaN"),
                arguments(
                        "{\"posterior\":[1,0,0,0,0,0,0,0,0]}",
                        RejectReason.TOO_MANY_CLASSES,
                        "rows[%d].posterior has more than 8 classes"),
                arguments(
                        "{\"topk\":[{\"p\":0.5,\"deep\":{\"a\":[]}},{\"label\":{}}]}",
                        RejectReason.WRONG_TYPE,
                        "rows[%d].topk[1].label must be a string"),
                arguments(
                        "{\"posterior\":[0.5,0.5],\"label\":2}",
                        RejectReason.INVALID_LABEL,
                        "rows[%d].label must be the index of the true class, 0 to 1"),
                arguments(
                        "{\"label\":1,\"locality\":[1,2]}",
                        RejectReason.INVALID_LOCALITY,
                        "rows[%d].locality has 2 bands: 4 to 16 are needed"),
                arguments(
                        "{\"label\":1,\"id\":" + LONG_TEXT + "}",
                        RejectReason.FIELD_TOO_LONG,
                        "rows[%d].id has 1025 characters: at most 1024"),
                arguments(
                        "{\"label\":1,\"client\":\"SECRET\"}",
                        RejectReason.INVALID_ROWS,
                        "rows[%d].client must stand beside rows and not in one"),
                arguments("{\"sampledRate\":2,\"label\":1}", RejectReason.INVALID_ROWS, "rows[%d].sampledRate must"),
                arguments("{\"rows\":[{\"label\":1}]}", RejectReason.INVALID_ROWS, "rows[%d].rows must stand"));
    }

    @ParameterizedTest
    @MethodSource
    void badRows(String row, RejectReason reason, String message) {
        for (int place = 0; place < 3; place++) {
            List<String> rows = new ArrayList<>(List.of(
                    "{\"posterior\":[0.75,0.25],\"features\":[1,2,3,4,5,6]}", "{\"logits\":[0,0],\"id\":\"b\"}"));
            List<String> good = wholes(batch(answered("rows", rows.toString())));
            rows.add(place, row);

            Batch batch = batch(answered("rows", rows.toString()));

            String named = message.formatted(place);
            assertThat(batch.row(place)).isInstanceOfSatisfying(Rejection.class, rejection -> {
                assertThat(rejection.reason()).isEqualTo(reason);
                assertThat(rejection.message()).startsWith(named).doesNotContain("SECRET");
            });
            assertThat(wholes(batch))
                    .as("the rows beside it, at " + place)
                    .extracting(BatchEventTest::withoutPlace)
                    .isEqualTo(good.stream().map(BatchEventTest::withoutPlace).toList());
        }
    }

    private static String withoutPlace(String prediction) {
        return prediction.replaceFirst("^q-1#[0-9]", "q-1");
    }

    /** Of the good rows. */
    private static List<String> wholes(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(batch::row)
                .filter(row -> row instanceof Prediction)
                .map(BatchEventTest::whole)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void two_hundred_rows_are_what_two_hundred_events_are(long seed) {
        var random = new SplittableRandom(seed);
        List<String> rows =
                IntStream.range(0, 200).mapToObj(i -> row(random, i)).toList();
        EventDecoder one = Events.decoder();
        String shared = event("posterior", "", "cohort", "\"acme\"", "sampledRate", "2");
        List<String> singles = rows.stream()
                .map(row -> event("posterior", "", "id", "", "cohort", "\"acme\"", "sampledRate", "2")
                        .replace("{\"endpoint\"", "{" + row.substring(1, row.length() - 1) + ",\"endpoint\""))
                .map(single -> whole(Events.prediction(one, single, arrival())))
                .toList();
        String batchEvent = shared.substring(0, shared.length() - 1) + ",\"rows\":" + rows + "}";

        Batch batch = batch(decoder(InputSettings.MAX_ROWS), batchEvent);

        assertThat(wholes(batch)).isEqualTo(singles);
    }

    /** A row as any event could have it; each with an id, since an event without one goes by another name. */
    private static String row(SplittableRandom random, int i) {
        double top = random.nextInt(1, 64) / 64.0;
        String answer = switch (random.nextInt(4)) {
            case 0 -> "\"posterior\":[" + top + "," + (1 - top) + "],\"label\":" + random.nextInt(2);
            case 1 -> "\"logits\":[" + top + ",-1.5,0,2]";
            case 2 -> "\"topk\":[{\"label\":\"a\",\"p\":0.5},{\"label\":" + i + ",\"p\":0.25}],\"label\":\"a\"";
            default -> "\"label\":\"cat\"";
        };
        String asked = switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> ",\"fingerprint\":\"f" + random.nextInt(20) + "\"";
            case 2 -> ",\"features\":{\"a\":" + i + ",\"b\":[1,2,\"x\",null,5,6.5]}";
            case 3 -> ",\"features\":[" + i + ",2,3,4,5,6,7],\"locality\":[1,2,3," + i + "]";
            default -> ",\"features\":" + features(random);
        };
        return String.format(Locale.ROOT, "{\"id\":\"row-%d\",%s%s}", i, answer, asked);
    }

    private static String features(SplittableRandom random) {
        return Arrays.toString(
                random.doubles(20).map(d -> Math.round(d * 1000) / 1000.0).toArray());
    }

    @Test
    void a_row_can_be_decoded_again_and_in_any_order() {
        Batch batch = batch(answered("rows", "[{\"logits\":[0,1]},{\"topk\":[{\"p\":0.5}]},{\"posterior\":[1]}]"));
        List<String> inOrder = wholes(batch);

        assertThat(whole(batch.row(2))).isEqualTo(inOrder.get(2));
        assertThat(whole(batch.row(0))).isEqualTo(inOrder.get(0));
        assertThat(whole(batch.row(0))).isEqualTo(inOrder.get(0));
        assertThat(whole(batch.row(1))).isEqualTo(inOrder.get(1));
    }

    @Test
    void nothing_of_a_batch_is_left_in_the_next_event() {
        EventDecoder decoder = Events.decoder();
        String single = event("features", "[1,2,3,4,5,6,7]");
        String alone = whole(Events.prediction(single));
        batch(decoder, answered("rows", "[{\"topk\":[{\"label\":\"a\",\"p\":1}],\"fingerprint\":\"f\"},7]"));

        assertThat(whole(Events.prediction(decoder, single, arrival()))).isEqualTo(alone);
        assertThat(batch(decoder, answered("rows", "[{\"label\":1}]")).size()).isEqualTo(1);
    }

    @Test
    void as_many_rows_as_allowed_are_read_and_none_more() {
        EventDecoder decoder = decoder(3);
        String row = "{\"label\":1}";

        assertThat(batch(decoder, answered("rows", "[" + row + "," + row + "," + row + "]"))
                        .size())
                .isEqualTo(3);
        assertThat(decoder.decode(utf8(answered("rows", "[" + (row + ",").repeat(3) + row + "]")), arrival()))
                .isEqualTo(new Rejection(RejectReason.TOO_MANY_ROWS, "rows has more than 3 rows"));
    }

    @Test
    void a_batch_that_breaks_off_is_no_event_even_where_its_first_rows_are_good() {
        String event = answered("rows", ROWS);
        for (int length = event.indexOf("rows"); length < event.length(); length++) {
            assertThat(Events.decode(event.substring(0, length)))
                    .isInstanceOfSatisfying(
                            Rejection.class, r -> assertThat(r.reason()).isEqualTo(RejectReason.NOT_JSON));
        }
    }
}
