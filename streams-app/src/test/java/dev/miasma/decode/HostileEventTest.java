// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import dev.miasma.fixtures.Hostile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that attack the decoder: each is read or rejected, within bounded time and memory, and never throws. */
class HostileEventTest {
    /** Large enough for the huge ones to be parsed and not only measured. */
    private static final InputSettings WIDE =
            new InputSettings(List.of("predictions"), false, "miasma-client", 8 << 20, Events.DAY, 0.01, 1000);

    private static final Map<String, byte[]> KEPT = Hostile.corpus("events");
    private static final List<String> FIELDS = List.of(
            "id",
            "endpoint",
            "version",
            "client",
            "cohort",
            "time",
            "posterior",
            "logits",
            "topk",
            "label",
            "features",
            "fingerprint",
            "locality",
            "sampledRate",
            "rows",
            "note");

    private static EventDecoder wide() {
        return new EventDecoder(
                WIDE,
                new IdentitySettings(utf8("0123456789abcdef"), true),
                InstantSource.fixed(Instant.ofEpochMilli(Events.NOW)));
    }

    private static Decoded decoded(String name, byte[] event) {
        EventDecoder decoder = wide();
        Decoded[] decoded = new Decoded[1];
        assertThat(Hostile.isRead(
                        name, event, bytes -> decoded[0] = decoder.decode(bytes, Events.arrival()), List.of()))
                .isTrue();
        switch (decoded[0]) {
            case Rejection rejection -> isOrdinary(name, rejection);
            case Prediction prediction -> isWhole(name, prediction, event);
            case Batch batch -> isWhole(name, batch, event);
            default -> throw new AssertionError(name);
        }
        return decoded[0];
    }

    private static void isOrdinary(String name, Rejection rejection) {
        assertThat(rejection.reason()).as(name).isNotEqualTo(RejectReason.INTERNAL_ERROR);
        assertThat(rejection.message()).hasSizeLessThan(300);
    }

    /** All rows are decoded within the limits of the event, and the good ones can be handed on. */
    private static void isWhole(String name, Batch batch, byte[] event) {
        assertThat(batch.size()).as(name).isBetween(1, InputSettings.MAX_ROWS);
        assertThat(Hostile.isRead(
                        name + " row by row",
                        event,
                        bytes -> {
                            for (int i = 0; i < batch.size(); i++) {
                                batch.row(i);
                            }
                        },
                        List.of()))
                .isTrue();
        boolean allGood = true;
        for (int i = 0; i < batch.size(); i++) {
            if (batch.row(i) instanceof Rejection rejection) {
                isOrdinary(name, rejection);
                assertThat(rejection.message()).startsWith("rows[" + i + "]");
                allGood = false;
            } else {
                isWhole(name, (Prediction) batch.row(i));
            }
        }
        if (allGood) {
            EventRewriter rewriter = new EventRewriter();
            Map<Integer, double[]> uniform = new HashMap<>();
            var posteriors = Events.posteriors(
                    i -> uniform.computeIfAbsent(((Prediction) batch.row(i)).classes(), HostileEventTest::uniform));
            Hostile.isRead(
                    name + " rewritten",
                    event,
                    bytes -> rewriter.rewrite(bytes, posteriors),
                    List.of(IllegalArgumentException.class));
        }
    }

    private static double[] uniform(int classes) {
        double[] uniform = new double[classes];
        Arrays.fill(uniform, 1.0 / classes);
        return uniform;
    }

    /** What was read can be handed on: texts that can be written, a posterior that is one. */
    private static void isWhole(String name, Prediction prediction, byte[] event) {
        isWhole(name, prediction);
        if (prediction.classes() == 0) {
            return;
        }
        EventRewriter rewriter = new EventRewriter();
        double[] uniform = uniform(prediction.classes());
        Hostile.isRead(
                name + " rewritten",
                event,
                bytes -> rewriter.rewrite(bytes, uniform, uniform.length),
                List.of(IllegalArgumentException.class));
    }

    private static void isWhole(String name, Prediction prediction) {
        for (String text : new String[] {
            prediction.id(), prediction.endpoint(), prediction.version(), prediction.client(), prediction.cohort()
        }) {
            if (text != null) {
                assertThat(text).as(name).hasSizeLessThanOrEqualTo(2 * EventParser.MAX_TEXT);
                assertThat(new String(utf8(text), StandardCharsets.UTF_8))
                        .as(name)
                        .isEqualTo(text);
            }
        }
        assertThat(Arrays.stream(prediction.posterior(), 0, prediction.classes()))
                .as(name)
                .allMatch(p -> p >= 0 && p <= 1.01);
    }

    static Stream<Arguments> kept() {
        return Hostile.named(KEPT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void kept(String name, byte[] event) {
        Decoded decoded = decoded(name, event);

        assertThat(decoded).as(name).isInstanceOf(name.startsWith("read-") ? Answered.class : Rejection.class);
    }

    static Stream<Arguments> huge() {
        return Hostile.named(Hostile.hugeValues());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void huge(String name, String value) {
        for (String field : FIELDS) {
            decoded(name + " as " + field, utf8(Events.event(field, value)));
        }
        for (String field : List.of("posterior", "topk", "label", "features", "fingerprint", "locality", "client")) {
            String rows = "[{\"label\":1},{\"" + field + "\":" + value + "},{\"posterior\":[1]}]";
            decoded(name + " as " + field + " of a row", utf8(Events.answered("rows", rows)));
        }
        decoded(name + " as a row", utf8(Events.answered("rows", "[" + value + ",{\"label\":1}]")));
        decoded(name + " alone", utf8(value));
        decoded(name + " as a probability of the top k", utf8(Events.answered("topk", "[{\"p\":" + value + "}]")));
        decoded(name + " deep in features", utf8(Events.event("features", "{\"a\":[{\"b\":" + value + "}]}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("huge")
    void huge_ones_over_the_limit_of_bytes_are_not_even_parsed(String name, String value) {
        byte[] event = utf8(Events.event("note", value.length() < 9_000 ? value + " ".repeat(9_000) : value));

        Decoded decoded = Events.decoder().decode(event, Events.arrival());

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Rejection.class, r -> assertThat(r.reason()).isEqualTo(RejectReason.TOO_LARGE));
    }

    @Test
    void a_thousand_rows_that_each_stand_for_as_many_classes_as_allowed_cost_no_more_than_they_may() {
        String rows = "{\"topk\":[{\"p\":0.0011}]},".repeat(InputSettings.MAX_ROWS);

        Decoded decoded = decoded(
                "unlisted classes", utf8(Events.answered("rows", "[" + rows.substring(0, rows.length() - 1) + "]")));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Batch.class,
                        batch -> assertThat(batch.row(999))
                                .isInstanceOfSatisfying(
                                        Prediction.class,
                                        p -> assertThat(p.classes()).isBetween(900, 1000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void other_encodings_are_read_or_rejected_whole_and_cut(String encoding) {
        byte[] whole = Events.event("client", "\"zoë\"").getBytes(Charset.forName(encoding));

        for (int length = 0; length <= whole.length; length++) {
            decoded(encoding + " cut at " + length, Arrays.copyOf(whole, length));
        }
    }

    @Test
    void a_compressed_event_is_no_event_however_much_it_would_unpack_to() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[64 << 20]);
        }

        assertThat(decoded("gzip", packed.toByteArray()))
                .isInstanceOfSatisfying(
                        Rejection.class, r -> assertThat(r.reason()).isEqualTo(RejectReason.NOT_JSON));
    }

    @Test
    void headers_of_any_length_and_bytes_are_taken_or_rejected() {
        Map<String, String> headers = new HashMap<>();
        headers.put("1 MB", "h".repeat(1 << 20));
        headers.put("NUL", "\u0000");
        headers.put("line feed", "a\nb");
        headers.put("lone surrogate", "\ud800");
        headers.put("replacement", "\ufffd");
        headers.forEach((name, value) -> {
            Arrival arrival = new Arrival("predictions-3-42", Events.NOW, value, value);

            Decoded decoded = wide().decode(utf8(Events.event()), arrival);

            assertThat(decoded).as(name).isInstanceOf(value.length() > 1024 ? Rejection.class : Prediction.class);
        });
    }

    @Test
    void names_that_differ_only_in_halves_of_a_character_stay_different() {
        String high = client("\"\\ud800\"");

        assertThat(high)
                .isNotEqualTo(client("\"\\ud801\""))
                .isNotEqualTo(client("\"?\""))
                .isNotEqualTo(client("\"\ufffd\""));
    }

    private static String client(String json) {
        return Events.prediction(Events.event("client", json)).client();
    }

    @Property(tries = 4000, seed = "20261122")
    void mutations_of_kept_events_are_read_or_rejected(@ForAll("mutated") byte[] event) {
        decoded("mutation", event);
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        return Hostile.mutations(List.copyOf(KEPT.values()), Hostile.jsonPieces());
    }
}
